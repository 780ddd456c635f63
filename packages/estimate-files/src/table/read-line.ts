import { type LineKind, lineKinds } from '@tidemark/documents/estimate';
import type { Money } from '@tidemark/estimating';
import type { LineData } from '../estimate-data.ts';
import type { FileNote } from '../report.ts';
import { kindWords } from '../workbook/words.ts';
import { plainWords } from './fields.ts';
import type { ReadNumber } from './line-numbers.ts';
import { isYes } from './row-kind.ts';

/** What the cells of one row hold, column by column. */
export interface RowCells {
  text(field: 'code' | 'name' | 'unit' | 'note' | 'kind' | 'optional' | 'section'): string;
  readonly qty: ReadNumber;
  readonly unitCost: ReadNumber;
  readonly waste: ReadNumber;
  readonly amount: ReadNumber;
}

/** Takes down what became of something in the row. */
export type Say = (code: FileNote['code'], fate: FileNote['fate'], detail: string) => void;

const longest = { code: 100, name: 500, unit: 40, note: 10_000 } as const;
const maxRate = 100_000;

/** The line that a row is; what it lacks is filled in and what does not fit is left out, and said. */
export function readLine(
  cells: RowCells,
  say: Say,
): LineData & Required<Pick<LineData, 'qty' | 'unitCost' | 'wasteBp'>> {
  const number = (read: ReadNumber, what: string): number | null => {
    if (read.is === 'unreadable') {
      say('value-left-out', 'lost', `${what} “${read.text.slice(0, 60)}” is left out: ${read.why}`);
      return 0;
    }
    // Beside an amount it may stand for what is not told; the amount tells then.
    if (read.is === 'none') return read.dash && cells.amount.is === 'none' ? 0 : null;
    if (read.rounded) say('rounded', 'changed', `${what} had more decimals than are kept and was rounded.`);
    return read.value;
  };
  const text = (field: keyof typeof longest, what: string) => {
    const full = cells.text(field);
    if (full.length > longest[field]) {
      say('rounded', 'changed', `${what} was cut to ${longest[field].toLocaleString('en')} characters.`);
    }
    return full.slice(0, longest[field]);
  };
  const waste = number(cells.waste, 'Waste') ?? 0;
  const wasteBp = Math.max(0, Math.min(maxRate, waste));
  if (wasteBp !== waste)
    say('value-left-out', 'lost', 'Waste is not between 0 and 1000 % and was brought inside.');
  const amount = cells.amount.is === 'number' ? cells.amount.value : null;
  const given = { qty: number(cells.qty, 'Quantity'), unitCost: number(cells.unitCost, 'Unit cost') };
  return {
    code: text('code', 'Code'),
    name: text('name', 'Description'),
    ...complete(given, amount, wasteBp, (detail) => say('read-as', 'changed', detail)),
    unit: text('unit', 'Unit'),
    wasteBp,
    kind: kindOf(cells.text('kind'), (detail) => say('value-left-out', 'lost', detail)),
    optional: isYes(cells.text('optional')),
    note: text('note', 'Note'),
  };
}

/** One piece, in millionths. */
const one = 1_000_000;

/** What a line lacks of quantity and cost, from what it has. */
function complete(
  { qty, unitCost }: { readonly qty: number | null; readonly unitCost: number | null },
  amount: Money | null,
  wasteBp: number,
  say: (detail: string) => void,
): { readonly qty: number; readonly unitCost: number } {
  if (qty !== null && unitCost !== null) return { qty, unitCost };
  if (qty === null && unitCost === null) {
    say('The row has an amount alone; it was read as one piece at that cost.');
    return { qty: one, unitCost: amount ?? 0 };
  }
  if (qty === null) {
    const isOne = amount === null || amount === unitCost;
    say(`The row has no quantity; it was read as ${isOne ? 1 : 0}.`);
    return { qty: isOne ? one : 0, unitCost: unitCost ?? 0 };
  }
  if (amount === null || qty === 0) {
    say('The row has no unit cost; it was read as 0.');
    return { qty, unitCost: 0 };
  }
  say('The row has no unit cost; it was worked out from the amount.');
  return {
    qty,
    unitCost: Number((BigInt(amount) * 10_000_000_000n) / (BigInt(qty) * BigInt(10_000 + wasteBp))),
  };
}

const kindNames: ReadonlyMap<string, LineKind> = new Map(
  Object.entries({
    mat: 'material materials mat m matl supply kosten materialkosten materiaux materiales materiale materiaal',
    lab: 'labour labor lab l install installation lohn lohnkosten arbeit main mano manodopera arbeid',
    equip: 'equipment equip e plant machine gerat gerate materiel equipo attrezzatura materieel',
    sub: 'subcontract subcontractor sub s subs nachunternehmer fremdleistung sous subcontrata subappalto',
    other: 'other misc miscellaneous o sonstiges autre otros altro overig',
  } satisfies Record<LineKind, string>).flatMap(([kind, words]) =>
    words.split(' ').map((word) => [word, kind as LineKind]),
  ),
);

function kindOf(text: string, say: (detail: string) => void): LineKind {
  if (text === '') return 'mat';
  const words = plainWords(text);
  const exact = lineKinds.find((kind) => plainWords(kindWords[kind]) === words);
  const found = exact ?? kindNames.get(words) ?? kindNames.get(words.split(' ')[0] ?? '');
  if (!found) say(`“${text.slice(0, 60)}” is no kind of cost that is known; the line counts as “Other”.`);
  return found ?? 'other';
}
