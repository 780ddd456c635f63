import { SegmentedControl } from '@mantine/core';
import { ScrollTable } from '@tidemark/ui';
import { useState } from 'react';
import type { ImportedRow, ImportReport } from '../../api/price-list.ts';
import { fieldText, perUnit } from '../field-text.ts';
import { itemFieldNames, wordOfField } from '../item-draft.ts';
import css from './import-dialog.module.css';
import type { PriceRow } from './read-prices.ts';

type Fate = ImportedRow['fate'];

interface Props {
  report: ImportReport;
  /** The rows that were sent, in order. */
  good: readonly PriceRow[];
  /** All that were read. */
  rows: readonly PriceRow[];
  currency: string;
}

/** What would become of a row. */
interface Verdict {
  readonly row: number;
  readonly fate: Fate;
  readonly name: string;
  readonly words: readonly string[];
}

const fateWords: Readonly<Record<Fate, string>> = {
  added: 'New',
  changed: 'Changed',
  same: 'As it is',
  invalid: 'Left out',
};
const fates: readonly Fate[] = ['added', 'changed', 'invalid', 'same'];
/** Rows shown at most; the numbers above are of all. */
const shown = 300;

export function PreviewTable({ report, good, rows, currency }: Props) {
  const verdicts = verdictsOf(report, good, rows, currency);
  const counts = new Map(fates.map((fate) => [fate, verdicts.filter((one) => one.fate === fate).length]));
  const there = fates.filter((fate) => (counts.get(fate) ?? 0) > 0);
  const [wanted, setWanted] = useState<Fate | null>(null);
  const listed = verdicts.filter(({ fate }) => wanted === null || fate === wanted);
  return (
    <>
      {there.length > 1 && (
        <SegmentedControl
          className={css.fates}
          aria-label="Show"
          value={wanted ?? 'all'}
          onChange={(value) => setWanted(fates.find((fate) => fate === value) ?? null)}
          data={[
            { value: 'all', label: `All ${verdicts.length.toLocaleString('en')}` },
            ...there.map((fate) => ({
              value: fate,
              label: `${fateWords[fate]} ${(counts.get(fate) ?? 0).toLocaleString('en')}`,
            })),
          ]}
        />
      )}
      <ScrollTable label="What becomes of the rows">
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Item</th>
            <th scope="col">What becomes of it</th>
          </tr>
        </thead>
        <tbody>
          {listed.slice(0, shown).map(({ row, fate, name, words }) => (
            <tr key={row}>
              <td className={css.row}>{row}</td>
              <th scope="row">{name}</th>
              <td>
                <span className={css.fate} data-fate={fate}>
                  {fateWords[fate]}
                </span>
                {words.map((word) => (
                  <span key={word} className={css.word}>
                    {word}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </ScrollTable>
      {listed.length > shown && (
        <p className={css.more}>
          The first {shown} of {listed.length.toLocaleString('en')} are listed.
        </p>
      )}
    </>
  );
}

function verdictsOf(
  report: ImportReport,
  good: readonly PriceRow[],
  rows: readonly PriceRow[],
  currency: string,
): Verdict[] {
  const told = new Map(report.rows.map((verdict) => [good[verdict.row]?.row, verdict]));
  return rows.map(({ row, fields, problems }) => {
    const verdict = told.get(row);
    const name = fields.name ?? fields.code ?? '';
    if (verdict === undefined) return { row, fate: 'invalid', name, words: wrong(problems) };
    const { fate, before, after } = verdict;
    if (fate === 'invalid') return { row, fate, name, words: wrong(verdict.problems, good) };
    if (fate === 'same') return { row, fate, name, words: [] };
    const own = after.currency ?? fields.currency ?? currency;
    if (fate === 'added') {
      const { unitCost = 0, unit = '' } = after;
      return {
        row,
        fate,
        name,
        words: [`${fieldText('unitCost', unitCost, own)}${unit && ` ${perUnit(unit)}`}`],
      };
    }
    const words = itemFieldNames.flatMap((field) => {
      const [from, to] = [before[field], after[field]];
      if (from === undefined || to === undefined) return [];
      const was = fieldText(field, from, before.currency ?? own);
      return [`${wordOfField(field)}: ${was} → ${fieldText(field, to, own)}`];
    });
    return { row, fate, name, words };
  });
}

/** The server counts the rows that it was sent; people count those of their file. */
function wrong(problems: Readonly<Record<string, string>>, sent: readonly PriceRow[] = []): string[] {
  return Object.entries(problems).map(
    ([field, problem]) =>
      `${wordOfField(field)} ${problem.replace(/\brow (\d+)\b/, (whole, n) => {
        const row = sent[Number(n) - 1]?.row;
        return row === undefined ? whole : `row ${row}`;
      })}`,
  );
}
