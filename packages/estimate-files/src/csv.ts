import { decimalText, type EstimateView } from '@tidemark/documents/estimate';
import type { Estimation } from '@tidemark/estimating';
import { csvText } from './csv-text.ts';
import { neutral } from './neutral.ts';
import { kindWords, lineHeads, looseSection, yes } from './workbook/words.ts';

/** The lines as RFC 4180, with the mark by which Excel knows UTF-8. Text never runs as a formula. */
export function writeCsv(view: EstimateView, estimation: Estimation): string {
  const rows: string[][] = [['Section', ...lineHeads]];
  for (const { group, lines } of view.sections) {
    const section = neutral(group?.name ?? looseSection);
    for (const line of lines) {
      rows.push([
        section,
        neutral(line.code),
        neutral(line.name),
        kindWords[line.kind],
        decimalText(line.qty, 6),
        neutral(line.unit),
        decimalText(line.unitCost, 4),
        line.wasteBp === 0 ? '' : `${decimalText(line.wasteBp, 2)}%`,
        line.optional ? yes : '',
        decimalText(estimation.amounts.get(line.id) ?? 0, 4),
        neutral(line.note),
      ]);
    }
  }
  return csvText(rows);
}
