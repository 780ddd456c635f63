import {
  addLines,
  addRisk,
  type EstimateInput,
  estimate,
  fillEstimate,
  moveLines,
  removeGroup,
  removeLines,
  renameGroup,
  setCells,
  setRisk,
} from '@tidemark/documents/estimate';
import { createEditor, createReader } from '@tidemark/documents/records';
import { compareEstimates } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { changeRows } from './changes-file.ts';
import { countChanges, filterSections, riskRows, type SectionRows, sectionRows } from './rows.ts';

const line = (name: string) => ({ name, qty: 1_000_000, unitCost: 1_000_000 });
const job: EstimateInput = {
  sections: [
    { name: 'Off', lines: [line('Shingles off'), line('Dumpster')] },
    { name: 'On', lines: [line('Shingles'), line('Vent')] },
    { name: 'Gutters', lines: [line('Gutter')] },
  ],
  risks: [{ title: 'Rot', probBp: 5_000, low: 1_000_000, high: 3_000_000 }],
};

function compared() {
  const doc = new Y.Doc();
  fillEstimate(doc, job);
  const editor = createEditor(doc, estimate.schema);
  const reader = createReader(doc, estimate);
  const before = reader.view();
  const id = (name: string) => [...before.lines.values()].find((one) => one.name === name)?.id ?? '';
  const group = (name: string) => before.groups.find((one) => one.name === name)?.id ?? '';
  setCells(editor, [{ id: id('Shingles'), column: 'unitCost', value: 1_500_000 }]);
  moveLines(editor, [id('Dumpster')], group('On'), null);
  removeLines(editor, [id('Vent')]);
  removeGroup(editor, group('Gutters'));
  renameGroup(editor, group('Off'), 'Tear-off');
  addLines(editor, { group: group('Off'), before: null }, [
    { name: 'Crane', qty: 1_000_000, unitCost: 9_000_000 },
  ]);
  setRisk(editor, before.risks[0]?.id ?? '', { probBp: 1_000 });
  addRisk(editor, { title: 'Rain', probBp: 10_000, low: 500_000, high: 500_000 });
  const after = reader.view();
  const comparison = compareEstimates(before, after);
  return { comparison, before, after, sections: sectionRows(comparison, before, after) };
}

const told = (sections: readonly SectionRows[]) =>
  sections.map(({ name, fate, before, after, rows }) => [
    name,
    fate,
    before,
    after,
    rows.map((row) => `${row.fate} ${row.name}${row.moved === '' ? '' : ` (${row.moved})`}`),
  ]);

test('LIFE-15 sections and lines stand as in the later estimate, what is gone last in the section it stood in', () => {
  expect(told(compared().sections)).toEqual([
    ['Tear-off', 'changed', 2_000_000, 10_000_000, ['same Shingles off', 'added Crane']],
    ['On', 'same', 2_000_000, 2_500_000, ['changed Shingles', 'moved Dumpster (from Off)', 'removed Vent']],
    ['Gutters', 'removed', 1_000_000, null, ['removed Gutter']],
  ]);
});

test('LIFE-15 what the rows change adds up to the change of the base and of the risk', () => {
  const { comparison, after, sections } = compared();
  const of = (total: string) => comparison.totals.find((one) => one.total === total)?.delta;
  const sum = (rows: readonly { delta: number }[]) => rows.reduce((all, { delta }) => all + delta, 0);
  expect(sum(sections.flatMap(({ rows }) => rows))).toBe(of('base'));
  const risks = riskRows(comparison, after, { before: 'USD', after: 'USD' });
  expect(risks.map(({ fate, name }) => `${fate} ${name}`)).toEqual(['changed Rot', 'added Rain']);
  expect(sum(risks)).toBe(of('riskExpected'));
});

test('only changes are shown when only they are asked for, and what is searched is found by its old name too', () => {
  const { sections } = compared();
  const names = (words: string, onlyChanges: boolean) =>
    filterSections(sections, { words, onlyChanges }).flatMap(({ rows }) => rows.map(({ name }) => name));
  expect(names('', true)).toEqual(['Crane', 'Shingles', 'Dumpster', 'Vent', 'Gutter']);
  expect(names('shingles', false)).toEqual(['Shingles off', 'Shingles']);
  expect(filterSections(sections, { words: 'nothing', onlyChanges: false })).toEqual([]);
  // Five lines, one section that is called otherwise, one that is gone.
  expect(countChanges(sections)).toBe(7);
});

test('the file has a row for each change, and the bid', () => {
  const { comparison, after, sections } = compared();
  const risks = riskRows(comparison, after, { before: 'USD', after: 'USD' });
  const rows = changeRows({ sections, risks, fields: [], comparison });
  expect(rows.map(({ what, name }) => `${what} ${name}`)).toEqual([
    'added Crane',
    'changed Shingles',
    'moved Dumpster',
    'removed Vent',
    'removed Gutter',
    'changed Rot',
    'added Rain',
    'total Bid',
  ]);
  expect(rows[1]).toMatchObject({ section: 'On', fields: 'Unit cost: 100.00 → 150.00', change: 500_000 });
});
