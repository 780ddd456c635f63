import type { EstimateView, LineKind, RiskView } from '@tidemark/documents/estimate';
import {
  formatMoney,
  formatQuantity,
  formatRate,
  formatUnitCost,
  type LineChange,
  type LineField,
  type RiskChange,
} from '@tidemark/estimating';
import { lineKindWords } from '../kind-words.ts';

/** One field of something, as it was and as it is, in words. */
export interface FieldWords {
  readonly label: string;
  /** '': nothing stood there. */
  readonly old: string;
  readonly new: string;
}

export interface Currencies {
  readonly before: string;
  readonly after: string;
}

type Say = (value: never, currency: string) => string;
type Words = readonly [label: string, say: Say];

const text = (value: string) => value;
const rate = (value: number) => formatRate(value);
const money = (value: number, currency: string) => formatMoney(value, currency);

const lineWords: Readonly<Record<LineField, Words>> = {
  code: ['Code', text],
  name: ['Description', text],
  qty: ['Quantity', (value: number) => formatQuantity(value)],
  unit: ['Unit', text],
  unitCost: ['Unit cost', (value: number, currency: string) => formatUnitCost(value, currency)],
  wasteBp: ['Waste', rate],
  kind: ['Kind', (value: LineKind) => lineKindWords[value]],
  note: ['Note', text],
  optional: ['Optional', (value: boolean) => (value ? 'yes' : 'no')],
};

export function lineFields({ fields }: LineChange, currencies: Currencies): FieldWords[] {
  return fields.map((change) => wordsOf(lineWords[change.field], change, currencies));
}

const riskWords: Readonly<Record<RiskChange['fields'][number]['field'], Words>> = {
  title: ['Title', text],
  category: ['Category', text],
  probBp: ['Probability', rate],
  low: ['Low impact', money],
  high: ['High impact', money],
  mitigation: ['Mitigation', text],
  mitigationCost: ['Cost of mitigation', money],
  mitigatedProbBp: ['Probability, mitigated', rate],
  mitigatedLow: ['Low impact, mitigated', money],
  mitigatedHigh: ['High impact, mitigated', money],
  applied: ['Mitigation applied', (value: RiskView['applied']) => (value === null ? 'no' : 'yes')],
  owner: ['Owner', text],
};

export function riskFields({ fields }: RiskChange, currencies: Currencies): FieldWords[] {
  return fields.map((change) => wordsOf(riskWords[change.field], change, currencies));
}

type Params = EstimateView['params'];
const paramWords: Readonly<
  Record<'targetBp' | 'marginMode' | 'overheadBp' | 'contingencyBp' | 'taxBp', Words>
> = {
  targetBp: ['Target', rate],
  marginMode: ['Profit as', text as (value: Params['marginMode']) => string],
  overheadBp: ['Overhead', rate],
  contingencyBp: ['Contingency', rate],
  taxBp: ['Tax', rate],
};

const metaWords = {
  title: 'Title',
  number: 'Number',
  client: 'Client',
  clientAddress: 'Address of the client',
  clientEmail: 'E-mail of the client',
  site: 'Site',
  currency: 'Currency',
  validUntil: 'Valid until',
  preparedBy: 'Prepared by',
} as const;

interface Change<F extends string> {
  readonly field: F;
  readonly old: unknown;
  readonly new: unknown;
}

export function paramFields(changes: readonly Change<keyof typeof paramWords>[]): FieldWords[] {
  return changes.map((change) => wordsOf(paramWords[change.field], change, { before: '', after: '' }));
}

export function metaFields(changes: readonly Change<keyof typeof metaWords>[]): FieldWords[] {
  return changes.map(({ field, old, new: now }) => ({
    label: metaWords[field],
    old: String(old),
    new: String(now),
  }));
}

function wordsOf(
  [label, say]: Words,
  change: { readonly old: unknown; readonly new: unknown },
  { before, after }: Currencies,
): FieldWords {
  // The table above has the way of saying each field's own values.
  return { label, old: say(change.old as never, before), new: say(change.new as never, after) };
}
