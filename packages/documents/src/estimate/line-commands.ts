import { type Editor, newId, type Write } from '../records/editor.ts';
import type { Json } from '../records/json.ts';
import { linesIn, nameOf, placeAmong, standing } from './places.ts';
import { calcFamily, type LineKind, lineRegisters } from './schema.ts';
import { fitting, type Gesture, priced } from './write.ts';

/** Commands on lines. All of them answer false or null when the estimate is not a draft. */

/** Columns of the grid that a cell may be written in. */
export const columns = [
  'code',
  'name',
  'qty',
  'unit',
  'unitCost',
  'wasteBp',
  'kind',
  'note',
  'optional',
  'item',
] as const;
export type Column = (typeof columns)[number];

/** What a line begins with; what is left out takes its default. */
export interface LineInput {
  readonly code?: string;
  readonly name?: string;
  /** Millionths. */
  readonly qty?: number;
  readonly unit?: string;
  /** Ten-thousandths of the currency's unit. */
  readonly unitCost?: number;
  readonly wasteBp?: number;
  readonly kind?: LineKind;
  readonly note?: string;
  readonly optional?: boolean;
  /** Its id in the price list. */
  readonly item?: string | null;
  /** What was typed where a value was worked out: `{qty: '12*3.5'}`. */
  readonly calc?: Readonly<Partial<Record<Column, string>>>;
}

/** Where lines go: before a line of that section, or last in it; group null is the last section, without a group. */
export interface LinePlace {
  readonly group: string | null;
  readonly before?: string | null;
}

export interface CellWrite {
  readonly id: string;
  readonly column: Column;
  /** null: the default. */
  readonly value: Json;
  /** What was typed, when the value was worked out from it. */
  readonly calc?: string | null;
}

export interface Block {
  readonly cells: readonly CellWrite[];
  /** Lines beyond the last one that the block covers. */
  readonly newLines?: { readonly place: LinePlace; readonly lines: readonly LineInput[] } | null;
}

/** Adds lines as one step and returns their ids in order; null when the section is gone. */
export function addLines(
  editor: Editor,
  place: LinePlace,
  lines: readonly LineInput[],
  label?: string,
): string[] | null {
  const ids = lines.map(newId);
  const done = priced(editor, label ?? (lines.length === 1 ? 'Add line' : 'Add lines'), (write) =>
    writeLines(editor, write, place, lines, ids),
  );
  return done ? ids : null;
}

/** Several sections with their lines after the others, as one step: what an import brings. Returns the sections' ids. */
export function addSections(
  editor: Editor,
  sections: readonly { readonly name: string; readonly lines: readonly LineInput[] }[],
  label = 'Add sections',
): string[] | null {
  const ids = sections.map(newId);
  const done = priced(editor, label, (write) => {
    const orders = placeAmong(write, 'groups', standing(editor.doc, 'groups'), null, sections.length);
    sections.forEach(({ name, lines }, index) => {
      const group = ids[index]!;
      write.create('groups', group, { o: orders[index], name });
      writeLines(editor, write, { group }, lines, lines.map(newId));
    });
  });
  return done ? ids : null;
}

/** Writes cells as one step; those of lines that are gone are passed over. */
export function setCells(
  editor: Editor,
  cells: readonly CellWrite[],
  label = cells.length === 1 ? 'Change cell' : 'Change cells',
  gesture: Gesture = {},
): boolean {
  return priced(editor, label, (write) => writeCells(write, cells), gesture);
}

/** Cells and the lines that go beyond the last one, as one step. Returns the ids of the new lines. */
export function pasteBlock(editor: Editor, { cells, newLines }: Block, label = 'Paste'): string[] | null {
  const lines = newLines?.lines ?? [];
  const ids = lines.map(newId);
  let made: string[] = [];
  const done = priced(editor, label, (write) => {
    writeCells(write, cells);
    if (newLines && writeLines(editor, write, newLines.place, lines, ids)) made = ids;
  });
  return done ? made : null;
}

