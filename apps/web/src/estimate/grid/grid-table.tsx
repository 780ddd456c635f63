import { VisuallyHidden } from '@mantine/core';
import {
  type CSSProperties,
  type KeyboardEvent,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { useMayPrice, useView } from '../context.ts';
import { act } from './acts.ts';
import { keysOf } from './cell-input.tsx';
import { isNarrowed, totalWidth, tracksOf } from './column-layout.ts';
import { useGrid, useGridFocus, useGridPart, useGridPlace, useKeepUp } from './context.ts';
import frame from './grid.module.css';
import { GridBar } from './grid-bar.tsx';
import { GridRows } from './grid-rows.tsx';
import { HeaderRow } from './header-row.tsx';
import { keyAct } from './keys.ts';
import { Part } from './part.tsx';
import { PeerEdges } from './peer-edges.tsx';
import { RowMenu } from './row-menu.tsx';
import { handleWidth } from './row-places.ts';
import css from './table.module.css';
import { TotalsRow } from './totals-row.tsx';
import { useGridClipboard } from './use-clipboard.ts';
import { openMenu, useGridPointer } from './use-grid-pointer.ts';

/** The spreadsheet itself. */
export function GridTable() {
  const grid = useGrid();
  const mayChange = useMayPrice();
  // The sheet is made of these.
  useView((view) => view.sections);
  useGridPart((state) => state.collapsed);
  useGridPart((state) => state.changes);
  const layout = useGridPart((state) => state.layout);
  const sheet = grid.sheet();
  useKeepUp(grid, sheet);
  const scroller = useRef<HTMLDivElement>(null);
  const pointer = useGridPointer(scroller);
  const clipboard = useGridClipboard();
  const onKeyDown = useGridKeys();
  useFocusWatch(scroller);
  const standing = useStanding(scroller);
  const hint = useId();
  const widths = {
    '--tracks': tracksOf(layout, handleWidth),
    '--width': `${totalWidth(layout, handleWidth)}px`,
  } as CSSProperties;
  return (
    <div className={frame.table}>
      <GridBar mayChange={mayChange} />
      <VisuallyHidden id={hint}>
        Arrow keys move, F2 opens a cell, typing replaces it. Shift+F10 opens the menu of a line. Escape, then
        Tab leaves the grid.
      </VisuallyHidden>
      <Part
        ref={scroller}
        role="grid"
        className={css.grid}
        style={widths}
        data-scroller
        data-narrow={isNarrowed(layout) || undefined}
        aria-label="Lines of the estimate"
        aria-describedby={hint}
        aria-multiselectable
        aria-readonly={!mayChange}
        aria-rowcount={sheet.rows.length + 2}
        aria-colcount={sheet.columns.length + 1}
        onKeyDown={onKeyDown}
        {...pointer}
        {...clipboard}
      >
        <HeaderRow columns={sheet.columns} />
        {standing && <GridRows sheet={sheet} scroller={scroller} mayChange={mayChange} />}
        <TotalsRow index={sheet.rows.length} columns={sheet.columns} />
      </Part>
      <PeerEdges sheet={sheet} scroller={scroller} />
      <RowMenu mayChange={mayChange} />
    </div>
  );
}

/**
 * Whether the grid stands in the page: before that its rows could not be measured by it, and none would be drawn until something
 * else changes. Scrolled to where it was left when another tab was shown.
 */
function useStanding(scroller: { readonly current: HTMLElement | null }): boolean {
  const [standing, setStanding] = useState(false);
  const place = useGridPlace();
  useLayoutEffect(() => setStanding(true), []);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!standing || element === null) return;
    // Where somebody wants to see something, the rows have scrolled to it.
    if (element.scrollTop === 0) element.scrollTo({ top: place.top, left: place.left });
    return () => {
      place.top = element.scrollTop;
      place.left = element.scrollLeft;
    };
  }, [standing, scroller, place]);
  return standing;
}

/** Keys while no cell is open. */
function useGridKeys(): (event: KeyboardEvent) => void {
  const grid = useGrid();
  // After Escape with nothing left to give up, Tab is the browser's: the way out.
  const leaving = useRef(false);
  return (event) => {
    if (event.defaultPrevented || !(event.target as Element).matches('[data-grid-input]')) return;
    // What the field of an open cell leaves is the browser's: letters are erased there, the caret moves.
    if (grid.store.get().editing !== null) return;
    const what = keyAct({ ...keysOf(event), isComposing: event.nativeEvent.isComposing });
    if (what === null) return;
    if (what.act === 'menu') {
      const { selection } = grid.store.get();
      if (selection === null) return;
      event.preventDefault();
      // A menu that stands already closes itself by keys pressed elsewhere.
      event.stopPropagation();
      const box = (event.target as Element).getBoundingClientRect();
      openMenu(grid, selection.active.row, box.left, box.bottom, selection.active.column);
      return;
    }
    if (what.act === 'advance' && what.key === 'tab' && leaving.current) return;
    const done = act(grid, what);
    leaving.current = what.act === 'escape' && !done;
    // A key that could do nothing here does nothing else either, unless it leads out or is a letter.
    const free = !done && ['escape', 'advance', 'press'].includes(what.act);
    if (!free) event.preventDefault();
    if (done) event.stopPropagation();
  };
}

/** Follows the browser's focus, so that only a grid that has it hands it on from cell to cell. */
function useFocusWatch(scroller: { readonly current: HTMLElement | null }): void {
  const focus = useGridFocus();
  useEffect(() => {
    const watch = ({ target }: Event) => {
      focus.wanted = target instanceof Node && scroller.current?.contains(target) === true;
    };
    document.addEventListener('focusin', watch);
    document.addEventListener('pointerdown', watch);
    return () => {
      document.removeEventListener('focusin', watch);
      document.removeEventListener('pointerdown', watch);
    };
  }, [focus, scroller]);
}
