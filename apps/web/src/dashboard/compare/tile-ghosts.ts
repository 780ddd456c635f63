import { type Breakpoint, type DashboardView, layoutOf, type Tile } from '@tidemark/documents/dashboard';
import { type ChangeType, mainType } from '../../history/compare/rows.ts';
import type { Mark } from '../../history/marks.ts';

/** A chart that is not there any more, or the place where one was. */
export interface TileGhost extends Tile {
  /** `moved`: the chart is still there, elsewhere. */
  readonly type: ChangeType;
  readonly title: string;
}

/** Of charts that were removed or hidden, and of those that stand elsewhere now: as they were laid out before. */
export function tileGhosts(
  marks: ReadonlyMap<string, Mark>,
  before: DashboardView,
  after: DashboardView,
  breakpoint: Breakpoint,
): TileGhost[] {
  const now = new Map(layoutOf(after, { breakpoint }).map((tile) => [tile.id, tile]));
  return layoutOf(before, { breakpoint }).flatMap((tile): TileGhost[] => {
    const mark = marks.get(`charts/${tile.id}`);
    if (mark === undefined) return [];
    const { name } = mark.change;
    const there = now.get(tile.id);
    if (there === undefined) return [{ ...tile, type: mainType(mark), title: name }];
    const isMoved = mark.types.includes('moved') && !isSame(tile, there);
    return isMoved && breakpoint !== 'sm' ? [{ ...tile, type: 'moved', title: name }] : [];
  });
}

function isSame(one: Tile, other: Tile): boolean {
  return (['x', 'y', 'w', 'h'] as const).every((side) => one[side] === other[side]);
}
