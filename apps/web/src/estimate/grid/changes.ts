import type { Change, Thing } from '@tidemark/documents';
import type { EstimateView, LineView, Section } from '@tidemark/documents/estimate';
import type { Estimation } from '@tidemark/estimating';
import { type Marks, markKey } from '../../history/marks.ts';
import type { Format } from '../format.ts';
import { shownText } from './cell-text.ts';
import type { ColumnName } from './columns.ts';
import { type Gone, sectionKey } from './sheet.ts';

/** What a comparison says of a thing. */
export interface Told {
  readonly types: Change['types'];
  /** What is another, in words, property by property. */
  readonly fields: readonly string[];
}

/** What a comparison says of a row; no types where only what the row comes to is another. */
export interface RowChange extends Told {
  /** The line as it was; null: it was not there, or the row is that of a section. */
  readonly line: LineView | null;
  /** What it came to; null: it was not there. */
  readonly amount: number | null;
}

/** A comparison with an earlier moment, as the grid shows it. */
export interface GridChanges {
  /** By the key of the row. */
  readonly rows: ReadonlyMap<string, RowChange>;
  /** What stood there and is gone. */
  readonly gone: Gone;
  /** What all sections came to. */
  readonly base: number;
}

interface Moment {
  readonly view: Pick<EstimateView, 'sections'>;
  readonly estimation: Pick<Estimation, 'amounts' | 'sections' | 'base'>;
}

/** What of the rows of the later moment differs, and where between them stood what is gone. */
export function gridChanges(marks: Marks, before: Moment, after: Moment): GridChanges {
  const rows = new Map<string, RowChange>();
  for (const { group, lines } of before.view.sections) {
    const id = group?.id ?? null;
    const amount = before.estimation.sections.get(id)?.subtotal ?? 0;
    const now = after.estimation.sections.get(id)?.subtotal ?? 0;
    const change = changeOf(marks, 'groups', id ?? '', { line: null, amount });
    if (change.types.length > 0 || amount !== now) rows.set(sectionKey(id), change);
    for (const line of lines) {
      const came = before.estimation.amounts.get(line.id) ?? 0;
      const found = changeOf(marks, 'lines', line.id, { line, amount: came });
      if (found.types.length > 0) rows.set(line.id, found);
    }
  }
  const blank = { line: null, amount: null };
  for (const { group, lines } of after.view.sections) {
    const change = changeOf(marks, 'groups', group?.id ?? '', blank);
    if (change.types.includes('added')) rows.set(sectionKey(group?.id ?? null), change);
    for (const { id } of lines) {
      const found = changeOf(marks, 'lines', id, blank);
      if (found.types.length > 0 && !rows.has(id)) rows.set(id, found);
    }
  }
  return { rows, gone: goneOf(rows, before.view, after.view), base: before.estimation.base };
}

function changeOf(
  marks: Marks,
  collection: 'lines' | 'groups',
  id: string,
  then: Pick<RowChange, 'line' | 'amount'>,
): RowChange {
  return { ...then, ...toldOf(marks, { collection, id }) };
}

export function toldOf(marks: Marks, thing: Thing): Told {
  const mark = marks.get(markKey(thing));
  const fields = (mark?.change.fields ?? []).map(
    ({ label, old, new: now }) => `${label}: ${old ?? 'nothing'} → ${now ?? 'nothing'}`,
  );
  return { types: mark?.types ?? [], fields };
}

/** What is gone stands behind what stood before it and is still there. */
function goneOf(
  rows: GridChanges['rows'],
  before: Pick<EstimateView, 'sections'>,
  after: Pick<EstimateView, 'sections'>,
): Gone {
  const homes = new Map(
    after.sections.flatMap(({ group, lines }) =>
      lines.map(({ id }): [string, string] => [id, sectionKey(group?.id ?? null)]),
    ),
  );
  const standing = new Set(after.sections.map(({ group }) => sectionKey(group?.id ?? null)));
  const isGone = ({ id }: LineView) => rows.get(id)?.types.includes('removed') === true;
  const lines = new Map<string, LineView[]>();
  const sections = new Map<string, Section[]>();
  let last = '';
  for (const section of before.sections) {
    const key = sectionKey(section.group?.id ?? null);
    if (!standing.has(key)) {
      push(sections, last, { group: section.group, lines: section.lines.filter(isGone) });
      continue;
    }
    last = key;
    let at = key;
    for (const line of section.lines) {
      if (isGone(line)) push(lines, at, line);
      else if (homes.get(line.id) === key) at = line.id;
    }
  }
  return { lines, sections };
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

export const isGoneRow = (change: RowChange | undefined): boolean =>
  change?.types.includes('removed') === true;

/** What a cell said before; null where it says the same now, or did not stand there. */
export function textBefore(
  change: RowChange | undefined,
  column: ColumnName,
  now: string,
  format: Format,
): string | null {
  if (change === undefined || change.line === null || isGoneRow(change)) return null;
  const text = shownText(change.line, column, change.amount ?? 0, format);
  return text === now ? null : text || 'nothing';
}
