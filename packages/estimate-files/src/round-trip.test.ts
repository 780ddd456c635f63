import { calculate } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import { writeCsv } from './csv.ts';
import { dataOf, type EstimateData, type LineData } from './estimate-data.ts';
import { isFileRefusal } from './file-refusal.ts';
import { readJson } from './json/read-json.ts';
import { writeJson } from './json/write-json.ts';
import { readLines } from './table/read-lines.ts';
import { readTable } from './table/read-table.ts';
import { suggestMapping } from './table/suggest-mapping.ts';
import { decode } from './testing/decode.ts';
import { randomData, viewOf } from './testing/random-estimate.ts';
import { readWorkbook } from './workbook/read-workbook.ts';
import { writeWorkbook } from './workbook/write-workbook.ts';

const at = new Date('2026-01-02T03:04:05Z');
const seeds = Array.from({ length: 40 }, (_, index) => index + 100);
const bytesOf = (text: string) => new TextEncoder().encode(text);

function opened<T extends object>(value: T | null): Exclude<T, { refused: unknown }> {
  if (value === null || isFileRefusal(value)) throw new Error(JSON.stringify(value));
  return value as Exclude<T, { refused: unknown }>;
}

/** What a document shows that was made from this data. */
const shown = (data: Partial<EstimateData>, texts = data) =>
  dataOf(viewOf(data), { scope: texts.scope ?? '', terms: texts.terms ?? '', notes: texts.notes ?? '' });

test('FILE-10 an estimate as JSON, read back, is the same estimate with the same ids', () => {
  for (const seed of seeds) {
    const data = randomData(seed, 30);
    const view = viewOf(data);
    const { data: back, report } = opened(readJson(writeJson(view, calculate(view), data)));
    expect(shown(back), `seed ${seed}`).toEqual(shown(data));
    expect(report.notes).toEqual([]);
  }
});

test('FILE-11 an estimate as a workbook, read back, is the same estimate with the same ids', async () => {
  for (const seed of seeds) {
    const data = randomData(seed, 30);
    const view = viewOf(data);
    const bytes = await writeWorkbook({
      view,
      estimation: calculate(view),
      texts: { scope: data.scope, terms: data.terms, notes: data.notes },
      at,
    });
    const { data: back, report } = opened(readWorkbook(opened(await readTable(bytes, { decode }))));
    expect(shown(back), `seed ${seed}`).toEqual(shown(data));
    expect(report.notes).toEqual([]);
  }
});

test('FILE-11 what a person has changed, added, moved and taken away in the workbook is what is read', async () => {
  const line = (id: string, unitCost: number) => ({ id, name: id, qty: 2_000_000, unitCost });
  const data = {
    sections: [
      { id: 'g1', name: 'One', lines: [line('a', 10_000), line('b', 20_000), line('c', 30_000)] },
      { id: 'g2', name: 'Two', lines: [] },
    ],
  };
  const view = viewOf(data);
  const bytes = await writeWorkbook({
    view,
    estimation: calculate(view),
    texts: { scope: '', terms: '', notes: '' },
    at,
  });
  const table = opened(await readTable(bytes, { decode }));
  const [sheet, ...others] = table.sheets;
  if (!sheet) throw new Error('No sheet');
  const [a, b, c] = ['a', 'b', 'c'].map((id) => sheet.rows.findIndex((row) => row[11] === id)) as [
    number,
    number,
    number,
  ];
  const rows = sheet.rows.map((row) => [...row]);
  const dearer = rows[a]?.map((cell, column) => (column === 5 ? 12.5 : cell)) ?? [];
  const added = ['', 'New', 'Labour', 3, 'h', 40, 0.1, 'yes'];
  // b goes, c moves before a, which costs more; a row comes in between, and one that is copied below.
  const next = [...rows.slice(0, a), rows[c] ?? [], added, dearer, dearer, ...rows.slice(c + 1)];
  expect(b).toBe(a + 1);
  const { data: back } = opened(readWorkbook({ ...table, sheets: [{ ...sheet, rows: next }, ...others] }));
  const sections = viewOf(back).sections.map(({ group, lines }) => ({ id: group?.id, lines }));
  expect(sections).toMatchObject([
    {
      id: 'g1',
      lines: [
        { id: 'c', unitCost: 30_000 },
        { name: 'New', kind: 'lab', qty: 3_000_000, unitCost: 400_000, wasteBp: 1000, optional: true },
        { id: 'a', unitCost: 125_000 },
        { name: 'a', unitCost: 125_000 },
      ],
    },
    { id: 'g2', lines: [] },
  ]);
});

test('FILE-12 the lines as CSV, read back, are the same lines in the same sections', async () => {
  for (const seed of seeds) {
    const data = randomData(seed, 30);
    const view = viewOf({
      ...data,
      sections: data.sections.map((section, index) => ({ ...section, name: `Section ${index}` })),
    });
    const table = opened(await readTable(bytesOf(writeCsv(view, calculate(view))), { decode }));
    const [sheet] = table.sheets;
    if (!sheet) throw new Error('No table');
    const { sections, check, report } = readLines(sheet, suggestMapping(sheet), {
      currency: view.meta.currency,
      encoding: table.encoding,
    });
    const plain = (lines: readonly LineData[]) =>
      lines.map(({ code, name = '', kind, qty, unit, unitCost, wasteBp, optional, note = '' }) => {
        // Blanks at the ends of a cell say nothing.
        return { code, name: name.trim(), kind, qty, unit, unitCost, wasteBp, optional, note: note.trim() };
      });
    const before = view.sections.filter(({ lines }) => lines.length > 0);
    expect(
      sections.map(({ lines }) => plain(lines)),
      `seed ${seed}`,
    ).toEqual(before.map(({ lines }) => plain(lines)));
    expect(check?.file).toBe(check?.ours);
    expect(report.counts.lost).toBe(0);
  }
});
