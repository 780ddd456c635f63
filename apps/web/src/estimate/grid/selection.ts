import { type ColumnName, columnNames } from './columns.ts';
import type { Row, Sheet } from './sheet.ts';

/** A place in the grid: a row by its key, a column by its name, so that it stays where it is while others insert rows. */
export interface Place {
  readonly row: string;
  readonly column: ColumnName;
}

/** What is chosen. The block reaches from `anchor` to `lead`; keys and typing act on `active`, which lies within it. */
export interface Selection {
  readonly active: Place;
  readonly anchor: Place;
  readonly lead: Place;
  /** Whole rows, whatever the columns. */
  readonly whole: boolean;
  /** Rows chosen one by one besides the block. */
  readonly apart: ReadonlySet<string>;
  /** The column in which a run of Tab was begun: Enter goes back to it. */
  readonly home: ColumnName | null;
}

const none: ReadonlySet<string> = new Set();

export function select(active: Place): Selection {
  return { active, anchor: active, lead: active, whole: false, apart: none, home: null };
}

export function extend(selection: Selection, lead: Place): Selection {
  const { active, whole } = selection;
  return { active, anchor: active, lead, whole, apart: none, home: null };
}

export function selectRow(place: Place): Selection {
  return { ...select(place), whole: true };
}

/** Adds a row to those chosen, or takes it away. */
export function toggleRow(selection: Selection, sheet: Sheet, place: Place): Selection {
  const rows = new Set(selection.whole ? chosenRows(selection, sheet).map(({ key }) => key) : []);
  if (!rows.delete(place.row)) rows.add(place.row);
  const [first] = rows;
  // The row that was taken away last stays chosen when it was the only one.
  const active = rows.has(place.row) || first === undefined ? place : { ...place, row: first };
  return { ...selectRow(active), apart: rows };
}

export function selectAll(sheet: Sheet, selection: Selection): Selection {
  const lines = sheet.rows.filter(({ type }) => type === 'line');
  const first = lines[0] ?? sheet.rows[0];
  const last = lines.at(-1) ?? sheet.rows.at(-1);
  const [left, right] = [sheet.columns[0], sheet.columns.at(-1)];
  if (!first || !last || !left || !right) return selection;
  const { active } = selection;
  return {
    ...select(active),
    anchor: { row: first.key, column: left },
    lead: { row: last.key, column: right },
    whole: true,
  };
}

/** The chosen block as indexes, both ends included. */
export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Null when an end of it is no longer in the sheet. */
export function blockOf({ anchor, lead, whole }: Selection, sheet: Sheet): Block | null {
  const from = sheet.indexes.get(anchor.row);
  const to = sheet.indexes.get(lead.row);
  if (from === undefined || to === undefined) return null;
  const a = columnIndex(sheet, anchor.column);
  const b = columnIndex(sheet, lead.column);
  return {
    top: Math.min(from, to),
    bottom: Math.max(from, to),
    left: whole ? 0 : Math.min(a, b),
    right: whole ? sheet.columns.length - 1 : Math.max(a, b),
  };
}

/** A column that has been hidden counts as the next one that is shown. */
export function columnIndex(sheet: Sheet, column: ColumnName): number {
  const order = columnNames.indexOf(column);
  const at = sheet.columns.findIndex((name) => columnNames.indexOf(name) >= order);
  return at === -1 ? sheet.columns.length - 1 : at;
}

/** Rows of the block and those beside it, in the order of the sheet. */
function chosenRows(selection: Selection, sheet: Sheet): readonly Row[] {
  if (selection.apart.size > 0) return sheet.rows.filter(({ key }) => selection.apart.has(key));
  const block = blockOf(selection, sheet);
  return block === null ? [] : sheet.rows.slice(block.top, block.bottom + 1);
}

export type LineRow = Extract<Row, { type: 'line' }>;
const isLine = (row: Row): row is LineRow => row.type === 'line';

/** Lines that what one does applies to. */
export function chosenLines(selection: Selection, sheet: Sheet): readonly LineRow[] {
  return chosenRows(selection, sheet).filter(isLine);
}

/** Columns that what one does applies to. */
export function chosenColumns(selection: Selection, sheet: Sheet): readonly ColumnName[] {
  const block = blockOf(selection, sheet);
  if (selection.whole) return sheet.columns;
  return block === null ? [selection.active.column] : sheet.columns.slice(block.left, block.right + 1);
}

/** Whether more than one cell of lines is chosen. */
export function isBlock(selection: Selection): boolean {
  const { anchor, lead, whole, apart } = selection;
  return whole || apart.size > 0 || anchor.row !== lead.row || anchor.column !== lead.column;
}

/**
 * The same selection in a sheet in which rows have come and gone. What stood on a row that is gone goes to the row that
 * is now in its place.
 */
export function settle(selection: Selection, before: Sheet, now: Sheet): Selection | null {
  if (now.rows.length === 0) return null;
  const { active, anchor, lead, apart } = selection;
  const stands = ({ row }: Place) => now.indexes.has(row);
  const rest = [...apart].every((key) => now.indexes.has(key))
    ? apart
    : new Set([...apart].filter((key) => now.indexes.has(key)));
  if (stands(active) && stands(anchor) && stands(lead)) {
    return rest === apart ? selection : { ...selection, apart: rest };
  }
  if (stands(active)) return { ...select(active), apart: rest, whole: rest.size > 0 };
  return select({ ...active, row: successor(active.row, before, now) });
}

/** The first row below a row that is gone which is still there; else the nearest above it; else the last. */
function successor(row: string, before: Sheet, now: Sheet): string {
  const at = before.indexes.get(row) ?? before.rows.length;
  const there = ({ key }: Row) => now.indexes.has(key);
  const found = before.rows.slice(at).find(there) ?? before.rows.slice(0, at).findLast(there);
  return found?.key ?? now.rows[Math.min(at, now.rows.length - 1)]!.key;
}
