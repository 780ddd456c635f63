import { decimalText } from '@tidemark/documents/estimate';
import { neutral } from '@tidemark/estimate-files';
import Papa from 'papaparse';
import type { PriceItem } from '../api/price-list.ts';

const columns = [
  'Code',
  'Name',
  'Unit',
  'Unit cost',
  'Currency',
  'Kind',
  'Waste %',
  'Category',
  'Note',
  'Changed',
] as const;

/**
 * The items as CSV (RFC 4180, UTF-8 with a byte order mark, which Excel asks for), numbers with a point and as many places as they
 * have. Texts that a spreadsheet would take for a formula begin with an apostrophe.
 */
export function priceListCsv(items: readonly PriceItem[]): string {
  const rows = items.map((item) => [
    neutral(item.code),
    neutral(item.name),
    neutral(item.unit),
    decimalText(item.unitCost, 4),
    item.currency,
    item.kind,
    decimalText(item.wasteBp, 2),
    neutral(item.category),
    neutral(item.note),
    item.updatedAt,
  ]);
  return `\uFEFF${Papa.unparse([[...columns], ...rows], { newline: '\r\n' })}\r\n`;
}
