import type { Fact, Words } from '../describe.ts';
import { familyOf } from '../records/fields.ts';
import type { Json } from '../records/json.ts';
import type { Past } from '../records/past.ts';
import type { Register, Registers, Values } from '../records/register.ts';
import { isRemoved } from '../records/schema.ts';
import type { RecordState } from '../records/state.ts';
import type { StatusName } from './atoms.ts';
import { moneyWords, quantityWords, rateWords } from './formats.ts';
import {
  actualRegisters,
  calcFamily,
  groupRegisters,
  type LineKind,
  lessonRegisters,
  lineRegisters,
  metaRegisters,
  paramRegisters,
  proposalRegisters,
  type RiskOutcome,
  reviewRegisters,
  riskRegisters,
} from './schema.ts';

/** An estimate's records in its own words. */

type Say<T> = (value: T, past: Past) => string | null;
type Table<R extends Registers> = {
  readonly [K in keyof R]?: readonly [label: string, say: Say<Values<R>[K]>];
};

const kindWords: Readonly<Record<LineKind, string>> = {
  mat: 'Materials',
  lab: 'Labour',
  equip: 'Equipment',
  sub: 'Subcontract',
  other: 'Other',
};
const statusWords: Readonly<Record<StatusName, string>> = {
  draft: 'Draft',
  submitted: 'Submitted',
  won: 'Won',
  lost: 'Lost',
};
const outcomeWords: Readonly<Record<RiskOutcome, string>> = {
  open: 'Open',
  struck: 'It struck',
  avoided: 'Avoided',
};

const text: Say<string> = (value) => value;
const yesNo: Say<boolean> = (value) => (value ? 'yes' : 'no');
const rate: Say<number> = (value) => rateWords(value);
const money: Say<number> = (value, past) => moneyWords(value, currencyOf(past));
const days: Say<number | null> = (value) => (value === null ? null : value === 1 ? '1 day' : `${value} days`);
const there: Say<string | null> = (value) => (value === null ? null : 'yes');

function currencyOf({ state }: Past): string {
  const raw = state.meta?.get('meta')?.get('currency');
  const { currency } = metaRegisters;
  return raw === undefined
    ? currency.fallback
    : (currency.read(raw) ?? currency.mend?.(raw) ?? currency.fallback);
}

const sectionOf: Say<string | null> = (id, { state }) => {
  const group = id === null ? undefined : state.groups?.get(id);
  return group === undefined || isRemoved(group) ? 'no section' : textIn(group, 'name') || 'Untitled section';
};

const lineTable: Table<typeof lineRegisters> = {
  code: ['Code', text],
  name: ['Description', text],
  g: ['Section', sectionOf],
  qty: ['Quantity', quantityWords],
  unit: ['Unit', text],
  unitCost: ['Unit cost', money],
  wasteBp: ['Waste', rate],
  kind: ['Kind', (value) => kindWords[value]],
  note: ['Note', text],
  optional: ['Optional', yesNo],
  item: ['From the price list', there],
};

const words = <R extends Registers>(
  registers: R,
  table: Table<R>,
  rest: Pick<Words, 'what' | 'name'> & Partial<Words>,
): Words => ({ facts: (record, past) => factsOf(record, registers, table, past), ...rest });

const called = (what: string, ...registers: readonly string[]): Pick<Words, 'what' | 'name'> => ({
  what: () => what,
  name: (record) => registers.map((register) => textIn(record, register)).find((name) => name !== '') ?? '',
});

