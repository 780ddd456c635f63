import { type PointerEvent, useRef, useState } from 'react';

export interface RowDrag {
  /** The row in the hand. */
  readonly dragged: string | null;
  /** The row that it would stand before; null: last. Undefined while nothing is dragged. */
  readonly before: string | null | undefined;
  /** For the handle of a row. */
  start(event: PointerEvent<HTMLElement>, id: string): void;
}

/** Pixels before a press becomes a drag. */
const slack = 4;

/** Rows, which bear `data-risk`, are carried by a handle within `table`; Escape puts the row back. */
export function useRowDrag(
  table: { readonly current: HTMLElement | null },
  drop: (id: string, before: string | null) => void,
): RowDrag {
  const [state, setState] = useState<{ dragged: string; before: string | null } | null>(null);
  const latest = useRef(drop);
  latest.current = drop;
  return {
    dragged: state?.dragged ?? null,
    before: state === null ? undefined : state.before,
    start(event, id) {
      if (event.button !== 0) return;
      const from = event.clientY;
      let before: string | null | undefined;
      const move = (at: globalThis.PointerEvent) => {
        if (before === undefined && Math.abs(at.clientY - from) < slack) return;
        before = rowBelow(table.current, at.clientY);
        setState({ dragged: id, before });
      };
      const stop = (done: boolean) => {
        window.removeEventListener('pointermove', move);
        window.removeEventListener('pointerup', up);
        window.removeEventListener('pointercancel', cancel);
        window.removeEventListener('keydown', key, true);
        setState(null);
        if (done && before !== undefined && before !== id) latest.current(id, before);
      };
      const up = () => stop(true);
      const cancel = () => stop(false);
      const key = (press: KeyboardEvent) => {
        if (press.key !== 'Escape') return;
        press.stopPropagation();
        stop(false);
      };
      window.addEventListener('pointermove', move);
      window.addEventListener('pointerup', up);
      window.addEventListener('pointercancel', cancel);
      window.addEventListener('keydown', key, true);
      event.preventDefault();
    },
  };
}

/** The first row whose middle lies below a height of the screen. */
function rowBelow(table: HTMLElement | null, y: number): string | null {
  for (const row of table?.querySelectorAll('[data-risk]') ?? []) {
    const { top, height } = row.getBoundingClientRect();
    if (y < top + height / 2) return row.getAttribute('data-risk');
  }
  return null;
}
