import type { EstimateView, LineView } from '@tidemark/documents/estimate';
import type { Editor, Reader, Undo } from '@tidemark/documents/records';
import { visibleColumns } from './column-layout.ts';
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
    state: Pick<GridState, 'collapsed' | 'layout' | 'changes'>;
    may: boolean;
    sheet: Sheet;
  } | null = null;
  return {
    ...parts,
    page: 20,
    sheet() {
      const { sections } = parts.reader.view();
      const { collapsed, layout, changes } = parts.store.get();
      const may = parts.mayChange();
      const same =
        kept?.sections === sections &&
        kept.state.collapsed === collapsed &&
        kept.state.layout === layout &&
        kept.state.changes === changes &&
        kept.may === may;
      if (kept === null || !same) {
        const columns = visibleColumns(layout);
        kept = {
          sections,
          state: { collapsed, layout, changes },
          may,
          sheet: sheetOf(sections, { columns, collapsed, mayChange: may, gone: changes?.gone ?? null }),
        };
      }
      return kept.sheet;
    },
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
