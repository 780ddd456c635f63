import {
  addActual,
  estimate,
  estimateContent,
  estimateSchema,
  estimateTemplates,
  fillEstimate,
  setMeta,
  setRisk,
} from '@tidemark/documents/estimate';
import { createEditor, createReader, createUndo } from '@tidemark/documents/records';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { beginWith, unworked } from './begin-with.ts';

function open() {
  const doc = new Y.Doc();
  const editor = createEditor(doc, estimateSchema);
  return { doc, editor, reader: createReader(doc, estimate) };
}

test.each(estimateTemplates.map((template) => [template.name, template] as const))(
  '%s is laid out in one step that can be taken back, and leaves the title alone',
  (name, { content }) => {
    const { editor, reader } = open();
    const undo = createUndo(editor);
    setMeta(editor, { title: 'Maple Street' });
    expect(beginWith(editor, name, content)).toBe(true);
    expect(reader.view().sections.length).toBeGreaterThan(0);
    expect(reader.view().meta.title).toBe('Maple Street');
    undo.undo();
    expect(reader.view()).toMatchObject({ sections: [], risks: [], meta: { title: 'Maple Street' } });
  },
);

test('what became of the job that a template was made of does not come along', () => {
  const done = open();
  fillEstimate(done.doc, estimateTemplates[1]?.content ?? {});
  setMeta(done.editor, { title: 'Mill Lane' });
  const view = done.reader.view();
  const risk = view.risks[0]?.id ?? '';
  setRisk(done.editor, risk, { outcome: 'struck', actualImpact: 1_000_000, outcomeNote: 'Rot' });
  addActual(done.editor, { amount: 5_000_000, vendor: 'Crane' });
  const content = JSON.parse(JSON.stringify(estimateContent(done.doc, done.reader.view())));
  const fresh = open();
  setMeta(fresh.editor, { title: 'Maple Street' });
  expect(beginWith(fresh.editor, 'Mill Lane', unworked(content))).toBe(true);
  const begun = fresh.reader.view();
  expect(begun.meta.title).toBe('Maple Street');
  expect(begun.lines.size).toBe(view.lines.size);
  expect(begun.actuals).toEqual([]);
  expect(begun.risks.map(({ title, outcome, actualImpact }) => [title, outcome, actualImpact])).toEqual(
    view.risks.map(({ title }) => [title, 'open', null]),
  );
});
