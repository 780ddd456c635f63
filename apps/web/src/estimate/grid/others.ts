import type { EstimateView, LineView } from '@tidemark/documents/estimate';
import type { Transaction } from 'yjs';
import { readCell } from './cell-read.ts';
import { type ColumnName, columnNames, columnOf, isWritten } from './columns.ts';
import { touchCut } from './cut.ts';
import { textAt } from './edit.ts';
import { type Grid, say } from './grid.ts';
import { placeKey } from './grid-store.ts';
import { rowAt } from './sheet.ts';

/** What others change while somebody works here: shown for a moment, and in an open cell asked about. */

export interface Somebody {
  readonly id: string;
  readonly name: string;
}

/** A cell, or a whole row, that somebody else has just changed. */
export interface Flash {
  readonly row: string;
  /** null: the row came, or came here from elsewhere. */
  readonly column: ColumnName | null;
  readonly by: Somebody | null;
  /** It was written on this screen a moment ago. */
  readonly mine: boolean;
  /** Tells one flash of a cell from the next. */
  readonly turn: number;
}

export interface OthersPorts {
  /** Who made a transaction of another replica; null: nobody knows. */
  whoWrote(transaction: Transaction): Somebody | null;
  /** Milliseconds. */
  now(): number;
  later(ms: number, then: () => void): void;
}

/** Milliseconds for which a change is shown, and one of what was written here, which has words to be read. */
const shortly = 1_600;
const longer = 5_000;
/** Milliseconds after which what was written here is nobody's news any more. */
const recent = 60_000;
/** More lines than these at once are a paste, an import or the first sight of the document. */
const many = 60;

/** Watches until it is stopped. */
export function watchOthers(grid: Grid, { whoWrote, now, later }: OthersPorts): () => void {
  const { editor, reader, store } = grid;
  const written = new Map<string, number>();
  let last = reader.view();
  let turn = 0;
  const stopCommands = editor.onCommand(({ changes }) => {
    const at = now();
    for (const [key, since] of written) if (at - since > recent) written.delete(key);
    for (const { collection, id, register } of changes)
      if (collection === 'lines') written.set(`${id} ${register}`, at);
  });

  const show = (flashes: readonly Flash[]) => {
    if (flashes.length === 0) return;
    const next = new Map(store.get().flashes);
    for (const flash of flashes) next.set(flashKey(flash), flash);
    store.set({ flashes: next });
    for (const ms of [shortly, longer]) {
      const over = flashes.filter(({ mine }) => mine === (ms === longer));
      if (over.length > 0) later(ms, () => end(over));
    }
  };
  const end = (over: readonly Flash[]) => {
    const left = new Map(store.get().flashes);
    for (const flash of over) if (left.get(flashKey(flash)) === flash) left.delete(flashKey(flash));
    store.set({ flashes: left });
  };

  const look = (transaction: Transaction) => {
    const before = last;
    last = reader.view();
    if (last === before || transaction.local) return;
    meetOpenHead(grid, before, () => whoWrote(transaction));
    const changed = changesBetween(before, last);
    if (changed.length === 0) return;
    const by = whoWrote(transaction);
    meetOpenCell(grid, changed, by);
    const rows = new Set(changed.map(({ row }) => row));
    touchCut(grid, rows);
    const at = now();
    const isMine = ({ row, column }: Touched) =>
      column !== null && at - (written.get(`${row} ${column}`) ?? -recent) < recent;
    const shown = changed.filter((one) => one.what !== 'removed' && (rows.size <= many || isMine(one)));
    turn += 1;
    const flashes = shown.map((one): Flash => ({ ...one, by, mine: isMine(one), turn }));
    show(flashes);
    for (const one of flashes) if (one.mine) sayOverwritten(grid, one);
  };
  editor.doc.on('afterTransaction', look);

  const stopStore = store.subscribe(() => {
    const { editing, theirs } = store.get();
    if (theirs !== null && (editing === null || placeKey(editing.place) !== placeKey(theirs.place)))
      store.set({ theirs: null });
  });
  return () => {
    stopCommands();
    stopStore();
    editor.doc.off('afterTransaction', look);
  };
}

