import { isLocked } from '@tidemark/documents/estimate';
import type { Editor } from '@tidemark/documents/records';
import { createContext, useContext, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { mayEditNow } from '../../editor/rights.ts';
import { useDesk, useEstimate, usePresenceWriter } from '../context.ts';
import type { Cell } from '../selection.ts';
import { keepLayout, keptLayout } from './device-layout.ts';
import { followUndo, keepUp, showLine } from './follow.ts';
import { createGrid, type Grid, goTo } from './grid.ts';
import { createFocus, type GridFocus } from './grid-focus.ts';
import { createGridStore, type GridState } from './grid-store.ts';
import type { Place } from './selection.ts';
import { type Sheet, sectionKey } from './sheet.ts';

export interface GridScreen {
  readonly grid: Grid;
  readonly focus: GridFocus;
  /** How far it was scrolled when another tab came before it, pixels. */
  readonly place: { top: number; left: number };
}

export const GridContext = createContext<GridScreen | null>(null);

function useScreen(): GridScreen {
  const screen = useContext(GridContext);
  if (!screen) throw new Error('A part of the grid stands outside of it.');
  return screen;
}

export function useGrid(): Grid {
  return useScreen().grid;
}

export function useGridFocus(): GridFocus {
  return useScreen().focus;
}

export function useGridPlace(): GridScreen['place'] {
  return useScreen().place;
}

/** A part of the grid's state; give back what is kept or plain, or it renders without end. */
export function useGridPart<T>(select: (state: GridState) => T): T {
  const { store } = useGrid();
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** What is chosen and folded stays while another tab of the editor is shown. */
const screens = new WeakMap<Editor, GridScreen>();

/** The grid of the open estimate, made once. */
export function useGridScreen(): GridScreen {
  const { reader, editor, undo, provider } = useEstimate();
  const known = screens.get(editor);
  if (known !== undefined) return known;
  const locked = () => isLocked(reader.view());
  const grid = createGrid({
    store: createGridStore(keptLayout()),
    reader,
    editor,
    undo,
    mayChange: () => mayEditNow(provider) && !locked(),
    whyNot: () => (locked() ? 'locked' : 'rights'),
  });
  const screen = { grid, focus: createFocus(), place: { top: 0, left: 0 } };
  screens.set(editor, screen);
  return screen;
}

/** Keeps what is chosen true to the rows, after each change of them. */
export function useKeepUp(grid: Grid, sheet: Sheet): void {
  const before = useRef(sheet);
  useLayoutEffect(() => {
    keepUp(grid, before.current, sheet);
    before.current = sheet;
  }, [grid, sheet]);
}

/** What the rest of the editor and the others are told of the grid, and what they ask of it. */
export function useGridTies(grid: Grid): void {
  const { editor } = useEstimate();
  const { selection, wanted, revealed } = useDesk();
  const writer = usePresenceWriter();
  useEffect(() => editor.onCommand((done) => followUndo(grid, done)), [editor, grid]);

  useEffect(() => {
    let last: GridState | null = null;
    const tell = () => {
      const state = grid.store.get();
      if (state.layout !== last?.layout && last !== null) keepLayout(state.layout);
      if (state.selection !== last?.selection) {
        const { selection: chosen } = state;
        const anchor = chosen && cellOf(chosen.anchor);
        const focus = chosen && cellOf(chosen.lead);
        selection.set(anchor && focus ? { anchor, focus } : null);
      }
      if ((state.editing === null) !== (last === null || last.editing === null)) {
        writer?.set({ editing: state.editing !== null });
      }
      last = state;
    };
    tell();
    return grid.store.subscribe(tell);
  }, [grid, selection, writer]);

  useEffect(() => {
    if (wanted === null || wanted.kind === 'risk' || !wanted.choose) return;
    if (wanted.kind === 'line') showLine(grid, wanted.id);
    else goTo(grid, sectionKey(wanted.id), 'name');
    revealed();
  }, [grid, wanted, revealed]);
}

/** As others know it: a line's own id, or a section's. */
function cellOf({ row, column }: Place): Cell | null {
  if (row.startsWith('+') || row === sectionKey(null)) return null;
  return { line: row.startsWith('#') ? row.slice(1) : row, column };
}
