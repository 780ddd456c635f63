import type { PointerEvent } from 'react';
import { type Dragged, drop, dropAt } from './drag.ts';
import { followPointer } from './follow-pointer.ts';
import type { Grid } from './grid.ts';
import { topsOf } from './row-places.ts';
import { chosenLines } from './selection.ts';
import { rowAt, sectionKey } from './sheet.ts';

/** What a pointer on the handle of a row takes into the hand; null: nothing. */
export function draggedFrom(grid: Grid, event: PointerEvent): Dragged | null {
  const { target, shiftKey, ctrlKey, metaKey } = event;
  if (!(target instanceof Element) || shiftKey || ctrlKey || metaKey || !grid.mayChange()) return null;
  const grip = target.closest<HTMLElement>('[data-grip]')?.dataset.grip;
  if (grip === undefined) return null;
  const row = rowAt(grid.sheet(), grip);
  if (row?.type === 'section') return row.group === null ? null : { type: 'section', id: row.group };
  if (row?.type !== 'line') return null;
  const { selection } = grid.store.get();
  const chosen = selection?.whole ? chosenLines(selection, grid.sheet()).map(({ key }) => key) : [];
  return { type: 'lines', ids: chosen.includes(grip) ? chosen : [grip] };
}

/** Carries it until it is let go. `onClick`: it was pressed and never moved. */
export function dragRows(
  grid: Grid,
  frame: HTMLElement,
  event: PointerEvent,
  dragged: Dragged,
  onClick: () => void,
): void {
  let moved = false;
  let place: { x: number; y: number } | null = null;
  const here = () => {
    const body = frame.querySelector('[data-rows]');
    if (body === null || place === null) return null;
    const sheet = grid.sheet();
    const tops = topsOf(sheet);
    const y = place.y - body.getBoundingClientRect().top;
    const above = tops.findIndex((top) => top > y);
    const index = above === -1 ? sheet.rows.length - 1 : Math.max(0, above - 1);
    const middle = ((tops[index] ?? 0) + (tops[index + 1] ?? 0)) / 2;
    return dropAt(grid, dragged, index, y > middle);
  };
  followPointer(frame, event, {
    onMove(x, y) {
      moved = true;
      place = { x, y };
      const next = here();
      const { drag } = grid.store.get();
      if (next?.mark !== drag?.mark || drag === null) {
        grid.store.set({ drag: next && { dragged, mark: next.mark } });
      }
    },
    onEnd(done) {
      const last = here();
      grid.store.set({ drag: null });
      if (!moved) onClick();
      else if (done && last !== null) drop(grid, dragged, last.place);
    },
  });
}

/** Rows of the sheet that are in the hand. */
export function rowsOf(dragged: Dragged): readonly string[] {
  return dragged.type === 'lines' ? dragged.ids : [sectionKey(dragged.id)];
}