const flashKey = ({ row, column }: Pick<Flash, 'row' | 'column'>): string => `${row} ${column ?? ''}`;

interface Touched {
  readonly row: string;
  readonly column: ColumnName | null;
  readonly what: 'changed' | 'added' | 'moved' | 'removed';
}

/** Which cells are other than before, and which lines came, went elsewhere or are gone. */
export function changesBetween(before: EstimateView, now: EstimateView): readonly Touched[] {
  if (before.lines === now.lines) return [];
  const found: Touched[] = [];
  for (const [id, line] of now.lines) {
    const old = before.lines.get(id);
    if (old === line) continue;
    if (old === undefined) found.push({ row: id, column: null, what: 'added' });
    else found.push(...cellsBetween(old, line));
  }
  for (const id of before.lines.keys())
    if (!now.lines.has(id)) found.push({ row: id, column: null, what: 'removed' });
  return found;
}

function cellsBetween(old: LineView, line: LineView): readonly Touched[] {
  const columns = columnNames.filter((name) => isWritten(name) && old[name] !== line[name]);
  // Its tag stands beside the description.
  if (old.optional !== line.optional && !columns.includes('name')) columns.push('name');
  const cells = columns.map((column): Touched => ({ row: line.id, column, what: 'changed' }));
  const moved = old.group !== line.group || old.order !== line.order;
  return moved ? [...cells, { row: line.id, column: null, what: 'moved' }] : cells;
}

/** What somebody does to the cell that is open here: nobody's text is lost, and nobody's change goes unseen. */
function meetOpenCell(grid: Grid, changed: readonly Touched[], by: Somebody | null): void {
  const { store } = grid;
  const { editing } = store.get();
  if (editing === null) return;
  const { place } = editing;
  for (const { row, column, what } of changed) {
    if (row !== place.row) continue;
    if (what === 'removed') store.remover = { row, name: by?.name ?? null };
    if (what === 'moved') store.set({ theirs: { place, by, what } });
    if (what !== 'changed' || column !== place.column || !isWritten(column)) continue;
    const now = textAt(grid, place);
    if (editing.begin !== null && store.draft === editing.begin) {
      // Opened, and nothing typed yet: it goes on from what stands there now.
      store.draft = now;
      store.set({ editing: { ...editing, begin: now } });
      continue;
    }
    const typed = readCell(column, store.draft, grid.reader.view().meta.currency);
    const line = grid.reader.view().lines.get(row);
    if (line !== undefined && 'value' in typed && (typed.value ?? '') === line[column]) continue;
    store.set({ theirs: { place, by, what } });
  }
}

/** The same for the name of a section. */
function meetOpenHead(grid: Grid, before: EstimateView, who: () => Somebody | null): void {
  const { store, reader } = grid;
  const { editing } = store.get();
  const row = editing && rowAt(grid.sheet(), editing.place.row);
  if (editing === null || row?.type !== 'section') return;
  const nameIn = ({ groups }: EstimateView) => groups.find(({ id }) => id === row.group)?.name;
  const now = nameIn(reader.view());
  if (now === undefined || now === nameIn(before) || now === store.draft.trim()) return;
  store.set({ theirs: { place: editing.place, by: who(), what: 'changed' } });
}

function sayOverwritten(grid: Grid, { row, column, by }: Flash): void {
  const found = rowAt(grid.sheet(), row);
  if (column === null || found?.type !== 'line') return;
  const name = found.line.name || `line ${found.number}`;
  say(grid, `${by?.name ?? 'Somebody'} changed ${columnOf(column).label.toLowerCase()} of ${name}.`);
}
