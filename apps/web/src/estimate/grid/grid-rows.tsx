import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';
import { useThreadCounts } from '../../conversation/context.ts';
import { useDesk, useEstimation } from '../context.ts';
import { useFormat } from '../format.ts';
import { AddRow } from './add-row.tsx';
import { totalWidth } from './column-layout.ts';
import { useGrid, useGridPart } from './context.ts';
import { rowShowing } from './follow.ts';
import { Layers } from './layers.tsx';
import { LineRow } from './line-row.tsx';
import { handleWidth, headHeight, heights, totalsHeight } from './row-places.ts';
import { SectionRow } from './section-row.tsx';
import { headIndex, type Sheet } from './sheet.ts';
import css from './table.module.css';

interface Props {
  sheet: Sheet;
  scroller: RefObject<HTMLElement | null>;
  mayChange: boolean;
}

/** The rows in sight, the head of their section, and the one that has the focus; no others are mounted. */
export function GridRows({ sheet, scroller, mayChange }: Props) {
  const grid = useGrid();
  const format = useFormat();
  const { amounts, sections } = useEstimation();
  const counts = useThreadCounts();
  const activeKey = useGridPart(({ selection }) => selection?.active.row ?? null);
  const changes = useGridPart((state) => state.changes);
  const active = activeKey === null ? undefined : sheet.indexes.get(activeKey);
  const sticky = useRef<number | null>(null);

  const virtual = useVirtualizer({
    count: sheet.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[sheet.rows[index]?.type ?? 'line'],
    // Another function for another sheet: places are reckoned anew.
    getItemKey: useCallback((index: number) => sheet.rows[index]?.key ?? index, [sheet]),
    rangeExtractor: useCallback(
      (range: Range) => {
        sticky.current = headIndex(sheet, range.startIndex);
        const wanted = [sticky.current, active].filter((index) => index != null);
        return [...new Set([...defaultRangeExtractor(range), ...wanted])].sort((a, b) => a - b);
      },
      [sheet, active],
    ),
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight + heights.section,
    scrollPaddingEnd: totalsHeight,
    useFlushSync: false,
  });

  const seen = virtual.scrollRect?.width ?? 0;
  // A scrollbar may stand in it.
  const across = useGridPart(({ layout }) => totalWidth(layout, handleWidth) > seen - 20);
  const room = (virtual.scrollRect?.height ?? 600) - headHeight - totalsHeight - heights.section;
  grid.page = Math.max(1, Math.floor(room / heights.line));

  // What was chosen by keys, by undo or by others' wish comes into sight.
  const selection = useGridPart((state) => state.selection);
  useLayoutEffect(() => {
    const { reveal } = grid.store;
    if (reveal === null || selection === null) return;
    grid.store.reveal = null;
    const index = sheet.indexes.get(reveal.row);
    if (index !== undefined) virtual.scrollToIndex(index, { align: 'auto' });
    const cell = scroller.current?.querySelector(`[data-active][data-column]`);
    if (scroller.current && cell) bringAcross(scroller.current, cell);
  }, [grid, selection, sheet, virtual, scroller]);

  // What somebody looks at whom this screen follows comes into sight, and what is chosen here stays.
  const { wanted, revealed } = useDesk();
  useLayoutEffect(() => {
    if (wanted === null || wanted.kind === 'risk' || wanted.choose) return;
    const row = rowShowing(grid, wanted.id);
    const index = row === null ? undefined : sheet.indexes.get(row);
    if (index !== undefined) virtual.scrollToIndex(index, { align: 'auto' });
    revealed();
  }, [grid, wanted, revealed, sheet, virtual]);

  const items = virtual.getVirtualItems();
  const head = sticky.current;
  const from = virtual.range?.startIndex ?? 0;
  const to = virtual.range?.endIndex ?? 0;
  return (
    <div
      className={css.body}
      role="presentation"
      data-rows
      data-across={across || undefined}
      style={{ height: virtual.getTotalSize() }}
    >
      {items.map(({ index, start }) => {
        const row = sheet.rows[index];
        if (row === undefined) return null;
        const top = start - headHeight;
        const place = { index, top };
        switch (row.type) {
          case 'section': {
            const sum = sections.get(row.group);
            return (
              <SectionRow
                key={row.key}
                {...place}
                top={index === head ? 0 : top}
                row={row}
                subtotal={sum?.subtotal ?? 0}
                optional={sum?.optional ?? 0}
                columns={sheet.columns}
                format={format}
                mayChange={mayChange}
                sticky={index === head}
                comments={row.group === null ? undefined : counts.get(row.group)}
                change={changes?.rows.get(row.key)}
              />
            );
          }
          case 'line':
            return (
              <LineRow
                key={row.key}
                {...place}
                row={row}
                amount={amounts.get(row.key) ?? 0}
                columns={sheet.columns}
                format={format}
                mayChange={mayChange}
                comments={counts.get(row.key)}
                change={changes?.rows.get(row.key)}
              />
            );
          default:
            return <AddRow key={row.key} {...place} row={row} width={sheet.columns.length} />;
        }
      })}
      <Layers sheet={sheet} sight={{ from, to }} scroller={scroller} mayChange={mayChange} />
    </div>
  );
}

/** Scrolls sideways so that a cell is clear of the handles, which stay. */
function bringAcross(scroller: HTMLElement, cell: Element): void {
  const box = cell.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  const left = frame.left + handleWidth;
  if (box.left < left) scroller.scrollLeft -= left - box.left;
  else if (box.right > frame.right && box.width < frame.width - handleWidth)
    scroller.scrollLeft += box.right - frame.right;
}
