import { type MouseEvent, type PointerEvent, type RefObject, useMemo } from 'react';
import { type ColumnName, isColumnName } from './columns.ts';
import { useGrid, useGridFocus } from './context.ts';
import { commit, open } from './edit.ts';
import { type Grid, goTo } from './grid.ts';
import type { GridFocus } from './grid-focus.ts';
import { draggedFrom, dragRows } from './row-drag.ts';
import { chooseSection } from './section-acts.ts';
import { chosenLines, extend, type Place, select, selectRow, toggleRow } from './selection.ts';
import { rowAt } from './sheet.ts';

interface Hit {
  readonly place: Place;
  /** On the number of the row and not on a cell. */
  readonly handle: boolean;
}

/** What lies under the pointer. */
function hitOf(target: EventTarget | null, grid: Grid): Hit | null {
  const element = target instanceof Element ? target : null;
  const row = element?.closest<HTMLElement>('[data-row]')?.dataset.row;
  if (row === undefined) return null;
  const found = rowAt(grid.sheet(), row);
  const active = grid.store.get().selection?.active.column ?? 'name';
  if (element?.closest('[data-handle]')) return { place: { row, column: active }, handle: true };
  const name = element?.closest<HTMLElement>('[data-column]')?.dataset.column;
  if (!isColumnName(name)) return null;
  // Rows that are no lines are one stop: the column one came from is kept.
  const column: ColumnName = found?.type === 'line' ? name : active;
  return { place: { row, column }, handle: false };
}

export interface GridPointer {
  onMouseDown(event: MouseEvent): void;
  onPointerDown(event: PointerEvent): void;
  onDoubleClick(event: MouseEvent): void;
  onContextMenu(event: MouseEvent): void;
  onClick(event: MouseEvent): void;
}

/** Pointer and finger: a click chooses, a drag draws out a block, a double click or a second tap opens. */
export function useGridPointer(scroller: RefObject<HTMLElement | null>): GridPointer {
  const grid = useGrid();
  const focus = useGridFocus();
  return useMemo(() => pointerOf(grid, focus, scroller), [grid, focus, scroller]);
}

function pointerOf(grid: Grid, focus: GridFocus, scroller: RefObject<HTMLElement | null>): GridPointer {
  const { store } = grid;
  const isField = (target: EventTarget) =>
    target instanceof Element && target.matches('[data-grid-input][data-open]');
  const isButton = (target: EventTarget) => target instanceof Element && target.closest('button, a') !== null;

  const press = (event: MouseEvent, touch: boolean) => {
    if (isField(event.target) || isButton(event.target)) return;
    const hit = hitOf(event.target, grid);
    const { selection, editing } = store.get();
    if (hit === null) return;
    const { row: key, column } = hit.place;
    const again = editing === null && selection?.active.row === key && selection.active.column === column;
    commit(grid, 'stay');
    const row = rowAt(grid.sheet(), key);
    focus.touch = touch;
    if (hit.handle && row?.type === 'section') chooseSection(grid, row.key, row.group);
    else if (hit.handle) chooseHandle(grid, hit.place, event);
    else if (selection !== null && event.shiftKey) store.set({ selection: extend(selection, hit.place) });
    else store.set({ selection: select(hit.place) });
    focus.take();
    if (hit.handle) return;
    const begins = row?.type === 'add-line' || row?.type === 'add-section';
    if (begins || (touch && again)) open(grid);
    else if (!touch) drawBlock(grid, scroller, event);
  };

  return {
    // The focus goes where the selection goes, and not where the browser would put it.
    onMouseDown(event) {
      if (!isField(event.target) && !isButton(event.target) && hitOf(event.target, grid))
        event.preventDefault();
    },
    // A finger may be about to scroll: what it chooses is known when it is lifted.
    onPointerDown(event) {
      if (event.button !== 0) return;
      const touch = event.pointerType === 'touch';
      const dragged = isButton(event.target) ? null : draggedFrom(grid, event);
      const frame = scroller.current;
      if (dragged === null || frame === null) {
        if (!touch) press(event, false);
        return;
      }
      // Of several that are chosen one may be meant to be chosen alone: known when it was not dragged.
      const several = dragged.type === 'section' || dragged.ids.length > 1;
      if (several) commit(grid, 'stay');
      else if (!touch) press(event, false);
      dragRows(grid, frame, event, dragged, () => {
        if (several && !touch) press(event, false);
      });
    },
    onDoubleClick(event) {
      if (isField(event.target) || isButton(event.target)) return;
      const hit = hitOf(event.target, grid);
      if (hit !== null && !hit.handle) open(grid);
    },
    onContextMenu(event) {
      const hit = hitOf(event.target, grid);
      if (hit === null || isField(event.target)) return;
      event.preventDefault();
      openMenu(grid, hit.place.row, event.clientX, event.clientY, hit.place.column);
    },
    onClick(event) {
      if ((event.nativeEvent as globalThis.PointerEvent).pointerType === 'touch') press(event, true);
      const button =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[data-menu]') : null;
      const row = button?.dataset.menu;
      if (!button || row === undefined) return;
      const box = button.getBoundingClientRect();
      openMenu(grid, row, box.left, box.bottom + 2, store.get().selection?.active.column ?? 'name');
    },
  };
}