export const estimateWords: Readonly<Record<string, Words>> = {
  meta: words(
    metaRegisters,
    {
      title: ['Title', text],
      number: ['Number', text],
      client: ['Client', text],
      clientAddress: ['Address of the client', text],
      clientEmail: ['E-mail of the client', text],
      site: ['Site', text],
      currency: ['Currency', text],
      validUntil: ['Valid until', text],
      preparedBy: ['Prepared by', text],
      status: [
        'Status',
        ({ is, number }) => statusWords[is] + (number === null ? '' : `, version ${number}`),
      ],
      parent: [
        'Began with',
        (value) =>
          value === null
            ? null
            : [value.number === null ? 'a version' : `version ${value.number}`, value.note]
                .filter((part) => part !== '')
                .join(': '),
      ],
    },
    called('Details'),
  ),
  params: words(
    paramRegisters,
    {
      targetBp: ['Target', rate],
      marginMode: ['Profit as', text as Say<string>],
      overheadBp: ['Overhead', rate],
      contingencyBp: ['Contingency', rate],
      taxBp: ['Tax', rate],
    },
    called('Rates'),
  ),
  proposal: words(
    proposalRegisters,
    {
      detail: ['Shows', (value) => (value === 'lines' ? 'every line' : 'sections only')],
      showQuantities: ['Quantities', yesNo],
      showUnitCosts: ['Unit costs', yesNo],
      showOptional: ['Optional lines', yesNo],
      showTax: ['Tax', yesNo],
      paper: ['Paper', (value) => (value === 'a4' ? 'A4' : 'Letter')],
      heading: ['Heading', text],
    },
    called('Proposal'),
  ),
  review: words(
    reviewRegisters,
    {
      plannedDays: ['Planned', days],
      actualDays: ['Took', days],
      startedOn: ['Started on', text],
      finishedOn: ['Finished on', text],
    },
    called('Review'),
  ),
  groups: words(groupRegisters, { name: ['Name', text] }, called('Section', 'name')),
  lines: {
    ...called('Line', 'name', 'code'),
    place: (record, past) => sectionOf(referenceIn(record, 'g'), past) ?? '',
    isPlace: (register) => register === 'g',
    facts: (record, past) => [
      ...factsOf(record, lineRegisters, lineTable, past),
      ...familyOf(record, calcFamily).flatMap(([column, raw]): Fact[] => {
        const label = Object.hasOwn(lineTable, column)
          ? lineTable[column as keyof typeof lineTable]?.[0]
          : column;
        return typeof raw === 'string' ? [{ label: `${label}, as typed`, raw, words: () => raw }] : [];
      }),
    ],
  },
  risks: words(
    riskRegisters,
    {
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
      applied: ['Mitigation applied', (value) => (value === null ? 'no' : 'yes')],
      owner: ['Owner', text],
      outcome: ['Outcome', (value) => outcomeWords[value]],
      actualImpact: ['Actual impact', (value, past) => (value === null ? null : money(value, past))],
      outcomeNote: ['Note on the outcome', text],
    },
    called('Risk', 'title'),
  ),
  actuals: words(
    actualRegisters,
    {
      lineId: [
        'Line',
        (id, past) => (id === null ? null : nameAt(past, 'lines', id) || 'a line that is gone'),
      ],
      groupId: ['Section', (id, past) => (id === null ? null : sectionOf(id, past))],
      date: ['Date', text],
      amount: ['Amount', money],
      vendor: ['Vendor', text],
      note: ['Note', text],
      fileId: ['Receipt', there],
    },
    {
      ...called('Actual cost', 'vendor', 'note', 'date'),
      place: (record, past) =>
        nameAt(past, 'lines', referenceIn(record, 'lineId')) ||
        nameAt(past, 'groups', referenceIn(record, 'groupId')),
    },
  ),
  lessons: words(
    lessonRegisters,
    {
      kind: ['Kind', (value) => (value === 'issue' ? 'Issue' : 'Lesson')],
      text: ['Text', text],
      riskId: [
        'Risk',
        (id, past) => (id === null ? null : nameAt(past, 'risks', id) || 'a risk that is gone'),
      ],
    },
    {
      what: (record) => (record.get('kind') === 'issue' ? 'Issue' : 'Lesson'),
      name: (record) => textIn(record, 'text'),
    },
  ),
};

/** What people call the texts. */
export const textWords: Readonly<Record<string, string>> = {
  scope: 'Scope of work',
  terms: 'Terms',
  notes: 'Notes',
};

/** Of each register as the reader reads it; what can't be read is told by the view. */
function factsOf<R extends Registers>(
  record: RecordState,
  registers: R,
  table: Table<R>,
  past: Past,
): Fact[] {
  return Object.entries(table).map(([name, entry]) => {
    // The table has the way of saying each register's own values.
    const [label, say] = entry as readonly [string, Say<unknown>];
    const raw = record.get(name);
    return { label, raw, words: () => say(valueIn(registers[name]!, raw), past) };
  });
}

function valueIn({ fallback, read, mend }: Register<Json>, raw: Json | undefined): Json {
  return raw === undefined ? fallback : (read(raw) ?? mend?.(raw) ?? fallback);
}

function textIn(record: RecordState, register: string): string {
  const value = record.get(register);
  return typeof value === 'string' ? value.slice(0, 500) : '';
}

function referenceIn(record: RecordState, register: string): string | null {
  const value = record.get(register);
  return typeof value === 'string' && value !== '' ? value : null;
}

function nameAt({ state }: Past, collection: string, id: string | null): string {
  const record = id === null ? undefined : state[collection]?.get(id);
  if (record === undefined || isRemoved(record)) return '';
  return textIn(record, collection === 'risks' ? 'title' : 'name') || textIn(record, 'code');
}
