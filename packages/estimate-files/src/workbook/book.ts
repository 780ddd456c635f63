import type { EstimateView } from '@tidemark/documents/estimate';
import type { Estimation } from '@tidemark/estimating';
import type { Texts } from '../estimate-data.ts';
import type { MoneyFormats } from './formats.ts';

/** A name that formulas use for a cell. */
interface NamedRange {
  readonly name: string;
  readonly range: string;
}

/** What all sheets of one workbook are made from. */
export interface Book {
  readonly view: EstimateView;
  readonly estimation: Estimation;
  readonly texts: Texts;
  readonly formats: MoneyFormats;
  /** Gives a cell a name that formulas, and people, call it by. */
  name(name: string, sheet: string, cell: string): void;
  readonly names: readonly NamedRange[];
}

export function openBook(parts: Pick<Book, 'view' | 'estimation' | 'texts' | 'formats'>): Book {
  const names: NamedRange[] = [];
  return {
    ...parts,
    names,
    name(name, sheet, cell) {
      const absolute = cell.replace(/^([A-Z]+)(\d+)$/, '$$$1$$$2');
      names.push({ name, range: `${sheet}!${absolute}` });
    },
  };
}

/** Ten-thousandths as the number that a cell holds. */
export const money = (value: number) => value / 10_000;
/** Millionths. */
export const quantity = (value: number) => value / 1_000_000;
/** Basis points. */
export const rate = (value: number) => value / 10_000;
