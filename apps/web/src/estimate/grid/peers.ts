import type { EstimatePresence } from '../presence.ts';
import type { Cell } from '../selection.ts';
import { isColumnName } from './columns.ts';
import { rowShowing } from './follow.ts';
import type { Grid } from './grid.ts';
import { type Block, columnIndex } from './selection.ts';
import type { Sheet } from './sheet.ts';

/** Somebody who is at a cell, as this screen is told. */
export interface AtCell {
  readonly clientId: number;
  readonly user: { readonly id: string; readonly name: string };
  readonly cell: Cell;
  readonly range: EstimatePresence['range'];
  readonly editing: boolean;
}

/** Where somebody is in this sheet. */
export interface PeerMark {
  readonly peer: AtCell;
  /** The cell itself. */
  readonly at: Block;
  /** All that they have chosen; null: that cell alone. */
  readonly range: Block | null;
}

type Peer = Omit<AtCell, 'cell'> & Pick<EstimatePresence, 'view' | 'cell'> & { readonly away: boolean };

/** Those whose cell is of the lines. */
export function atCells(peers: readonly Peer[]): AtCell[] {
  return peers.flatMap(({ clientId, user, cell, range, editing, view, away }) =>
    cell === null || away || view !== 'estimate' ? [] : [{ clientId, user, cell, range, editing }],
  );
}

/** What is no longer there, or not yet, is nowhere; lines of a folded section are at its head. */
export function markOf(grid: Grid, sheet: Sheet, peer: AtCell): PeerMark | null {
  const at = blockOfCells(grid, sheet, peer.cell, peer.cell);
  if (at === null) return null;
  const range = peer.range && blockOfCells(grid, sheet, peer.range.anchor, peer.range.focus);
  return { peer, at, range };
}

function blockOfCells(grid: Grid, sheet: Sheet, from: Cell, to: Cell): Block | null {
  const a = rowOf(grid, sheet, from.line);
  const b = rowOf(grid, sheet, to.line);
  if (a === null || b === null) return null;
  const [top, bottom] = [Math.min(a, b), Math.max(a, b)];
  if (top === bottom && sheet.rows[top]?.type !== 'line') {
    return { top, bottom, left: 0, right: sheet.columns.length - 1 };
  }
  const columns = [from, to].map(({ column }) => (isColumnName(column) ? columnIndex(sheet, column) : 0));
  return { top, bottom, left: Math.min(...columns), right: Math.max(...columns) };
}

function rowOf(grid: Grid, sheet: Sheet, id: string): number | null {
  const key = rowShowing(grid, id);
  return key === null ? null : (sheet.indexes.get(key) ?? null);
}

/** Whether a mark lies above or below what a screen shows, in pixels of the body; null: it is in sight. */
export function beyondSight(
  { top, bottom }: { readonly top: number; readonly bottom: number },
  sight: { readonly top: number; readonly bottom: number },
): 'above' | 'below' | null {
  if (bottom <= sight.top) return 'above';
  return top >= sight.bottom ? 'below' : null;
}
