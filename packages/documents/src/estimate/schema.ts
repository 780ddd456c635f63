import { choice, flag, integer, optional, reference, text } from '../records/register.ts';
import type { KindSchema } from '../records/schema.ts';
import { applied, parent, status } from './atoms.ts';
import { isClosed } from './lock.ts';
import { calendarDate, currencyCode, tidyText, whole } from './registers.ts';

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

const money = whole(0, -maxWhole, maxWhole);
const rate = whole(0, 0, maxRate);
const probability = whole(0, 0, wholeRate);
const cost = whole(0, 0, maxWhole);
const name = tidyText(maxName);
const note = tidyText(maxNote);
const removed = flag();
const order = reference();

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
    lines: { layout: 'nested', registers: lineRegisters, families: { [calcFamily]: calc }, list: 'g' },
    risks: { layout: 'nested', registers: riskRegisters, families: {} },
    actuals: { layout: 'nested', registers: actualRegisters, families: {} },
    lessons: { layout: 'nested', registers: lessonRegisters, families: {} },
  },
  texts: textNames,
  isClosed,
} as const satisfies KindSchema;