/** Puts lines before one of a section, or last in it, in the order they are named. */
export function moveLines(
  editor: Editor,
  ids: readonly string[],
  group: string | null,
  before: string | null = null,
): boolean {
  if (before !== null && ids.includes(before)) return false;
  return priced(editor, ids.length === 1 ? 'Move line' : 'Move lines', (write) => {
    const moving = [...new Set(ids)].filter((id) => write.exists('lines', id));
    if (moving.length === 0 || !isPlace(write, group)) return;
    const gone = new Set(moving);
    const others = linesIn(editor.doc, group).filter(({ id }) => !gone.has(id));
    const orders = placeAmong(write, 'lines', others, before, moving.length);
    moving.forEach((id, index) => {
      const from = nameOf(write.get('lines', id, 'g'));
      // One that stands loose already keeps the name of its section, which may come back by an undo.
      if (group !== null || (from !== null && write.exists('groups', from)))
        write.set('lines', id, 'g', group);
      write.set('lines', id, 'o', orders[index]);
    });
  });
}

export function removeLines(editor: Editor, ids: readonly string[]): boolean {
  return priced(editor, ids.length === 1 ? 'Remove line' : 'Remove lines', (write) => {
    for (const id of new Set(ids)) if (write.exists('lines', id)) write.remove('lines', id);
  });
}

/** Copies lines, those of a section below the last of them, and returns the ids of the copies. */
export function duplicateLines(editor: Editor, ids: readonly string[]): string[] | null {
  const copies: string[] = [];
  const done = priced(
    editor,
    ids.length === 1 ? 'Duplicate line' : 'Duplicate lines',
    (write) => {
      const wanted = new Set(ids);
      for (const group of [...standing(editor.doc, 'groups').map(({ id }) => id), null]) {
        const lines = linesIn(editor.doc, group);
        const chosen = lines.filter(({ id }) => wanted.has(id));
        const last = lines.findLastIndex(({ id }) => wanted.has(id));
        if (last === -1) continue;
        const orders = placeAmong(write, 'lines', lines, lines[last + 1]?.id ?? null, chosen.length);
        chosen.forEach(({ id }, index) => {
          const copy = newId();
          write.create('lines', copy, {
            ...Object.fromEntries(write.members('lines', id, '')),
            o: orders[index],
          });
          copies.push(copy);
        });
      }
    },
    // Values come from the document itself, what this version can't read among them.
    { asItWas: true },
  );
  return done ? copies : null;
}

function writeLines(
  editor: Editor,
  write: Write,
  { group, before = null }: LinePlace,
  lines: readonly LineInput[],
  ids: readonly string[],
): boolean {
  if (lines.length === 0 || !isPlace(write, group)) return false;
  const fits = lines.map(({ calc = {}, ...fields }) => {
    const typed = Object.entries(calc).map(([column, text]) => [calcFamily + column, text] as const);
    return { ...fitting(lineRegisters, fields), ...Object.fromEntries(typed) };
  });
  const orders = placeAmong(write, 'lines', linesIn(editor.doc, group), before, lines.length);
  fits.forEach((fit, index) => {
    write.create('lines', ids[index]!, { ...fit, g: group, o: orders[index] });
  });
  return true;
}

function writeCells(write: Write, cells: readonly CellWrite[]): void {
  // A value that no register takes throws before anything is written.
  const fits = cells.map(({ column, value }) => fitting(lineRegisters, { [column]: value })[column]);
  cells.forEach(({ id, column, calc = null }, index) => {
    if (!write.exists('lines', id)) return;
    write.set('lines', id, column, fits[index]);
    write.set('lines', id, calcFamily + column, calc);
  });
}

function isPlace(write: Write, group: string | null): boolean {
  return group === null || write.exists('groups', group);
}
