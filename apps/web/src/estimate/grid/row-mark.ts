import type { GridState } from './grid-store.ts';
import { blockOf, columnIndex, isBlock } from './selection.ts';
import type { Sheet } from './sheet.ts';

/** What of the selection lies on one row. */
export interface RowMark {
  /** Index of the first and last chosen column; -1: none. */
  readonly left: number;
  readonly right: number;
  /** Index of the active column; -1: the active cell is elsewhere. */
  readonly active: number;
  /** The row is chosen as a whole. */
  readonly whole: boolean;
  readonly editing: boolean;
}

/** As plain text, so that a row renders only when something on it changes. */
export function rowMark(state: GridState, sheet: Sheet, key: string): string {
  const { selection, editing } = state;
  if (selection === null) return '';
  const active = selection.active.row === key ? columnIndex(sheet, selection.active.column) : -1;
  const open = editing?.place.row === key ? 'e' : '';
  if (selection.apart.size > 0) {
    const chosen = selection.apart.has(key);
    if (!chosen && active === -1) return '';
    return chosen ? `0 ${sheet.columns.length - 1} ${active} w${open}` : `-1 -1 ${active} ${open}`;
  }
  const block = isBlock(selection) ? blockOf(selection, sheet) : null;
  const index = sheet.indexes.get(key) ?? -1;
  const inside = block !== null && index >= block.top && index <= block.bottom;
  if (!inside) return active === -1 ? '' : `-1 -1 ${active} ${open}`;
  return `${block.left} ${block.right} ${active} ${selection.whole ? 'w' : ''}${open}`;
}

const nothing: RowMark = { left: -1, right: -1, active: -1, whole: false, editing: false };

export function readMark(text: string): RowMark {
  if (text === '') return nothing;
  const [left, right, active, flags = ''] = text.split(' ');
  return {
    left: Number(left),
    right: Number(right),
    active: Number(active),
    whole: flags.includes('w'),
    editing: flags.includes('e'),
  };
}
