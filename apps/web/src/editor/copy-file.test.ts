import { kinds } from '@tidemark/documents';
import { dashboard, setTitle } from '@tidemark/documents/dashboard';
import { createEditor } from '@tidemark/documents/records';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { copyFile, fileName } from './copy-file.ts';

const time = new Date('2026-11-21T13:34:56Z');

test('a copy is a file with the dashboard in plain words, and with every change', () => {
  const doc = new Y.Doc();
  kinds.dashboard.seed(doc, 'Sales');
  setTitle(createEditor(doc, dashboard.schema), 'Sales / north');
  const update = Y.encodeStateAsUpdate(doc);
  const { name, text } = copyFile(update, { documentId: 'd1', unsent: 2, epoch: 3 }, time);
  expect(name).toBe('Sales north, copy of 2026-11-21 13.34 UTC.json');
  const read = JSON.parse(text);
  expect(read).toMatchObject({
    kind: 'dashboard',
    title: 'Sales / north',
    documentId: 'd1',
    epoch: 3,
    unsentChanges: 2,
    savedAt: '2026-11-21T13:34:56.000Z',
    content: { meta: { title: 'Sales / north' } },
  });
  const again = new Y.Doc();
  Y.applyUpdate(again, new Uint8Array(Buffer.from(read.yjsUpdate, 'base64')));
  expect(kinds.dashboard.title(again)).toBe('Sales / north');
});

test('a copy of a diagram is called one, and a copy of nothing a document', () => {
  const doc = new Y.Doc();
  expect(copyFile(Y.encodeStateAsUpdate(doc), { documentId: 'd1', unsent: 0 }, time).name).toMatch(
    /^Untitled document,/,
  );
  kinds.diagram.seed(doc, '');
  const { name, text } = copyFile(Y.encodeStateAsUpdate(doc), { documentId: 'd1', unsent: 0 }, time);
  expect(name).toMatch(/^Untitled diagram,/);
  expect(JSON.parse(text).kind).toBe('diagram');
});

test.each([
  ['', 'Untitled dashboard, copy of 2026-11-21 13.34 UTC.json'],
  ['..', 'Untitled dashboard, copy of 2026-11-21 13.34 UTC.json'],
  ['a:b*c?\n"d"', 'a b c d, copy of 2026-11-21 13.34 UTC.json'],
])('the title %j makes a name that every file system takes', (title, name) => {
  expect(fileName(title, 'dashboard', time)).toBe(name);
});
