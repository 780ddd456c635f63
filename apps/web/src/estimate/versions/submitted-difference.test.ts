import { addRisk, estimate, fillEstimate, setCells, setMeta, setRisk } from '@tidemark/documents/estimate';
import { createEditor, createReader } from '@tidemark/documents/records';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { submittedDifference } from './submitted-difference.ts';

function jobOf() {
  const doc = new Y.Doc();
  fillEstimate(doc, {
    sections: [{ name: 'Roof', lines: [{ id: 'a', name: 'Shingles', qty: 2_000_000, unitCost: 500_000 }] }],
  });
  const editor = createEditor(doc, estimate.schema);
  const reader = createReader(doc, estimate);
  return { editor, reader, view: reader.view() };
}

test('LIFE-16 words that may be written while prices stand still are no difference from what was submitted', () => {
  const { editor, reader, view } = jobOf();
  const risk = addRisk(editor, { title: 'Rain' });
  const then = reader.view();
  setMeta(editor, { client: 'Hartmann' });
  setRisk(editor, risk ?? '', { title: 'Rain in May', owner: 'Tom' });
  expect(submittedDifference(then, reader.view())).toBeNull();
  expect(submittedDifference(view, view)).toBeNull();
});

test('LIFE-16 a price that arrived later is one, with what it does to the bid', () => {
  const { editor, reader, view } = jobOf();
  const line = [...view.lines.keys()][0] ?? '';
  setCells(editor, [{ id: line, column: 'unitCost', value: 850_000 }]);
  expect(submittedDifference(view, reader.view())).toEqual({ changes: 1, bid: 823_500 });
});
