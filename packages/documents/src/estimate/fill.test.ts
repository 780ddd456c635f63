import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { kinds } from '../kinds.ts';
import { createEditor } from '../records/editor.ts';
import { readState } from '../records/state.ts';
import { createUndo } from '../records/undo.ts';
import {
  addActual,
  addEstimate,
  addGroup,
  addLesson,
  addLines,
  addRisk,
  type EstimateInput,
  estimate,
  estimateContent,
  estimateTemplates,
  fillEstimate,
  setMeta,
  setParam,
  setReview,
  spliceText,
  writeStatus,
} from './index.ts';

const contentOf = (doc: Y.Doc) =>
  estimateContent(doc, estimate.view(readState(doc, estimate.schema), [], null));

function document(title = 'New') {
  const doc = new Y.Doc();
  kinds.estimate.seed(doc, title);
  return { doc, editor: createEditor(doc, estimate.schema) };
}

test('EST-24: what an estimate says as JSON makes the same estimate elsewhere', () => {
  const { doc, editor } = document('Roof');
  const group = addGroup(editor, 'Tear-off')!;
  addGroup(editor, 'Empty');
  const [line] = addLines(editor, { group }, [
    { name: 'Shingles', qty: 42_000_000, unitCost: 1_123_400, calc: { qty: '12*3.5' }, optional: true },
    { name: 'Nails', kind: 'other' },
  ])!;
  addLines(editor, { group: null }, [{ name: 'Loose' }]);
  const riskId = addRisk(editor, { title: 'Rot', probBp: 2500, low: 10, high: 20 })!;
  addActual(editor, { lineId: line!, groupId: group, amount: 5, date: '2026-02-28' });
  addLesson(editor, { kind: 'issue', text: 'Rained', riskId });
  setMeta(editor, { client: 'Ana', currency: 'KWD' });
  setParam(editor, { targetBp: 2000, marginMode: 'markup' });
  setReview(editor, { plannedDays: 3 });
  spliceText(editor, 'terms', 'Pay in 30 days.');

  const there = document();
  const said = JSON.parse(JSON.stringify(contentOf(doc)));
  expect(fillEstimate(there.doc, said)).toEqual([]);
  // Order keys are drawn anew; what they order is the same.
  const plain = (value: unknown) =>
    JSON.parse(JSON.stringify(value, (key, item) => (key === 'order' ? undefined : item)));
  const { lines } = said.sections.at(-1);
  expect(lines.map(({ name }: { name: string }) => name)).toEqual(['Loose']);
  expect(plain(contentOf(there.doc))).toEqual(plain(contentOf(doc)));
});

test('EST-25: data that nobody can vouch for fills what it can, and names the rest', () => {
  const { doc } = document();
  const input = {
    meta: { title: 'x'.repeat(600), status: { is: 'won' }, parent: {}, currency: 'usd', schemaVersion: 9 },
    params: 'nonsense',
    sections: [
      {
        id: 'a',
        name: 'A',
        lines: [{ id: 'l', qty: 1.5, kind: 'gold', unitCost: Number.NaN, calc: { qty: 5 } }, null, 7],
      },
      { id: 'a', name: 'Again', lines: [{ id: 'l', name: 'Second', calc: { qty: '1+1' }, x: 1, g: 'q' }] },
      { id: null, lines: 'none' },
    ],
    risks: { not: 'a list' },
    actuals: [{ lineId: 'l', groupId: 'nowhere' }, { id: 'one' }, { id: 'one' }],
    terms: 7,
  } as unknown as EstimateInput;
  const findings = fillEstimate(doc, input);
  const content = contentOf(doc);
  expect(content.findings).toEqual([]);
  expect(content.meta).toMatchObject({
    currency: 'USD',
    status: { is: 'draft' },
    parent: null,
    schemaVersion: 1,
  });
  expect(content.meta.title).toHaveLength(500);
  expect(content.sections.map(({ name, lines }) => [name, lines.length])).toEqual([
    ['A', 1],
    ['Again', 1],
  ]);
  const [first, again] = content.sections;
  expect(first!.lines[0]).toMatchObject({ id: 'l', qty: 2, kind: 'mat', unitCost: 0, calc: {} });
  expect(again!.lines[0]).toMatchObject({ name: 'Second', group: again!.id, calc: { qty: '1+1' } });
  expect(content.actuals).toHaveLength(3);
  expect(content.actuals.find(({ lineId }) => lineId === 'l')?.groupId).toBe(null);
  expect(findings.map(({ code, collection, register }) => `${code} ${collection} ${register}`)).toEqual([
    'mended meta title',
    'mended meta currency',
    'wrong-type lines null',
    'mended lines qty',
    'unreadable lines unitCost',
    'unreadable lines kind',
    'wrong-type lines null',
    'wrong-type risks null',
  ]);
});

test('EST-17: what is brought into an open estimate stands after what is there, as one step', () => {
  const { doc, editor } = document('Roof');
  const undo = createUndo(editor);
  const group = addGroup(editor, 'Mine')!;
  addLines(editor, { group: null }, [{ name: 'Loose' }]);
  addRisk(editor, { title: 'My risk' });
  const { content } = estimateTemplates.find(({ id }) => id === 'metal-roof')!;
  let updates = 0;
  doc.on('update', () => {
    updates += 1;
  });
  const loose = { id: null, lines: [{ name: 'Looser' }] };
  const sections = [...(content.sections as object[]), loose];
  expect(addEstimate(editor, { ...content, sections })).toEqual([]);
  const now = contentOf(doc);
  expect(now.sections.map(({ name }) => name)).toEqual([
    'Mine',
    ...(content.sections as { name: string }[]).map(({ name }) => name),
    '',
  ]);
  expect(now.sections.at(-1)?.lines.map(({ name }) => name)).toEqual(['Loose', 'Looser']);
  expect([now.sections[0]?.id, now.risks[0]?.title, now.params.targetBp]).toEqual([group, 'My risk', 2200]);
  expect([updates, undo.undo()]).toEqual([1, 'Import']);
  expect(contentOf(doc).sections.map(({ name }) => name)).toEqual(['Mine', '']);
  const status = { is: 'won', at: '', by: null, byName: '', versionId: null, number: null } as const;
  writeStatus(editor, status);
  expect(addEstimate(editor, content)).toBe(null);
  expect(contentOf(doc).risks).toHaveLength(1);
});
