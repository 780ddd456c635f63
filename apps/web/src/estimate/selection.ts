/** A cell of the grid: a line, or a section where its own row is meant, and the name of a column. */
export interface Cell {
  readonly line: string;
  readonly column: string;
}

/** A block of cells: where it was begun, and the cell that keys act on. The same cell when only one is chosen. */
export interface Range {
  readonly anchor: Cell;
  readonly focus: Cell;
}

/** What is chosen in the grid on this screen. */
export interface Selection {
  /** The same object until it changes; null when nothing is chosen. */
  get(): Range | null;
  set(range: Range | null): void;
  subscribe(listener: () => void): () => void;
}

export function createSelection(): Selection {
  const listeners = new Set<() => void>();
  let range: Range | null = null;
  return {
    get: () => range,
    set(next) {
      if (next === range || (next !== null && range !== null && sameRange(next, range))) return;
      range = next;
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const sameCell = (a: Cell, b: Cell): boolean => a.line === b.line && a.column === b.column;
const sameRange = (a: Range, b: Range): boolean => sameCell(a.anchor, b.anchor) && sameCell(a.focus, b.focus);
