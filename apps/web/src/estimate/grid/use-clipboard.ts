import { calculate } from '@tidemark/estimating';
import { type ClipboardEvent, useMemo } from 'react';
import { act } from './acts.ts';
import { copyOf } from './clipboard-copy.ts';
import { incomingOf, paste } from './clipboard-paste.ts';
import { useGrid } from './context.ts';
import { cutLines } from './cut.ts';
import { type Grid, say } from './grid.ts';

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
  const copy = (event: ClipboardEvent, cut: string | null = null): boolean => {
    if (!meant(event)) return false;
    const copied = copiedNow(grid, cut);
    if (copied === null) return false;
    event.preventDefault();
    event.clipboardData.setData('text/plain', copied.text);
    event.clipboardData.setData('text/html', copied.html);
    return copied.lines > 0;
  };
  return {
    onCopy(event) {
      if (copy(event)) sayCopied(grid);
    },
    onCut(event) {
      const token = crypto.randomUUID();
      if (copy(event, token)) cutChosen(grid, token);
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

const copiedNow = (grid: Grid, cut: string | null) =>
  copyOf(grid, calculate(grid.reader.view()).amounts, cut);

/** What was cut before is no longer what the clipboard holds. */
function sayCopied(grid: Grid): void {
  grid.store.set({ cut: null });
  say(grid, 'Copied.');
}

/** Whole lines are marked and move when they are pasted; cells are cleared. */
function cutChosen(grid: Grid, token: string): void {
  if (!grid.mayChange()) return;
  grid.store.set({ cut: null });
  if (grid.store.get().selection?.whole) cutLines(grid, token);
  else act(grid, { act: 'clear' });
}

/** By a menu, without an event of the browser. Rejects when the browser does not let the clipboard be written. */
export async function copyBy(grid: Grid, cut: boolean): Promise<void> {
  const token = cut ? crypto.randomUUID() : null;
  const copied = copiedNow(grid, token);
  if (copied === null) return;
  const blob = (type: string, content: string) => new Blob([content], { type });
  await navigator.clipboard.write([
    new ClipboardItem({
      'text/plain': blob('text/plain', copied.text),
      'text/html': blob('text/html', copied.html),
    }),
  ]);
  if (token !== null) cutChosen(grid, token);
  else sayCopied(grid);
}

/** Likewise; the browser may ask whether the page may read the clipboard. */
export async function pasteBy(grid: Grid): Promise<void> {
  const items = await navigator.clipboard.read();
  const textOf = async (type: string) => {
    const found = items.find(({ types }) => types.includes(type));
    return found === undefined ? '' : (await found.getType(type)).text();
  };
  const incoming = incomingOf(await textOf('text/html'), await textOf('text/plain'));
  if (incoming !== null && grid.store.get().pasting === null) await paste(grid, incoming, nextTask);
}

/** After the browser has drawn and others' edits have come in. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve));
