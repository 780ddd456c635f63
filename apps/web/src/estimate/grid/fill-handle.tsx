import { type PointerEvent, type RefObject, useState } from 'react';
import { useGrid, useGridFocus, useGridPart } from './context.ts';
import { fillTo, type Reach, reachOf } from './fill.ts';
import { followPointer } from './follow-pointer.ts';
import { Frame } from './frame.tsx';
import css from './layers.module.css';
import { topsOf } from './row-places.ts';
import { type Block, blockOf } from './selection.ts';
import type { Sheet } from './sheet.ts';

interface Props {
  sheet: Sheet;
  scroller: RefObject<HTMLElement | null>;
}

/** The corner of what is chosen: drawn out, it repeats the block. By keys: Ctrl+D, Ctrl+R, Ctrl+Enter. */
export function FillHandle({ sheet, scroller }: Props) {
  const grid = useGrid();
  const focus = useGridFocus();
  const selection = useGridPart((state) => state.selection);
  const editing = useGridPart((state) => state.editing !== null);
  const [reach, setReach] = useState<Reach | null>(null);
  const block = selection && blockOf(selection, sheet);
  if (selection === null || block === null || editing || selection.whole || selection.apart.size > 0)
    return null;
  const rows = sheet.rows.slice(block.top, block.bottom + 1);
  if (rows.at(-1)?.type !== 'line' || rows[0]?.type !== 'line') return null;

  const begin = (event: PointerEvent) => {
    const frame = scroller.current;
    if (event.button !== 0 || frame === null) return;
    event.preventDefault();
    event.stopPropagation();
    let latest: Reach | null = null;
    followPointer(frame, event, {
      onMove(x, y) {
        const at = cellAt(frame, grid.sheet(), x, y);
        latest = at && reachOf(grid, selection, at.row, at.column);
        setReach(latest);
      },
      onEnd(done) {
        setReach(null);
        if (done && latest !== null) fillTo(grid, selection, latest);
        focus.take();
      },
    });
  };
  return (
    <>
      {reach && <Frame sheet={sheet} block={reachedBy(reach, block)} className={css.filling} />}
      <Frame sheet={sheet} block={block} className={css.corner}>
        <span className={css.handle} data-fill-handle onPointerDown={begin} />
      </Frame>
    </>
  );
}

function reachedBy(reach: Reach, block: Block): Block {
  return reach.along === 'rows'
    ? { ...block, top: Math.min(block.top, reach.to), bottom: Math.max(block.bottom, reach.to) }
    : { ...block, left: Math.min(block.left, reach.to), right: Math.max(block.right, reach.to) };
}

/** The cell under a point of the window, or the nearest one. */
function cellAt(frame: HTMLElement, sheet: Sheet, x: number, y: number) {
  const body = frame.querySelector('[data-rows]');
  const heads = [...frame.querySelectorAll('[role=columnheader]')].slice(1);
  if (body === null || heads.length === 0) return null;
  const column = heads.findIndex((head) => x < head.getBoundingClientRect().right);
  return {
    row: rowAtTop(sheet, y - body.getBoundingClientRect().top),
    column: column === -1 ? heads.length - 1 : column,
  };
}

/** The row that lies at so many pixels from the first. */
export function rowAtTop(sheet: Sheet, y: number): number {
  const at = topsOf(sheet).findIndex((top) => top > y);
  return at === -1 ? sheet.rows.length - 1 : Math.max(0, at - 1);
}
