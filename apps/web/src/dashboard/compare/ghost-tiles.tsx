import { type Breakpoint, dashboard } from '@tidemark/documents/dashboard';
import { useMemo } from 'react';
import { type ShownComparison, useComparison } from '../../history/compare/comparison.ts';
import { typeWords } from '../../history/compare/type-words.tsx';
import { useMarksHere } from '../../history/marks.ts';
import { useView } from '../context.ts';
import { type Box, boxOf, type Geometry } from '../geometry.ts';
import css from './compare.module.css';
import { type TileGhost, tileGhosts } from './tile-ghosts.ts';

const none: readonly TileGhost[] = [];
const asItIs = <T,>(view: T): T => view;

/** The charts that were elsewhere, or are gone, while a comparison is shown. */
export function useTileGhosts(breakpoint: Breakpoint): readonly TileGhost[] {
  const marks = useMarksHere();
  const comparison = useComparison();
  const after = useView(asItIs);
  const state = comparison?.before.state ?? null;
  const before = useMemo(() => (state === null ? null : dashboard.view(state, [], null)), [state]);
  return useMemo(
    () => (marks === null || before === null ? none : tileGhosts(marks, before, after, breakpoint)),
    [marks, before, after, breakpoint],
  );
}

/** Pixels that the grid has to have for all ghosts to stand in it. */
export function heightOf(ghosts: readonly TileGhost[], geometry: Geometry): number {
  return Math.max(0, ...ghosts.map((ghost) => boxOf(geometry, ghost)).map(({ top, height }) => top + height));
}

/** Room between a ghost and the frame of a tile that stands there now, pixels: the badge of that one stays to be read. */
const room = 7;

const inset = ({ left, top, width, height }: Box): Box => ({
  left: left + room,
  top: top + room,
  width: width - 2 * room,
  height: height - 2 * room,
});

/** Ghosts over the grid, where the charts were. For the eye and the pointer: the list says the same in words. */
export function GhostTiles({ ghosts, geometry }: { ghosts: readonly TileGhost[]; geometry: Geometry }) {
  const comparison = useComparison();
  return (
    <div className={css.ghosts} aria-hidden="true">
      {ghosts.map((ghost) => (
        <Ghost key={ghost.id} ghost={ghost} comparison={comparison} style={inset(boxOf(geometry, ghost))} />
      ))}
    </div>
  );
}

/** The same below one another, where there is one column. */
export function StackedGhosts({ ghosts }: { ghosts: readonly TileGhost[] }) {
  const comparison = useComparison();
  return ghosts.map((ghost) => (
    <div key={ghost.id} className={css.stacked} aria-hidden="true">
      <Ghost ghost={ghost} comparison={comparison} />
    </div>
  ));
}

interface GhostProps {
  ghost: TileGhost;
  comparison: ShownComparison | null;
  style?: Box;
}

function Ghost({ ghost: { id, type, title }, comparison, style }: GhostProps) {
  const key = `charts/${id}`;
  const { word, Icon } = typeWords[type];
  return (
    <div
      className={css.ghost}
      data-ghost={id}
      data-type={type}
      data-chosen={comparison?.chosen === key || undefined}
      style={style}
    >
      <button type="button" tabIndex={-1} className={css.mark} onClick={() => comparison?.choose(key)}>
        <Icon size={12} stroke={2.4} />
        {type === 'moved' ? 'Was here' : word}
        <span className={css.title}>{title}</span>
      </button>
    </div>
  );
}
