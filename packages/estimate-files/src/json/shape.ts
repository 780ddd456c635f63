import {
  lineKinds,
  marginModes,
  maxRate,
  maxWhole,
  riskOutcomes,
  statuses,
} from '@tidemark/documents/estimate';

/** What a member of a file must be: null when it is, else what is wrong, in words that follow its path. */
export type Check = (value: unknown) => string | null;

const whole =
  (low: number, high: number): Check =>
  (value) => {
    if (!Number.isSafeInteger(value)) return 'is no whole number';
    return Number(value) < low || Number(value) > high ? `is not between ${low} and ${high}` : null;
  };
const text =
  (most: number): Check =>
  (value) => {
    if (typeof value !== 'string') return 'is no text';
    return value.length > most ? `is longer than ${most} characters` : null;
  };
const one =
  (...of: readonly string[]): Check =>
  (value) =>
    of.includes(value as string) ? null : `is none of ${of.map((name) => `"${name}"`).join(', ')}`;
const maybe =
  (check: Check): Check =>
  (value) =>
    value === null ? null : check(value);
const flag: Check = (value) => (typeof value === 'boolean' ? null : 'is neither true nor false');
const date: Check = (value) =>
  typeof value === 'string' && (value === '' || (/^\d{4}-\d{2}-\d{2}$/.test(value) && isDay(value)))
    ? null
    : 'is no date such as "2026-03-31"';
const object: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? null : 'is no object';
const calc: Check = (value) =>
  object(value) ??
  (Object.values(value as object).every((typed) => text(500)(typed) === null)
    ? null
    : 'holds something that is no text');

function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const money = whole(-maxWhole, maxWhole);
const cost = whole(0, maxWhole);
const rate = whole(0, maxRate);
const probability = whole(0, 10_000);
const name = text(500);
const note = text(10_000);
const id = text(200);

/** Members of each object, by name. */
export const shapes = {
  meta: {
    title: name,
    schemaVersion: whole(0, 1_000_000),
    number: text(100),
    client: name,
    clientAddress: note,
    clientEmail: name,
    site: note,
    currency: (value) =>
      typeof value === 'string' && /^[A-Z]{3}$/.test(value) ? null : 'is no currency such as "USD"',
    validUntil: date,
    preparedBy: name,
    status: (value) => object(value) ?? one(...statuses)((value as { is?: unknown }).is),
    parent: maybe(object),
  },
  params: {
    targetBp: rate,
    marginMode: one(...marginModes),
    overheadBp: rate,
    contingencyBp: rate,
    taxBp: rate,
  },
  proposal: {
    detail: one('sections', 'lines'),
    showQuantities: flag,
    showUnitCosts: flag,
    showOptional: flag,
    showTax: flag,
    paper: one('letter', 'a4'),
    heading: name,
  },
  review: {
    plannedDays: maybe(whole(0, 100_000)),
    actualDays: maybe(whole(0, 100_000)),
    startedOn: date,
    finishedOn: date,
  },
  sections: { id: maybe(id), name, lines: (value) => (Array.isArray(value) ? null : 'is no list') },
  lines: {
    id,
    code: text(100),
    name,
    qty: money,
    unit: text(40),
    unitCost: money,
    wasteBp: rate,
    kind: one(...lineKinds),
    note,
    optional: flag,
    item: maybe(id),
    calc,
  },
  risks: {
    id,
    title: name,
    category: text(100),
    probBp: probability,
    low: cost,
    high: cost,
    mitigation: note,
    mitigationCost: cost,
    mitigatedProbBp: probability,
    mitigatedLow: cost,
    mitigatedHigh: cost,
    applied: maybe(object),
    owner: name,
    outcome: one(...riskOutcomes),
    actualImpact: maybe(cost),
    outcomeNote: note,
  },
  actuals: {
    id,
    lineId: maybe(id),
    groupId: maybe(id),
    date,
    amount: money,
    vendor: name,
    note,
    fileId: maybe(id),
  },
  lessons: { id, kind: one('issue', 'lesson'), text: note, riskId: maybe(id) },
} as const satisfies Record<string, Readonly<Record<string, Check>>>;
