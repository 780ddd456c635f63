import { IconChevronDown, IconChevronRight, IconDots, IconPlus } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconButton, SidePanel } from '@tidemark/ui';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useThreadCounts } from '../../conversation/context.ts';
import { useEstimation, useMayPrice, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { lineName } from './cell-text.ts';
import { ChangeTag } from './change-mark.tsx';
import { isGoneRow } from './changes.ts';
import { CommentMark } from './comment-mark.tsx';
import { useGrid, useGridPart, useKeepUp } from './context.ts';
import { goTo } from './grid.ts';
import { beginLine } from './line-acts.ts';
import { LineForm } from './line-form.tsx';
import css from './line-list.module.css';
import { RowMenu } from './row-menu.tsx';
import { beginSection, collapse } from './section-acts.ts';
import { SectionForm } from './section-form.tsx';
import type { Row } from './sheet.ts';
import { openMenu } from './use-grid-pointer.ts';

/** Pixels. */
const heights: Readonly<Record<Row['type'], number>> = {
  section: 52,
  line: 64,
  'add-line': 52,
  'add-section': 60,
};

/** The lines on a phone: two rows of text each; a touch opens one as a form. */
export function LineList() {
  const grid = useGrid();
  const mayChange = useMayPrice();
  useView((view) => view.sections);
  useGridPart((state) => state.collapsed);
  useGridPart((state) => state.changes);
  useGridPart((state) => state.layout);
  const sheet = grid.sheet();
  useKeepUp(grid, sheet);
  const scroller = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<string | null>(null);
  const virtual = useVirtualizer({
    count: sheet.rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[sheet.rows[index]?.type ?? 'line'],
    getItemKey: useCallback((index: number) => sheet.rows[index]?.key ?? index, [sheet]),
    overscan: 6,
    useFlushSync: false,
  });
  const selection = useGridPart((state) => state.selection);
  useLayoutEffect(() => {
    const { reveal } = grid.store;
    if (reveal === null || selection === null) return;
    grid.store.reveal = null;
    const index = sheet.indexes.get(reveal.row);
    if (index !== undefined) virtual.scrollToIndex(index, { align: 'auto' });
  }, [grid, selection, sheet, virtual]);

  // What was begun here is opened at once.
  const begun = useGridPart(({ editing }) => editing?.place.row ?? null);
  useLayoutEffect(() => {
    if (begun === null) return;
    grid.store.set({ editing: null, problem: null });
    setOpened(begun);
  }, [grid, begun]);

  const row = opened === null ? undefined : sheet.rows[sheet.indexes.get(opened) ?? -1];
  return (
    <div className={css.frame}>
      <div ref={scroller} className={css.list} data-scroller>
        <ul
          className={css.rows}
          style={{ height: virtual.getTotalSize() }}
          aria-label="Lines of the estimate"
        >
          {virtual.getVirtualItems().map(({ index, start }) => {
            const item = sheet.rows[index];
            return (
              item && (
                <li
                  key={item.key}
                  className={css.item}
                  style={{ top: start, height: heights[item.type] }}
                  aria-setsize={sheet.rows.length}
                  aria-posinset={index + 1}
                >
                  <Item row={item} mayChange={mayChange} onOpen={setOpened} />
                </li>
              )
            );
          })}
        </ul>
      </div>
      <SidePanel
        title={row?.type === 'line' ? lineName(row.line, row.number) : 'Section'}
        opened={row?.type === 'line' || row?.type === 'section'}
        onClose={() => setOpened(null)}
      >
        {row?.type === 'line' && <LineForm key={row.key} row={row} mayChange={mayChange} />}
        {row?.type === 'section' && (
          <SectionForm key={row.key} row={row} mayChange={mayChange} onDone={() => setOpened(null)} />
        )}
      </SidePanel>
      <RowMenu mayChange={mayChange} />
    </div>
  );
}

interface ItemProps {
  row: Row;
  mayChange: boolean;
  onOpen: (key: string) => void;
}

function Item({ row, mayChange, onOpen }: ItemProps) {
  const grid = useGrid();
  if (row.type === 'line') return <LineItem row={row} onOpen={onOpen} />;
  if (row.type === 'section') return <SectionItem row={row} mayChange={mayChange} onOpen={onOpen} />;
  const line = row.type === 'add-line';
  return (
    <button
      type="button"
      className={css.add}
      data-section={!line || undefined}
      onClick={() => (line ? beginLine(grid, row.group) : beginSection(grid))}
    >
      <IconPlus size={16} stroke={2} aria-hidden />
      {line ? 'Add a line' : 'Add a section'}
    </button>
  );
}

function LineItem({ row, onOpen }: { row: Extract<Row, { type: 'line' }>; onOpen: (key: string) => void }) {
  const grid = useGrid();
  const format = useFormat();
  const change = useGridPart(({ changes }) => changes?.rows.get(row.key));
  const gone = isGoneRow(change);
  const now = useEstimation().amounts.get(row.key) ?? 0;
  const amount = gone ? (change?.amount ?? 0) : now;
  const comments = useThreadCounts().get(row.key);
  const { line, number } = row;
  const name = lineName(line, number);
  const parts = [
    line.code,
    `${format.quantity(line.qty)} ${line.unit}`.trim(),
    `× ${format.unitCost(line.unitCost)}`,
  ];
  if (line.wasteBp !== 0) parts.push(`+ ${format.rate(line.wasteBp)}`);
  return (
    <div className={css.line} data-optional={line.optional || undefined} data-gone={gone || undefined}>
      <button
        type="button"
        className={css.open}
        onClick={() => {
          goTo(grid, row.key, 'name');
          onOpen(row.key);
        }}
      >
        <span className={css.name} data-untitled={line.name === '' || undefined}>
          {name}
        </span>
        <span className={css.amount}>{format.amount(amount)}</span>
        <span className={css.details}>{parts.filter(Boolean).join('  ')}</span>
        {line.optional && !change && <span className={css.tag}>Optional</span>}
        {change && <ChangeTag change={change} />}
      </button>
      {comments && <CommentMark id={row.key} name={name} count={comments} />}
      <More row={row.key} name={name} />
    </div>
  );
}

function SectionItem({ row, mayChange, onOpen }: ItemProps & { row: Extract<Row, { type: 'section' }> }) {
  const grid = useGrid();
  const format = useFormat();
  const change = useGridPart(({ changes }) => changes?.rows.get(row.key));
  const gone = isGoneRow(change);
  const now = useEstimation().sections.get(row.group)?.subtotal ?? 0;
  const sum = gone ? (change?.amount ?? 0) : now;
  const folded = useGridPart(({ collapsed }) => collapsed.has(row.key));
  const { group } = row.section;
  const name = group === null ? 'Without a section' : group.name || 'Untitled section';
  return (
    <div className={css.section} data-gone={gone || undefined}>
      <button
        type="button"
        className={css.fold}
        aria-label={`${folded ? 'Show' : 'Hide'} the lines of ${name}`}
        aria-expanded={!folded}
        onClick={() => collapse(grid, row.key, !folded)}
      >
        {folded ? <IconChevronRight size={18} aria-hidden /> : <IconChevronDown size={18} aria-hidden />}
      </button>
      <button
        type="button"
        className={css.title}
        disabled={!mayChange || group === null}
        onClick={() => onOpen(row.key)}
      >
        {name}
      </button>
      {change && <ChangeTag change={change} />}
      <span className={css.subtotal}>{format.amount(sum)}</span>
      <More row={row.key} name={name} />
    </div>
  );
}

function More({ row, name }: { row: string; name: string }) {
  const grid = useGrid();
  return (
    <IconButton
      label={`Actions for ${name}`}
      size={44}
      aria-haspopup="menu"
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        openMenu(grid, row, box.left, box.bottom, 'name');
      }}
    >
      <IconDots size={18} stroke={1.8} />
    </IconButton>
  );
}
