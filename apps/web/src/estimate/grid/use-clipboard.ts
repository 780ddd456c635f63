import { calculate } from '@tidemark/estimating';
import { type ClipboardEvent, useMemo } from 'react';
import { act } from './acts.ts';
import { copyOf } from './clipboard-copy.ts';
import { incomingOf, paste } from './clipboard-paste.ts';
import { useGrid } from './context.ts';
import { type Grid, say } from './grid.ts';
import { removeChosen } from './line-acts.ts';

export interface GridClipboard {
  onCopy(event: ClipboardEvent): void;
  onCut(event: ClipboardEvent): void;
  onPaste(event: ClipboardEvent): void;
}

/** Copy, cut and paste of blocks, by the browser's own events. In an open cell they are about its text. */
export function useGridClipboard(): GridClipboard {
  const grid = useGrid();
  return useMemo(() => clipboardOf(grid), [grid]);
}

function clipboardOf(grid: Grid): GridClipboard {
  const meant = ({ target }: ClipboardEvent) =>
    grid.store.get().editing === null && target instanceof Element && target.matches('[data-grid-input]');
  const copy = (event: ClipboardEvent): boolean => {
    if (!meant(event)) return false;
    const copied = copyOf(grid, calculate(grid.reader.view()).amounts);
    if (copied === null) return false;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copied.text);
    event.clipboardData.setData('text/html', copied.html);
    return copied.lines > 0;
  };
  return {
    onCopy(event) {
      if (copy(event)) say(grid, 'Copied.');
    },
    onCut(event) {
      if (!copy(event) || !grid.mayChange()) return;
      if (grid.store.get().selection?.whole) removeChosen(grid);
      else act(grid, { act: 'clear' });
    },
    onPaste(event) {
      const { selection, pasting } = grid.store.get();
      if (!meant(event) || selection === null) return;
      event.preventDefault();
      const { clipboardData } = event;
      const incoming = incomingOf(clipboardData.getData('text/html'), clipboardData.getData('text/plain'));
      if (incoming === null || pasting !== null) return;
      void paste(grid, incoming, nextTask);
    },
  };
}

/** After the browser has drawn and others' edits have come in. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));
