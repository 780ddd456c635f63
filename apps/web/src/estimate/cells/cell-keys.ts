import type { KeyboardEvent } from 'react';

/** Fields and switches that the arrow keys lead to; `data-cell` says in which column. */
const cells = '[data-cell]:not(:disabled)';

/**
 * Arrows and Enter in a table of fields, as in a spreadsheet: up and down within a column, left and right while the whole text is
 * chosen or the caret stands at that end. Call it where the table is, in the bubbling phase: a field that keeps its key has prevented it.
 */
export function walkCells(event: KeyboardEvent<HTMLElement>): void {
  if (
    event.defaultPrevented ||
    event.nativeEvent.isComposing ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey
  )
    return;
  const { target } = event;
  if (!(target instanceof HTMLElement) || target.dataset.cell === undefined) return;
  const next = nextCell(event.currentTarget, target, event.key, event.shiftKey);
  if (next === null) return;
  event.preventDefault();
  next.focus();
}

function nextCell(table: HTMLElement, from: HTMLElement, key: string, shift: boolean): HTMLElement | null {
  switch (key) {
    case 'ArrowUp':
      return shift || keepsArrows(from) ? null : inColumn(table, from, -1);
    case 'ArrowDown':
      return shift || keepsArrows(from) ? null : inColumn(table, from, 1);
    case 'Enter':
      return from instanceof HTMLInputElement && from.type !== 'checkbox'
        ? inColumn(table, from, shift ? -1 : 1)
        : null;
    case 'ArrowLeft':
      return shift || !isAtEnd(from, 'start') ? null : inRow(from, -1);
    case 'ArrowRight':
      return shift || !isAtEnd(from, 'end') ? null : inRow(from, 1);
    default:
      return null;
  }
}

/** A list of suggestions is open, or the arrows change what is chosen. */
function keepsArrows(cell: HTMLElement): boolean {
  return (
    cell.dataset.expanded !== undefined ||
    cell instanceof HTMLSelectElement ||
    (cell instanceof HTMLInputElement && cell.type === 'date')
  );
}

function inColumn(table: HTMLElement, from: HTMLElement, step: 1 | -1): HTMLElement | null {
  const all = [...table.querySelectorAll<HTMLElement>(cells)];
  const column = all.filter((cell) => cell.dataset.cell === from.dataset.cell);
  return column[column.indexOf(from) + step] ?? null;
}

function inRow(from: HTMLElement, step: 1 | -1): HTMLElement | null {
  const row = [...(from.closest('tr')?.querySelectorAll<HTMLElement>(cells) ?? [])];
  return row[row.indexOf(from) + step] ?? null;
}

function isAtEnd(cell: HTMLElement, end: 'start' | 'end'): boolean {
  if (!(cell instanceof HTMLInputElement)) return !(cell instanceof HTMLSelectElement);
  if (cell.type !== 'text') return cell.type === 'checkbox';
  const { selectionStart, selectionEnd, value } = cell;
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  return end === 'start' ? selectionEnd === 0 : selectionStart === value.length;
}
