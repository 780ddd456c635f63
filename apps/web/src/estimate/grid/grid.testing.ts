import { kinds } from '@tidemark/documents';
import { addGroup, addLines, estimate, isLocked, type LineInput } from '@tidemark/documents/estimate';
import { createEditor, createReader, createUndo } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { followUndo, keepUp } from './follow.ts';
import { createGrid, type Grid } from './grid.ts';
import { createGridStore } from './grid-store.ts';
import type { Sheet } from './sheet.ts';

/** A grid without a screen on a document of its own: two sections, three lines each. */
export interface TestGrid {
  readonly grid: Grid;
  readonly doc: Y.Doc;
  readonly first: readonly string[];
  readonly second: readonly string[];
  /** Names of the lines in their order, section by section. */
  names(): string[][];
  /** What a screen does after each change. */
  render(): void;
  /** Takes the right to edit away, or gives it back. */
  allow(may: boolean): void;
}

const line = (name: string): LineInput => ({ name, qty: 2_000_000, unit: 'ea', unitCost: 100_000 });

export function testGrid(): TestGrid {
  const doc = new Y.Doc();
  kinds.estimate.seed(doc, 'Roof');
  const editor = createEditor(doc, estimate.schema, 'ana');
  const roof = addGroup(editor, 'Roof')!;
  const walls = addGroup(editor, 'Walls')!;
  const first = addLines(editor, { group: roof }, ['Shingles', 'Nails', 'Felt'].map(line))!;
  const second = addLines(editor, { group: walls }, ['Siding', 'Trim', 'Paint'].map(line))!;
  const reader = createReader(doc, estimate);
  const undo = createUndo(editor);
  let may = true;
  const locked = () => isLocked(reader.view());
  const grid = createGrid({
    store: createGridStore(),
    reader,
    editor,
    undo,
    mayChange: () => may && !locked(),
    whyNot: () => (locked() ? 'locked' : 'rights'),
  });
  let before: Sheet = grid.sheet();
  const render = () => {
    const now = grid.sheet();
    keepUp(grid, before, now);
    before = now;
  };
  editor.onCommand((done) => followUndo(grid, done));
  render();
  return {
    grid,
    doc,
    first,
    second,
    names: () => reader.view().sections.map(({ lines }) => lines.map(({ name }) => name)),
    render,
    allow(allowed) {
      may = allowed;
    },
  };
}
