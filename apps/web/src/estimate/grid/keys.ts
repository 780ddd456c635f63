import type { Direction, Move } from './moves.ts';

/** What a key does, told apart from doing it. */
export type KeyAct =
  | { readonly act: 'move'; readonly move: Move; readonly reach: boolean }
  | { readonly act: 'advance'; readonly key: 'tab' | 'enter'; readonly back: boolean }
  /** Opens the cell as it is, the caret behind the last letter. */
  | { readonly act: 'edit' }
  | { readonly act: 'clear' }
  /** Writes the active cell into all that are chosen. */
  | { readonly act: 'fill-block' }
  /** Writes what stands above, or to the left, into the rest of the block. */
  | { readonly act: 'fill'; readonly direction: 'down' | 'right' }
  | { readonly act: 'escape' }
  /** Space: folds a section, begins a line; in a line it is a letter. */
  | { readonly act: 'press' }
  | { readonly act: 'select-all' }
  | { readonly act: 'select-rows' }
  | { readonly act: 'select-columns' }
  | { readonly act: 'insert-line' }
  | { readonly act: 'remove-lines' }
  | { readonly act: 'move-lines'; readonly direction: 'up' | 'down' }
  | { readonly act: 'widen'; readonly by: number }
  | { readonly act: 'menu' }
  | { readonly act: 'undo' }
  | { readonly act: 'redo' };

/** The parts of a KeyboardEvent that matter. */
export interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  /** The key belongs to a character that is still being composed. */
  readonly isComposing: boolean;
}

const arrows: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
};

/** Pixels by which a key widens a column. */
const widening = 16;

/** What a key does while no cell is open; null leaves it to the browser, which types into the cell, copies, or scrolls. */
export function keyAct(press: Press): KeyAct | null {
  const { key, shiftKey: shift, altKey: alt } = press;
  if (press.isComposing) return null;
  const mod = press.ctrlKey || press.metaKey;
  const arrow = arrows[key];
  if (arrow !== undefined) return arrowAct(arrow, mod, shift, alt);
  if (alt) return null;
  if (mod) return modAct(press);
  switch (key) {
    case 'Tab':
      return { act: 'advance', key: 'tab', back: shift };
    case 'Enter':
      return { act: 'advance', key: 'enter', back: shift };
    case 'Home':
    case 'End':
      return {
        act: 'move',
        move: { by: 'row-edge', direction: key === 'Home' ? 'left' : 'right' },
        reach: shift,
      };
    case 'PageUp':
    case 'PageDown':
      return { act: 'move', move: { by: 'page', direction: key === 'PageUp' ? 'up' : 'down' }, reach: shift };
    case 'Delete':
    case 'Backspace':
      return { act: 'clear' };
    case 'F2':
      return { act: 'edit' };
    case 'Escape':
      return { act: 'escape' };
    case 'ContextMenu':
      return { act: 'menu' };
    case 'F10':
      return shift ? { act: 'menu' } : null;
    case ' ':
      return { act: shift ? 'select-rows' : 'press' };
    default:
      return null;
  }
}

function arrowAct(direction: Direction, mod: boolean, shift: boolean, alt: boolean): KeyAct | null {
  if (alt && shift && !mod) {
    if (direction === 'up' || direction === 'down') return { act: 'move-lines', direction };
    return { act: 'widen', by: direction === 'right' ? widening : -widening };
  }
  // Alt with an arrow down opens the choices of a cell, as it does in a list.
  if (alt) return direction === 'down' && !mod && !shift ? { act: 'edit' } : null;
  return { act: 'move', move: { by: mod ? 'jump' : 'step', direction }, reach: shift };
}

function modAct({ key, shiftKey: shift }: Press): KeyAct | null {
  switch (key) {
    case 'Home':
    case 'End':
      return { act: 'move', move: { by: 'end', direction: key === 'Home' ? 'up' : 'down' }, reach: shift };
    case 'Enter':
      return { act: 'fill-block' };
    case ' ':
      return { act: 'select-columns' };
    // With Shift on most keyboards, without it on a number pad. "=" stays with the browser, which zooms.
    case '+':
      return { act: 'insert-line' };
    case '-':
      return { act: 'remove-lines' };
  }
  switch (key.toLowerCase()) {
    case 'a':
      return { act: 'select-all' };
    case 'z':
      return { act: shift ? 'redo' : 'undo' };
    case 'y':
      return { act: 'redo' };
    case 'd':
      return shift ? null : { act: 'fill', direction: 'down' };
    // With Shift the browser loads the page anew, past its store.
    case 'r':
      return shift ? null : { act: 'fill', direction: 'right' };
    default:
      return null;
  }
}

/** What a key does in an open cell. */
export type EditAct =
  | { readonly act: 'cancel' }
  | {
      readonly act: 'commit';
      readonly onward: { readonly key: 'tab' | 'enter'; readonly back: boolean } | Direction;
    }
  | { readonly act: 'commit-block' }
  | { readonly act: 'choose'; readonly step: 1 | -1 };

export interface Typing {
  /** Begun by typing over the cell: arrows leave it. Opened by F2 or a double click they move the caret. */
  readonly over: boolean;
  /** Suggestions are shown. */
  readonly choosing: boolean;
}

export function editAct(press: Press, { over, choosing }: Typing): EditAct | null {
  const { key, shiftKey: back, altKey: alt } = press;
  // Enter and Escape end the composition, not the edit.
  if (press.isComposing) return null;
  const mod = press.ctrlKey || press.metaKey;
  if (key === 'Enter')
    return mod ? { act: 'commit-block' } : alt ? null : { act: 'commit', onward: { key: 'enter', back } };
  if (mod || alt) return null;
  if (key === 'Escape') return { act: 'cancel' };
  if (key === 'Tab') return { act: 'commit', onward: { key: 'tab', back } };
  const arrow = arrows[key];
  if (arrow === undefined || back) return null;
  if (choosing && (arrow === 'up' || arrow === 'down'))
    return { act: 'choose', step: arrow === 'down' ? 1 : -1 };
  return over ? { act: 'commit', onward: arrow } : null;
}
