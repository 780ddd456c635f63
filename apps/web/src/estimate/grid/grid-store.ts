import type { GridChanges } from './changes.ts';
import { type ColumnLayout, plainLayout } from './column-layout.ts';
import type { Cut } from './cut.ts';
import type { Dragged } from './drag.ts';
import type { Flash, Somebody } from './others.ts';
import type { PasteReport } from './paste-report.ts';
import type { Place, Selection } from './selection.ts';

/** An open cell. What is typed lives in its field, and in `draft` of the store. */
export interface Editing {
  readonly place: Place;
  /** Begun by typing over the cell, and not by opening it. */
  readonly over: boolean;
  /** What the field begins with; null when the browser has typed into it already. */
  readonly begin: string | null;
}

/** What was typed and could not be read: it stays in its cell until it is mended or given up, and is not in the document. */
export interface Refused {
  readonly text: string;
  readonly problem: string;
}

/** What was typed into a cell that was taken away meanwhile. */
export interface LostEdit {
  readonly text: string;
  readonly why: 'removed' | 'locked' | 'rights';
  /** Who removed the line, as far as anybody knows. */
  readonly by?: string | null;
}

/** What was done to the open cell, or to its line, from another screen. */
export interface Theirs {
  readonly place: Place;
  readonly by: Somebody | null;
  readonly what: 'changed' | 'moved';
}

export interface MenuAt {
  readonly row: string;
  /** Pixels in the window. */
  readonly x: number;
  readonly y: number;
}

export interface GridState {
  readonly selection: Selection | null;
  readonly editing: Editing | null;
  /** Why the open cell could not be written. */
  readonly problem: string | null;
  /** By `placeKey`. */
  readonly refused: ReadonlyMap<string, Refused>;
  /** Keys of section rows whose lines are out of sight. */
  readonly collapsed: ReadonlySet<string>;
  readonly lost: LostEdit | null;
  readonly menu: MenuAt | null;
  /** Rows in the hand, and the row at whose upper edge they would fall. */
  readonly drag: { readonly dragged: Dragged; readonly mark: number } | null;
  /** Lines that wait to be pasted elsewhere. */
  readonly cut: Cut | null;
  /** What others have just changed, to be shown for a moment. */
  readonly flashes: ReadonlyMap<string, Flash>;
  /** What somebody else has done to the open cell, until it is decided about. */
  readonly theirs: Theirs | null;
  readonly layout: ColumnLayout;
  /** What differs from the moment with which this one is compared; null: it is compared with none. */
  readonly changes: GridChanges | null;
  /** How much of a long block that is pasted has been read, from 0 to 1; null: none is. */
  readonly pasting: number | null;
  /** What the last pasted block left out. */
  readonly pasted: PasteReport | null;
  /** The last thing to say aloud; a new object is a new thing. */
  readonly said: { readonly text: string } | null;
}

/** What this screen alone knows of the grid. Cells listen to the part that concerns them. */
export interface GridStore {
  get(): GridState;
  set(part: Partial<GridState>): void;
  subscribe(listener: () => void): () => void;
  /** What stands in the field of the open cell; changes with every letter and tells nobody. */
  draft: string;
  /** Where a chosen place is brought into sight, since the last render asked. */
  reveal: Place | null;
  /** Who took away the line of the open cell. */
  remover: { readonly row: string; readonly name: string | null } | null;
}

export function createGridStore(layout: ColumnLayout = plainLayout): GridStore {
  const listeners = new Set<() => void>();
  let state: GridState = {
    selection: null,
    editing: null,
    problem: null,
    refused: new Map(),
    collapsed: new Set(),
    lost: null,
    menu: null,
    drag: null,
    cut: null,
    flashes: new Map(),
    theirs: null,
    layout,
    changes: null,
    pasting: null,
    pasted: null,
    said: null,
  };
  return {
    get: () => state,
    set(part) {
      state = { ...state, ...part };
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    draft: '',
    reveal: null,
    remover: null,
  };
}

export const placeKey = ({ row, column }: Place): string => `${row} ${column}`;