/** The menu is about the lines that are chosen, or about the one under the pointer when that is none of them. */
export function openMenu(grid: Grid, row: string, x: number, y: number, column: ColumnName): void {
  commit(grid, 'stay');
  const { selection } = grid.store.get();
  const chosen = selection === null ? [] : chosenLines(selection, grid.sheet());
  if (!chosen.some(({ key }) => key === row)) goTo(grid, row, column);
  grid.store.set({ menu: { row, x, y } });
}

function chooseHandle(grid: Grid, place: Place, { shiftKey, ctrlKey, metaKey }: MouseEvent): void {
  const { selection } = grid.store.get();
  if (selection !== null && shiftKey) {
    grid.store.set({ selection: { ...extend(selection, place), whole: true } });
  } else if (selection !== null && (ctrlKey || metaKey)) {
    grid.store.set({ selection: toggleRow(selection, grid.sheet(), place) });
  } else grid.store.set({ selection: selectRow(place) });
}

/** Pixels from an edge at which the sheet scrolls under a drag, and by how much. */
const edge = 36;
const stride = 18;

function drawBlock(grid: Grid, scroller: RefObject<HTMLElement | null>, begin: MouseEvent): void {
  const frame = scroller.current;
  if (frame === null) return;
  let at = { x: begin.clientX, y: begin.clientY };
  let ticking = 0;
  const reach = () => {
    const hit = hitOf(document.elementFromPoint(at.x, at.y), grid);
    const { selection } = grid.store.get();
    if (hit === null || selection === null) return;
    if (selection.lead.row === hit.place.row && selection.lead.column === hit.place.column) return;
    grid.store.set({ selection: extend(selection, hit.place) });
  };
  const scroll = () => {
    const box = frame.getBoundingClientRect();
    const down = at.y > box.bottom - edge * 2 ? stride : at.y < box.top + edge * 2 ? -stride : 0;
    const across = at.x > box.right - edge ? stride : at.x < box.left + edge ? -stride : 0;
    if (down !== 0 || across !== 0) {
      frame.scrollBy(across, down);
      reach();
    }
    ticking = requestAnimationFrame(scroll);
  };
  const onMove = (event: globalThis.PointerEvent) => {
    at = { x: event.clientX, y: event.clientY };
    if (ticking === 0 && Math.hypot(at.x - begin.clientX, at.y - begin.clientY) > 4)
      ticking = requestAnimationFrame(scroll);
    if (ticking !== 0) reach();
  };
  const onEnd = () => {
    cancelAnimationFrame(ticking);
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onEnd);
    window.removeEventListener('pointercancel', onEnd);
  };
  window.addEventListener('pointermove', onMove);
  window.addEventListener('pointerup', onEnd);
  window.addEventListener('pointercancel', onEnd);
}
