import { decimalText } from '@tidemark/documents/estimate';
import { csvText } from './csv-text.ts';
import { neutral } from './neutral.ts';

/** One thing that is another than it was; money in ten-thousandths of the currency's unit. */
export interface ChangeRow {
  /** The section it stands in, "Risks", "Totals". */
  readonly section: string;
  readonly what: string;
  readonly code: string;
  readonly name: string;
  /** "Quantity: 2 → 3; Unit: ea → m". */
  readonly fields: string;
  /** Null: it is not there. */
  readonly before: number | null;
  readonly after: number | null;
  readonly change: number;
}

const heads = ['Section', 'What', 'Code', 'Description', 'Changes', 'Before', 'After', 'Change'] as const;

/** What became of an estimate, as a table. Text never runs as a formula. */
export function writeChangesCsv(changes: readonly ChangeRow[]): string {
  const money = (amount: number | null) => (amount === null ? '' : decimalText(amount, 4));
  return csvText([
    heads,
    ...changes.map(({ section, what, code, name, fields, before, after, change }) => [
      neutral(section),
      what,
      neutral(code),
      neutral(name),
      neutral(fields),
      money(before),
      money(after),
      money(change),
    ]),
  ]);
}
