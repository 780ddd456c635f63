import type { KeyboardEvent } from 'react';
import { type DraftField, useDraft } from '../../editor/use-draft.ts';
import { useEstimate } from '../context.ts';

/** What a cell shows and how it is written. */
export interface CellValue {
  readonly value: string;
  readonly commit: (text: string) => void;
  /** Why a text can't stand, or null. */
  readonly problem?: ((text: string) => string | null) | undefined;
}

interface Cell {
  readonly field: DraftField;
  /** Something is typed that is not yet in the document. */
  readonly open: boolean;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * A field of a table: Enter writes it and lets the table go on, Escape takes back what was typed. What can't stand keeps the focus,
 * and the undo keys are the document's while nothing is typed.
 */
export function useCell({ value, commit, problem }: CellValue): Cell {
  const { undo } = useEstimate();
  const field = useDraft({ value, commit, problem });
  const open = field.text !== value || field.error !== null;
  return {
    field,
    open,
    onKeyDown(event) {
      if (event.nativeEvent.isComposing || event.defaultPrevented) return;
      const mod = event.ctrlKey || event.metaKey;
      const letter = event.key.toLowerCase();
      if (event.key === 'Enter' && !mod) {
        if (!field.settle()) event.preventDefault();
      } else if (event.key === 'Escape' && open) {
        event.preventDefault();
        event.stopPropagation();
        field.revert();
      } else if (mod && !event.altKey && !open && (letter === 'z' || letter === 'y')) {
        event.preventDefault();
        event.stopPropagation();
        if (letter === 'y' || event.shiftKey) undo.redo();
        else undo.undo();
      }
    },
  };
}
