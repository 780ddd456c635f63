import { familyOf, keepList, readFields } from '../records/fields.ts';
import { compareFindings, type Finding, type Report } from '../records/finding.ts';
import { type Read, remember } from '../records/memo.ts';
import { compareOrder } from '../records/order-key.ts';
import type { Kind } from '../records/reader.ts';
import type { Values } from '../records/register.ts';
import { isRemoved } from '../records/schema.ts';
import type { CollectionState, RecordState, State } from '../records/state.ts';
import {
  actualRegisters,
  calcFamily,
  estimateSchema,
  groupRegisters,
  lessonRegisters,
  lineRegisters,
  metaRegisters,
  paramRegisters,
  proposalRegisters,
  reviewRegisters,
  riskRegisters,
} from './schema.ts';
import { arrange } from './sections.ts';

/** What a record shows: its id, its order key as `order`, its registers. */
type Shown<R> = { readonly id: string; readonly order: string | null } & Omit<R, 'o' | 'x'>;

export type GroupView = Shown<Values<typeof groupRegisters>>;
/** Money in ten-thousandths, quantities in millionths, rates in basis points (docs/estimate.md). */
export type LineView = Omit<Shown<Values<typeof lineRegisters>>, 'g'> & {
  /** The section that it was put in, whether that is there or not. */
  readonly group: string | null;
  /** What was typed where a cell was worked out, by column; it counts only while it still comes to what the cell holds. */
  readonly calc: Readonly<Record<string, string>>;
};
export type RiskView = Shown<Values<typeof riskRegisters>>;
export type ActualView = Omit<Shown<Values<typeof actualRegisters>>, 'order'>;
export type LessonView = Shown<Values<typeof lessonRegisters>>;

export interface Section {
  /** null: the last section, of lines whose own one was removed or never named. */
  readonly group: GroupView | null;
  readonly lines: readonly LineView[];
}

export interface EstimateView {
  readonly meta: Values<typeof metaRegisters>;
  readonly params: Values<typeof paramRegisters>;
  readonly proposal: Values<typeof proposalRegisters>;
  readonly review: Values<typeof reviewRegisters>;
  readonly groups: readonly GroupView[];
  /** All groups in order with their lines in order, empty ones too; the one without a group only while it has lines. */
  readonly sections: readonly Section[];
  /** By id, in the order of the sections. */
  readonly lines: ReadonlyMap<string, LineView>;
  readonly risks: readonly RiskView[];
  /** By date, then id. */
  readonly actuals: readonly ActualView[];
  readonly lessons: readonly LessonView[];
  readonly findings: readonly Finding[];
}

export const estimate: Kind<EstimateView> = { schema: estimateSchema, view };

/** Whether what has a price stands still: only a draft is open (decision 0027). */
export function isLocked(view: Pick<EstimateView, 'meta'>): boolean {
  return view.meta.status.is !== 'draft';
}

const nothing: RecordState = new Map();

function view(state: State, findings: readonly Finding[], previous: EstimateView | null): EstimateView {
  const all = [...findings];
  const single = <T>(collection: string, read: Read<T>): T => {
    const item = remember(read, collection, state[collection]?.get(collection) ?? nothing);
    all.push(...item.findings);
    return item.value;
  };
  const each = <T>(collection: string, read: Read<T>): T[] => {
    const items: T[] = [];
    for (const [id, record] of state[collection] ?? (none as CollectionState)) {
      if (isRemoved(record)) continue;
      const item = remember(read, id, record);
      items.push(item.value);
      if (item.findings.length > 0) all.push(...item.findings);
    }
    return items;
  };

  const meta = single('meta', readMeta);
  const groups = keepList(each('groups', readGroup).sort(compareOrder), previous?.groups);
  const { sections, lines } = arrange(groups, each('lines', readLine), previous);
  const actuals = each('actuals', readActual).sort(byDate);
  // One by one: of a broken document there may be more than a call takes arguments.
  for (const finding of dangling(lines, groups)) all.push(finding);
  all.push(...schemaFindings(meta.schemaVersion));
  return {
    meta,
    params: single('params', readParams),
    proposal: single('proposal', readProposal),
    review: single('review', readReview),
    groups,
    sections,
    lines,
    risks: keepList(each('risks', readRisk).sort(compareOrder), previous?.risks),
    actuals: keepList(actuals, previous?.actuals),
    lessons: keepList(each('lessons', readLesson).sort(compareOrder), previous?.lessons),
    findings:
      all.length === 0 && previous?.findings.length === 0 ? previous.findings : all.sort(compareFindings),
  };
}

const none: CollectionState = new Map();

function dangling(lines: ReadonlyMap<string, LineView>, groups: readonly GroupView[]): Finding[] {
  const known = new Set(groups.map(({ id }) => id));
  const found: Finding[] = [];
  for (const { id, group } of lines.values()) {
    if (group === null || known.has(group)) continue;
    const detail = 'The section of this line is no longer there; it stands last, without a section.';
    found.push({ code: 'dangling', collection: 'lines', id, register: 'g', detail });
  }
  return found;
}

function schemaFindings(version: number): Finding[] {
  const finding = (code: Finding['code'], detail: string): Finding[] => [
    { code, collection: 'meta', id: 'meta', register: 'schemaVersion', detail },
  ];
  if (version === 0) return finding('not-seeded', 'This document was not set up yet.');
  if (version <= estimateSchema.version) return [];
  return finding('newer-schema', 'A newer version wrote this; what that added is kept but not shown.');
}

function readMeta(id: string, record: RecordState, report: Report): EstimateView['meta'] {
  return readFields(record, metaRegisters, { collection: 'meta', id, report });
}

function readParams(id: string, record: RecordState, report: Report): EstimateView['params'] {
  return readFields(record, paramRegisters, { collection: 'params', id, report });
}

function readProposal(id: string, record: RecordState, report: Report): EstimateView['proposal'] {
  return readFields(record, proposalRegisters, { collection: 'proposal', id, report });
}

function readReview(id: string, record: RecordState, report: Report): EstimateView['review'] {
  return readFields(record, reviewRegisters, { collection: 'review', id, report });
}

function readGroup(id: string, record: RecordState, report: Report): GroupView {
  const { o, name } = readFields(record, groupRegisters, { collection: 'groups', id, report });
  return { id, order: o, name };
}

function readLine(id: string, record: RecordState, report: Report): LineView {
  const { g, o, x, ...fields } = readFields(record, lineRegisters, { collection: 'lines', id, report });
  const typed = familyOf(record, calcFamily).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length <= 500,
  );
  return { id, order: o, group: g, ...fields, calc: typed.length === 0 ? noCalc : Object.fromEntries(typed) };
}

const noCalc: Readonly<Record<string, string>> = {};

function readRisk(id: string, record: RecordState, report: Report): RiskView {
  const { o, x, ...fields } = readFields(record, riskRegisters, { collection: 'risks', id, report });
  return { id, order: o, ...fields };
}

function readActual(id: string, record: RecordState, report: Report): ActualView {
  const { x, ...fields } = readFields(record, actualRegisters, { collection: 'actuals', id, report });
  return { id, ...fields };
}

function readLesson(id: string, record: RecordState, report: Report): LessonView {
  const { o, x, ...fields } = readFields(record, lessonRegisters, { collection: 'lessons', id, report });
  return { id, order: o, ...fields };
}

function byDate(a: ActualView, b: ActualView): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
