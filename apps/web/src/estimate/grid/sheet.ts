import type { EstimateView, LineView, Section } from '@tidemark/documents/estimate';
import type { ColumnName } from './columns.ts';

/** A row of the grid. Its key stays the same while others move and insert rows around it. */
export type Row =
  | {
      readonly type: 'section';
      readonly key: string;
      readonly group: string | null;
      readonly section: Section;
    }
  | {
      readonly type: 'line';
      readonly key: string;
      readonly group: string | null;
      readonly line: LineView;
      /** Its place in the section, from 1; 0: it is gone, and stands there in a comparison only. */
      readonly number: number;
    }
  /** Where a new line of the section is begun. */
  | { readonly type: 'add-line'; readonly key: string; readonly group: string | null }
  | { readonly type: 'add-section'; readonly key: string };

/** What the grid shows, as rows and columns one can walk. */
export interface Sheet {
  readonly rows: readonly Row[];
  readonly columns: readonly ColumnName[];
  /** Row key → index. */
  readonly indexes: ReadonlyMap<string, number>;
}

export const addSectionKey = '+';
export const sectionKey = (group: string | null): string => `#${group ?? ''}`;
export const addLineKey = (group: string | null): string => `+${group ?? ''}#`;

export interface SheetOptions {
  readonly columns: readonly ColumnName[];
  /** Keys of the section rows whose lines are out of sight. */
  readonly collapsed: ReadonlySet<string>;
  /** Whether lines and sections can be added. */
  readonly mayChange: boolean;
  /** What stood there at the moment with which this one is compared. */
  readonly gone?: Gone | null;
}

/** What is gone, each behind the row whose key it is under: lines also behind the head of their section, sections also behind '', first of all. */
export interface Gone {
  readonly lines: ReadonlyMap<string, readonly LineView[]>;
  readonly sections: ReadonlyMap<string, readonly Section[]>;
}

/** The rows of a view: for each section its head, its lines and the place to add one; then the place for a section. */
export function sheetOf(
  sections: EstimateView['sections'],
  { columns, collapsed, mayChange, gone = null }: SheetOptions,
): Sheet {
  const rows: Row[] = [];
  const addGone = gone === null ? null : goneRows(rows, gone, sections, collapsed);
  addGone?.sections('');
  for (const section of sections) {
    const group = section.group?.id ?? null;
    // Lines without a section stand under no head while there is nothing else.
    const bare = group === null && sections.length === 1;
    const key = sectionKey(group);
    if (!bare) rows.push({ type: 'section', key, group, section });
    if (!collapsed.has(key) || bare) {
      addGone?.lines(key, group);
      section.lines.forEach((line, at) => {
        rows.push(lineRow(line, group, at + 1));
        addGone?.lines(line.id, group);
      });
      if (mayChange) rows.push({ type: 'add-line', key: addLineKey(group), group });
    }
    addGone?.sections(key);
  }
  // Nothing stands here yet: one may begin with a line as well as with a section.
  if (mayChange && sections.length === 0) rows.push({ type: 'add-line', key: addLineKey(null), group: null });
  if (mayChange) rows.push({ type: 'add-section', key: addSectionKey });
  return { rows, columns, indexes: new Map(rows.map(({ key }, index) => [key, index])) };
}

/** Adds rows of what is gone. They have no number: they do not count. */
function goneRows(
  rows: Row[],
  gone: Gone,
  standing: EstimateView['sections'],
  collapsed: ReadonlySet<string>,
) {
  const here = new Set(standing.flatMap(({ lines }) => lines.map(({ id }) => id)));
  const heads = new Set(standing.map(({ group }) => sectionKey(group?.id ?? null)));
  const add = (lines: readonly LineView[], group: string | null) => {
    for (const line of lines) if (!here.has(line.id)) rows.push(lineRow(line, group, 0));
  };
  return {
    lines: (behind: string, group: string | null) => add(gone.lines.get(behind) ?? [], group),
    sections(behind: string) {
      for (const section of gone.sections.get(behind) ?? []) {
        const group = section.group?.id ?? null;
        const key = sectionKey(group);
        if (heads.has(key)) continue;
        rows.push({ type: 'section', key, group, section });
        if (!collapsed.has(key)) add(section.lines, group);
      }
    },
  };
}

type LineRow = Extract<Row, { type: 'line' }>;
/** The same row for the same line in the same place, so that an edit elsewhere renders nothing. */
const known = new WeakMap<LineView, LineRow>();

function lineRow(line: LineView, group: string | null, number: number): LineRow {
  const kept = known.get(line);
  if (kept?.number === number && kept.group === group) return kept;
  const row: LineRow = { type: 'line', key: line.id, group, line, number };
  known.set(line, row);
  return row;
}

export function rowAt(sheet: Sheet, key: string): Row | null {
  const index = sheet.indexes.get(key);
  return index === undefined ? null : (sheet.rows[index] ?? null);
}

/** The head of the section a row stands in: the nearest one at or above it. */
export function headIndex(sheet: Sheet, index: number): number | null {
  for (let at = Math.min(index, sheet.rows.length - 1); at >= 0; at -= 1) {
    const type = sheet.rows[at]?.type;
    if (type === 'section') return at;
    if (type === 'add-section') return null;
  }
  return null;
}
