import { isObject, type Json } from '../records/json.ts';
import { choice, flag, integer, optional, type Register, reference, text } from '../records/register.ts';
import type { KindSchema } from '../records/schema.ts';
import { calendarDate, currencyCode, momentOf, tidyText, whole } from './registers.ts';

export const statuses = ['draft', 'submitted', 'won', 'lost'] as const;
export type StatusName = (typeof statuses)[number];
export const lineKinds = ['mat', 'lab', 'equip', 'sub', 'other'] as const;
export type LineKind = (typeof lineKinds)[number];
export const marginModes = ['margin', 'markup'] as const;
export type MarginMode = (typeof marginModes)[number];
export const riskOutcomes = ['open', 'struck', 'avoided'] as const;
export type RiskOutcome = (typeof riskOutcomes)[number];

/** Longest title or name, in UTF-16 units; commands cut what is longer. */
export const maxName = 500;
/** Longest note. */
export const maxNote = 10_000;
/** Money and quantities: whole numbers of ten-thousandths and of millionths, either sign (a credit, a deduction). */
export const maxWhole = Number.MAX_SAFE_INTEGER;
/** Rates: 1000 %. */
export const maxRate = 100_000;
const wholeRate = 10_000;

/** Where an estimate stands in its life; the server writes it, after the version that it names was stored. */
export type Status = {
  readonly is: StatusName;
  /** ISO 8601, UTC; '' for a draft that was never submitted. */
  readonly at: string;
  readonly by: string | null;
  readonly byName: string;
  /** The frozen version that it stands for. */
  readonly versionId: string | null;
  readonly number: number | null;
};

/** The frozen version of another document that this one began with. */
export type Parent = {
  readonly documentId: string;
  readonly versionId: string;
  readonly number: number | null;
  readonly note: string;
};

/** Who applied a mitigation, and when. */
export type Applied = {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly by: string | null;
};

export const draft: Status = { is: 'draft', at: '', by: null, byName: '', versionId: null, number: null };

const money = whole(0, -maxWhole, maxWhole);
const rate = whole(0, 0, maxRate);
const probability = whole(0, 0, wholeRate);
const cost = whole(0, 0, maxWhole);
const name = tidyText(maxName);
const note = tidyText(maxNote);
const version = optional(whole(0, 0, 1_000_000));
const removed = flag();
const order = reference();

const maybeText = (raw: Json | undefined): string | null =>
  raw === undefined ? null : (reference().read(raw) ?? null);
const plainText = (raw: Json | undefined): string => (raw === undefined ? '' : (name.read(raw) ?? ''));
const maybeNumber = (raw: Json | undefined): number | null =>
  raw === undefined ? null : (version.read(raw) ?? null);

const status: Register<Status> = {
  fallback: draft,
  read: (raw) => {
    if (!isObject(raw)) return undefined;
    const is = statuses.find((known) => known === raw.is);
    if (is === undefined) return undefined;
    return {
      is,
      at: momentOf(raw.at),
      by: maybeText(raw.by),
      byName: plainText(raw.byName),
      versionId: maybeText(raw.versionId),
      number: maybeNumber(raw.number),
    };
  },
};

const parent: Register<Parent | null> = {
  fallback: null,
  read: (raw) => {
    if (!isObject(raw)) return undefined;
    const documentId = maybeText(raw.documentId);
    const versionId = maybeText(raw.versionId);
    if (documentId === null || versionId === null) return undefined;
    const said = raw.note === undefined ? '' : (note.read(raw.note) ?? '');
    return { documentId, versionId, number: maybeNumber(raw.number), note: said };
  },
};

const applied: Register<Applied | null> = {
  fallback: null,
  read: (raw) => (isObject(raw) ? { at: momentOf(raw.at), by: maybeText(raw.by) } : undefined),
};

export const metaRegisters = {
  title: name,
  schemaVersion: integer(0, 0, 1_000_000),
  number: tidyText(100),
  client: name,
  clientAddress: note,
  clientEmail: name,
  site: note,
  currency: currencyCode('USD'),
  validUntil: calendarDate(),
  preparedBy: name,
  status,
  parent,
};
export const paramRegisters = {
  targetBp: whole(1500, 0, maxRate),
  marginMode: choice(marginModes, 'margin'),
  overheadBp: rate,
  contingencyBp: rate,
  taxBp: rate,
};
export const proposalRegisters = {
  detail: choice(['sections', 'lines'], 'sections'),
  showQuantities: flag(false),
  showUnitCosts: flag(false),
  showOptional: flag(true),
  showTax: flag(true),
  paper: choice(['letter', 'a4'], 'letter'),
  heading: name,
};
const days = optional(whole(0, 0, 100_000));
export const reviewRegisters = {
  plannedDays: days,
  actualDays: days,
  startedOn: calendarDate(),
  finishedOn: calendarDate(),
};
export const groupRegisters = { o: order, name, x: removed };
export const lineRegisters = {
  g: reference(),
  o: order,
  code: tidyText(100),
  name,
  qty: money,
  unit: tidyText(40),
  unitCost: money,
  wasteBp: rate,
  kind: choice(lineKinds, 'mat'),
  note,
  optional: flag(),
  item: reference(),
  x: removed,
};
export const riskRegisters = {
  o: order,
  title: name,
  category: tidyText(100),
  probBp: probability,
  low: cost,
  high: cost,
  mitigation: note,
  mitigationCost: cost,
  mitigatedProbBp: probability,
  mitigatedLow: cost,
  mitigatedHigh: cost,
  applied,
  owner: name,
  outcome: choice(riskOutcomes, 'open'),
  actualImpact: optional(cost),
  outcomeNote: note,
  x: removed,
};
export const actualRegisters = {
  lineId: reference(),
  groupId: reference(),
  date: calendarDate(),
  amount: money,
  vendor: name,
  note,
  fileId: reference(),
  x: removed,
};
export const lessonRegisters = {
  o: order,
  kind: choice(['issue', 'lesson'], 'lesson'),
  text: note,
  riskId: reference(),
  x: removed,
};

/** `calc:qty` holds what was typed when a cell was worked out: `12*3.5`. */
export const calcFamily = 'calc:';
const calc = text('', 500);

/** Texts that several people write in at once: roots of their own, no registers. */
export const textNames = ['scope', 'terms', 'notes'] as const;
export type TextName = (typeof textNames)[number];

export const estimateSchema = {
  kind: 'estimate',
  version: 1,
  collections: {
    meta: { layout: 'single', registers: metaRegisters, families: {} },
    params: { layout: 'single', registers: paramRegisters, families: {} },
    proposal: { layout: 'single', registers: proposalRegisters, families: {} },
    review: { layout: 'single', registers: reviewRegisters, families: {} },
    groups: { layout: 'nested', registers: groupRegisters, families: {} },
    lines: { layout: 'nested', registers: lineRegisters, families: { [calcFamily]: calc } },
    risks: { layout: 'nested', registers: riskRegisters, families: {} },
    actuals: { layout: 'nested', registers: actualRegisters, families: {} },
    lessons: { layout: 'nested', registers: lessonRegisters, families: {} },
  },
} as const satisfies KindSchema;
