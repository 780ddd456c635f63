import {
  type ActualView,
  type EstimateView,
  estimate,
  type LineView,
  type RiskView,
  type Section,
} from '@tidemark/documents/estimate';
import fc from 'fast-check';

/** Views for tests: plain ones with a few fields given, and random ones. */

let made = 0;

function nextId(prefix: string): string {
  made += 1;
  return `${prefix}${made}`;
}

export function line(fields: Partial<LineView> = {}): LineView {
  return {
    id: nextId('line'),
    group: null,
    order: null,
    code: '',
    name: '',
    qty: 1_000_000,
    unit: '',
    unitCost: 0,
    wasteBp: 0,
    kind: 'mat',
    note: '',
    optional: false,
    item: null,
    calc: {},
    ...fields,
  };
}

/** One piece at this cost. */
export const costing = (amount: number, fields: Partial<LineView> = {}) =>
  line({ unitCost: amount, ...fields });

export function risk(fields: Partial<RiskView> = {}): RiskView {
  return {
    id: nextId('risk'),
    order: null,
    title: '',
    category: '',
    probBp: 0,
    low: 0,
    high: 0,
    mitigation: '',
    mitigationCost: 0,
    mitigatedProbBp: 0,
    mitigatedLow: 0,
    mitigatedHigh: 0,
    applied: null,
    owner: '',
    outcome: 'open',
    actualImpact: null,
    outcomeNote: '',
    ...fields,
  };
}

export function actual(fields: Partial<ActualView> = {}): ActualView {
  return {
    id: nextId('actual'),
    lineId: null,
    groupId: null,
    date: '',
    amount: 0,
    vendor: '',
    note: '',
    fileId: null,
    ...fields,
  };
}

export function section(id: string | null, lines: readonly LineView[], name = `Section ${id}`): Section {
  const group = id === null ? null : { id, name, order: null };
  return { group, lines: lines.map((line) => ({ ...line, group: id })) };
}

interface Parts {
  readonly currency?: string;
  readonly meta?: Partial<EstimateView['meta']>;
  readonly params?: Partial<EstimateView['params']>;
  readonly sections?: readonly Section[];
  readonly risks?: readonly RiskView[];
  readonly actuals?: readonly ActualView[];
}

const empty = estimate.view({}, [], null);

export function estimateOf(parts: Parts): EstimateView {
  const { sections = [] } = parts;
  return {
    ...empty,
    meta: { ...empty.meta, currency: parts.currency ?? 'USD', ...parts.meta },
    params: {
      targetBp: 0,
      marginMode: 'margin',
      overheadBp: 0,
      contingencyBp: 0,
      taxBp: 0,
      ...parts.params,
    },
    groups: sections.flatMap(({ group }) => (group === null ? [] : [group])),
    sections,
    lines: new Map(sections.flatMap(({ lines }) => lines.map((line) => [line.id, line]))),
    risks: parts.risks ?? [],
    actuals: parts.actuals ?? [],
  };
}

const rate = fc.oneof(fc.integer({ min: 0, max: 3_000 }), fc.constantFrom(0, 1, 9_999, 10_000));
const cost = fc.oneof(
  fc.integer({ min: -9_999_999, max: 99_999_999 }),
  fc.integer({ min: -30_000, max: 30_000 }),
);
const impact = fc.integer({ min: 0, max: 5_000_000_000 });
const probability = fc.integer({ min: 0, max: 10_000 });

export const anyLine = fc
  .record({
    qty: fc.oneof(
      fc.integer({ min: -5_000_000_000, max: 5_000_000_000 }),
      fc.integer({ min: 0, max: 3_000_000 }),
    ),
    unitCost: cost,
    wasteBp: rate,
    kind: fc.constantFrom('mat', 'lab', 'equip', 'sub', 'other'),
    optional: fc.nat({ max: 4 }).map((n) => n === 0),
  })
  .map((fields) => line(fields));

export const anyRisk = fc
  .record({
    probBp: probability,
    low: impact,
    high: impact,
    mitigationCost: impact,
    mitigatedProbBp: probability,
    mitigatedLow: impact,
    mitigatedHigh: impact,
    applied: fc.constantFrom(null, { at: '2026-01-01T00:00:00Z', by: 'ana' }),
  })
  .map((fields) => risk(fields));

export const anyCurrency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD', 'CLF', 'XYZ');

export const anyParams = fc.record({
  targetBp: fc.integer({ min: 0, max: 9_000 }),
  marginMode: fc.constantFrom('margin', 'markup'),
  overheadBp: rate,
  contingencyBp: rate,
  taxBp: rate,
});

export const anyEstimate = fc
  .record({
    currency: anyCurrency,
    params: anyParams,
    sections: fc.array(fc.array(anyLine, { maxLength: 12 }), { maxLength: 5 }),
    loose: fc.array(anyLine, { maxLength: 3 }),
    risks: fc.array(anyRisk, { maxLength: 6 }),
  })
  .map(({ sections, loose, ...rest }) =>
    estimateOf({
      ...rest,
      sections: [
        ...sections.map((lines, index) => section(`g${index}`, lines)),
        ...(loose.length === 0 ? [] : [section(null, loose)]),
      ],
    }),
  );
