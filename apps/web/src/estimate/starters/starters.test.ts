import { estimate, estimateSchema } from '@tidemark/documents/estimate';
import { createEditor, createReader, createUndo } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { begin, starters } from './starters.ts';

test.each(starters.map((starter) => [starter.title, starter] as const))(
  '%s is laid out in one step that can be taken back, and bids nothing before anybody has measured',
  (_, starter) => {
    const doc = new Y.Doc();
    const editor = createEditor(doc, estimateSchema);
    const undo = createUndo(editor);
    const reader = createReader(doc, estimate);
    expect(begin(editor, starter)).toBe(true);
    const view = reader.view();
    expect(view.findings.filter(({ code }) => code !== 'not-seeded')).toEqual([]);
    expect(view.sections.map(({ group }) => group?.name)).toEqual(starter.sections.map(({ name }) => name));
    for (const line of view.lines.values()) {
      expect(line.unitCost, line.name).toBeGreaterThan(0);
      expect(line.unit, line.name).not.toBe('');
    }
    expect(calculate(view).bid).toBe(0);
    undo.undo();
    expect(reader.view().sections).toEqual([]);
  },
);
