import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { kinds } from '../kinds.ts';
import { createEditor } from '../records/editor.ts';
import { createReader } from '../records/reader.ts';
import { createUndo } from '../records/undo.ts';
import {
  addGroup,
  addLines,
  estimate,
  isLocked,
  moveLines,
  removeGroup,
  setCells,
  writeStatus,
} from './index.ts';

function open() {
  const doc = new Y.Doc();
  kinds.estimate.seed(doc, 'Roof');
  const editor = createEditor(doc, estimate.schema, 'ana');
  return { doc, editor, reader: createReader(doc, estimate), undo: createUndo(editor) };
}

test('EST-1: a new estimate has its title, is a draft in dollars, and has nothing else and no findings', () => {
  const { doc, reader } = open();
  const view = reader.view();
  expect(view.meta).toMatchObject({ title: 'Roof', currency: 'USD', status: { is: 'draft' }, parent: null });
  expect(isLocked(view)).toBe(false);
  expect(view).toMatchObject({ groups: [], sections: [], risks: [], actuals: [], lessons: [], findings: [] });
  expect(kinds.estimate.check(doc)).toEqual([]);
});

test('EST-2: lines lie in sections; what did not change is the same object', () => {
  const { editor, reader, undo } = open();
  const roof = addGroup(editor, 'Roof')!;
  const yard = addGroup(editor, 'Yard')!;
  const [a, b, c] = addLines(editor, { group: roof }, [{ name: 'a' }, { name: 'b', qty: 5 }, { name: 'c' }])!;
  const before = reader.view();
  expect(before.sections.map(({ lines }) => lines.map(({ name }) => name))).toEqual([['a', 'b', 'c'], []]);
  expect(setCells(editor, [{ id: b!, column: 'qty', value: 7 }])).toBe(true);
  const after = reader.view();
  expect(after.lines.get(b!)!.qty).toBe(7);
  expect(after.sections[1]).toBe(before.sections[1]);
  expect(after.lines.get(a!)).toBe(before.lines.get(a!));
  moveLines(editor, [c!], yard);
  moveLines(editor, [b!], roof, a!);
  expect(reader.view().sections.map(({ lines }) => lines.map(({ name }) => name))).toEqual([
    ['b', 'a'],
    ['c'],
  ]);
  removeGroup(editor, roof);
  expect([...reader.view().lines.keys()]).toEqual([c]);
  expect(undo.undo()).toBe('Remove section');
  expect(reader.view().sections.map(({ lines }) => lines.map(({ name }) => name))).toEqual([
    ['b', 'a'],
    ['c'],
  ]);
  expect(reader.view().findings).toEqual([]);
});

test('EST-3: what has a price stands still when the estimate is not a draft', () => {
  const { editor, reader } = open();
  const roof = addGroup(editor, 'Roof')!;
  const status = {
    is: 'submitted',
    at: '2026-01-01T00:00:00Z',
    by: 'u',
    byName: 'Ana',
    versionId: 'v',
    number: 1,
  } as const;
  expect(writeStatus(editor, status)).toBe(true);
  expect(reader.view().meta.status).toEqual(status);
  expect(addGroup(editor)).toBe(null);
  expect(addLines(editor, { group: roof }, [{}])).toBe(null);
});
