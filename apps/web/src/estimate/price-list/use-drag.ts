import { type DragEvent, useEffect, useMemo, useRef } from 'react';
import type { PriceOption } from './use-options.ts';

export interface Drag {
  start(event: DragEvent, option: PriceOption): void;
  end(): void;
}

/** Marks the row of the grid that a drop would be on. */
const mark = 'data-price-drop';

/**
 * Drags options of the list onto rows of the grid, which bear their keys as `data-row`. Only our own drag is taken: whatever else is
 * dropped on the page stays others' business.
 */
export function useDrag(onDrop: (option: PriceOption, row: string) => void): Drag {
  const latest = useRef(onDrop);
  latest.current = onDrop;
  const dragged = useRef<PriceOption | null>(null);
  useEffect(() => {
    const rowOf = (event: Event) =>
      dragged.current !== null && event.target instanceof Element ? event.target.closest('[data-row]') : null;
    const unmark = () => {
      for (const row of document.querySelectorAll(`[${mark}]`)) row.removeAttribute(mark);
    };
    const over = (event: globalThis.DragEvent) => {
      const row = rowOf(event);
      if (row?.hasAttribute(mark)) return event.preventDefault();
      unmark();
      if (row === null) return;
      event.preventDefault();
      row.setAttribute(mark, '');
    };
    const drop = (event: globalThis.DragEvent) => {
      const row = rowOf(event)?.getAttribute('data-row');
      unmark();
      if (row === undefined || row === null || dragged.current === null) return;
      event.preventDefault();
      latest.current(dragged.current, row);
      dragged.current = null;
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    document.addEventListener('dragend', unmark);
    return () => {
      unmark();
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
      document.removeEventListener('dragend', unmark);
    };
  }, []);
  return useMemo(
    () => ({
      start(event, option) {
        dragged.current = option;
        event.dataTransfer.effectAllowed = 'copy';
        event.dataTransfer.setData('text/plain', 'item' in option ? option.item.name : option.assembly.name);
      },
      end() {
        dragged.current = null;
      },
    }),
    [],
  );
}
