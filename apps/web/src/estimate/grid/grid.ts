import type { EstimateView, LineView } from '@tidemark/documents/estimate';
import type { Editor, Reader, Undo } from '@tidemark/documents/records';
import { type ColumnLayout, visibleColumns } from './column-layout.ts';
import type { ColumnName } from './columns.ts';
import type { GridState, GridStore } from './grid-store.ts';
import { type Place, type Selection, select } from './selection.ts';
import { type Sheet, sheetOf } from './sheet.ts';

/** One person at one grid: what all that is done in it takes. Knows no DOM. */
export interface Grid {
  readonly store: GridStore;
  readonly reader: Reader<EstimateView>;
  readonly editor: Editor;
  readonly undo: Undo;
  /** Whether lines can be changed at this moment; else why not. */
  mayChange(): boolean;
  whyNot(): 'locked' | 'rights';
  /** Rows and columns as they are now. The same object until one of them changes. */
  sheet(): Sheet;
  /** Rows that fit on the screen. */
  page: number;
}

export type GridParts = Omit<Grid, 'sheet' | 'page'>;

export function createGrid(parts: GridParts): Grid {
  let kept: {
    sections: EstimateView['sections'];
    collapsed: GridState['collapsed'];
    changes: GridState['changes'];
    columns: readonly ColumnName[];
    may: boolean;
    sheet: Sheet;
  } | null = null;
  const columns = keptColumns();
  return {
    ...parts,
    page: 20,
    sheet() {
      const { sections } = parts.reader.view();
      const { collapsed, layout, changes } = parts.store.get();
      const may = parts.mayChange();
      const shown = columns(layout);
      const same =
        kept?.sections === sections &&
        kept.collapsed === collapsed &&
        kept.changes === changes &&
        kept.columns === shown &&
        kept.may === may;
      if (kept === null || !same) {
        const gone = changes?.gone ?? null;
        const sheet = sheetOf(sections, { columns: shown, collapsed, mayChange: may, gone });
        kept = { sections, collapsed, changes, columns: shown, may, sheet };
      }
      return kept.sheet;
    },
  };
}

/** The same list as long as it names the same columns: rows are drawn anew by another one. */
function keptColumns(): (layout: ColumnLayout) => readonly ColumnName[] {
  let kept: readonly ColumnName[] = [];
  let of: ColumnLayout | null = null;
  return (layout) => {
    if (layout === of) return kept;
    of = layout;
    const now = visibleColumns(layout);
    if (now.join() !== kept.join()) kept = now;
    return kept;
  };
}

/** Chooses, and brings the active cell into sight. */
export function choose(grid: Grid, selection: Selection, show: Place = selection.active): void {
  grid.store.reveal = show;
  grid.store.set({ selection });
}

export function goTo(grid: Grid, row: string, column: ColumnName): void {
  choose(grid, select({ row, column }));
}

export function say(grid: Grid, text: string): void {
  grid.store.set({ said: { text } });
}

export function lineOf(grid: Grid, id: string): LineView | null {
  return grid.reader.view().lines.get(id) ?? null;
}

export function currencyOf(grid: Grid): string {
  return grid.reader.view().meta.currency;
}
