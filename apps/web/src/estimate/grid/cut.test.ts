import { estimate, moveLines, removeLines, setCells } from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { act } from './acts.ts';
import { copyOf } from './clipboard-copy.ts';
import { incomingOf, paste } from './clipboard-paste.ts';
import { cutLines } from './cut.ts';
import { type TestGrid, testGrid } from './grid.testing.ts';
import { goTo } from './grid.ts';
import { watchOthers } from './others.ts';
import { selectRow } from './selection.ts';
import { addLineKey, addSectionKey, sectionKey } from './sheet.ts';

/** Cuts lines that follow each other, and gives what is on the clipboard then. */
function cut(t: TestGrid, from: string | undefined, to = from, token = 'mine'): string {
  const lead = { row: to!, column: 'name' as const };
  t.grid.store.set({ selection: { ...selectRow({ row: from!, column: 'name' }), lead } });
  const { html } = copyOf(t.grid, calculate(t.grid.reader.view()).amounts, token)!;
  cutLines(t.grid, token);
  return html;
}

function pasteAt(t: TestGrid, row: string | undefined, html: string, text = ''): Promise<boolean> {
  goTo(t.grid, row!, 'name');
  return paste(t.grid, incomingOf(html, text)!, () =>
    Promise.reject(new Error('a short block needs no pause')),
  );
}

/** Somebody else, in a replica of their own whose edits arrive at once. */
function somebody(t: TestGrid) {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(t.doc));
  doc.on('update', (update: Uint8Array) => Y.applyUpdate(t.doc, update));
  return createEditor(doc, estimate.schema, 'tom');
}

const idsOf = (t: TestGrid) => t.grid.reader.view().sections.map(({ lines }) => lines.map(({ id }) => id));
const said = (t: TestGrid) => t.grid.store.get().said?.text;

test('GRID-44: lines that are cut stay, marked; pasted, the very lines move, in other sections too, as one step', async () => {
  const t = testGrid();
  const [shingles, nails, felt] = t.first;
  const [siding, trim, paint] = t.second;
  const before = idsOf(t);
  const html = cut(t, shingles, nails);
  expect(t.names()).toEqual([
    ['Shingles', 'Nails', 'Felt'],
    ['Siding', 'Trim', 'Paint'],
  ]);
  expect(t.grid.store.get().cut?.ids).toEqual([shingles, nails]);
  expect(await pasteAt(t, siding, html)).toBe(true);
  expect(idsOf(t)).toEqual([[felt], [siding, shingles, nails, trim, paint]]);
  expect(t.grid.store.get().cut).toBeNull();
  expect(t.grid.store.get().pasted).toBeNull();
  expect(said(t)).toBe('2 lines moved.');
  t.grid.undo.undo();
  expect(idsOf(t)).toEqual(before);
});

test('GRID-44: they come first below a head, last where a line or a section is begun, and stay among themselves', async () => {
  const t = testGrid();
  const [shingles, nails, felt] = t.first;
  const [siding, trim, paint] = t.second;
  const [roof, walls] = t.grid.reader.view().groups.map(({ id }) => id);
  await pasteAt(t, sectionKey(walls!), cut(t, felt));
  expect(idsOf(t)).toEqual([
    [shingles, nails],
    [felt, siding, trim, paint],
  ]);
  await pasteAt(t, addLineKey(roof!), cut(t, siding));
  expect(idsOf(t)[0]).toEqual([shingles, nails, siding]);
  await pasteAt(t, addSectionKey, cut(t, shingles));
  expect(idsOf(t)[1]).toEqual([felt, trim, paint, shingles]);
  const there = idsOf(t);
  await pasteAt(t, trim, cut(t, trim, paint));
  expect(idsOf(t)).toEqual(there);
});

test('GRID-44: Escape leaves them where they are; then, after another copy and in another estimate a paste makes new lines', async () => {
  const t = testGrid();
  const [shingles, nails] = t.first;
  const html = cut(t, shingles);
  expect(act(t.grid, { act: 'escape' })).toBe(true);
  expect(t.grid.store.get().cut).toBeNull();
  await pasteAt(t, nails, html);
  expect(t.names()[0]).toEqual(['Shingles', 'Nails', 'Shingles', 'Felt']);

  cut(t, nails, nails, 'later');
  await pasteAt(t, shingles, html);
  expect(t.names()[0], 'not what was cut last').toEqual([
    'Shingles',
    'Shingles',
    'Nails',
    'Shingles',
    'Felt',
  ]);
  expect(t.grid.store.get().cut).toBeNull();

  const other = testGrid();
  await pasteAt(other, other.second[0], html);
  expect(other.names()[1]).toEqual(['Siding', 'Shingles', 'Trim', 'Paint']);
});

test('GRID-45: what others removed stays away, what they changed moves as it is now, and both are told', async () => {
  const t = testGrid();
  const stop = watchOthers(t.grid, { whoWrote: () => null, now: () => 0, later: () => undefined });
  const tom = somebody(t);
  const [shingles, nails, felt] = t.first;
  const [siding] = t.second;
  const html = cut(t, shingles, felt);
  removeLines(tom, [nails!]);
  setCells(tom, [{ id: shingles!, column: 'qty', value: 9_000_000 }]);
  moveLines(tom, [felt!], t.grid.reader.view().groups[1]!.id);
  await pasteAt(t, siding, html);
  expect(t.names()).toEqual([[], ['Siding', 'Shingles', 'Felt', 'Trim', 'Paint']]);
  expect(t.grid.reader.view().lines.get(shingles!)?.qty).toBe(9_000_000);
  expect(said(t)).toBe(
    '2 lines moved. 1 line of what was cut was removed meanwhile. Somebody changed 2 lines meanwhile: moved as they are now.',
  );
  expect(t.grid.store.get().pasted).toMatchObject({ moved: 2, added: 0 });
  stop();
});

test('GRID-45: where all are gone, or nothing may be changed any more, nothing moves and that is told', async () => {
  const t = testGrid();
  const tom = somebody(t);
  const [shingles, nails] = t.first;
  const gone = cut(t, shingles);
  removeLines(tom, [shingles!]);
  expect(await pasteAt(t, nails, gone)).toBe(false);
  expect(said(t)).toBe('Nothing was pasted. What was cut was removed meanwhile.');
  const html = cut(t, nails);
  t.allow(false);
  expect(await pasteAt(t, t.second[0], html)).toBe(false);
  expect(said(t)).toBe('Nothing was pasted. The estimate can’t be changed now.');
  expect(t.names()[0]).toEqual(['Nails', 'Felt']);
});
