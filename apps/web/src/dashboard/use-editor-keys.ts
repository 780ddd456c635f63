import { useEffect, useMemo } from 'react';
import { useMayEdit } from '../editor/rights.ts';
import { useSave } from '../editor/use-save.ts';
import { type Command, useCommands } from '../shell/commands.ts';
import { isTyping } from '../shell/typing.ts';
import { useDashboard } from './context.ts';
import type { Desk } from './desk.ts';

/** The editor's shortcuts, and its lines in the command palette. */
export function useEditorKeys(desk: Desk): void {
  const { undo } = useDashboard();
  const mayEdit = useMayEdit();
  const save = useSave();

  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      const letter = event.key.toLowerCase();
      if (mod && letter === 's') {
        event.preventDefault();
        save();
        return;
      }
      if (isTyping(event.target) || event.altKey) return;
      if (mod && mayEdit && (letter === 'z' || letter === 'y')) {
        event.preventDefault();
        if (letter === 'y' || event.shiftKey) undo.redo();
        else undo.undo();
      } else if (!mod && letter === 'f') {
        desk.showFilters(!desk.filtersOpen);
      } else if (!mod && mayEdit && letter === 'a') {
        event.preventDefault();
        desk.showAdding(true);
      }
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [undo, mayEdit, save, desk]);

  useCommands(
    useMemo((): Command[] => {
      const group = 'This dashboard';
      const looking: Command[] = [
        {
          id: 'history',
          label: 'History',
          group,
          keywords: 'versions past time restore who',
          run: () => desk.open('history'),
        },
        {
          id: 'filters',
          label: desk.filtersOpen ? 'Hide filters' : 'Show filters',
          group,
          keys: 'F',
          run: () => desk.showFilters(!desk.filtersOpen),
        },
      ];
      if (!mayEdit) return looking;
      return [
        { id: 'add', label: 'Add chart', group, keys: 'A', run: () => desk.showAdding(true) },
        {
          id: 'data',
          label: 'Data',
          group,
          keywords: 'dataset csv upload columns',
          run: () => desk.open('data'),
        },
        {
          id: 'look',
          label: 'Appearance',
          group,
          keywords: 'theme palette colours density',
          run: () => desk.open('look'),
        },
        { id: 'hidden', label: 'Hidden charts', group, run: () => desk.open('hidden') },
        { id: 'save', label: 'Save now', group, keys: 'Mod+S', run: save },
        { id: 'undo', label: 'Undo', group, keys: 'Mod+Z', run: () => void undo.undo() },
        { id: 'redo', label: 'Redo', group, keys: 'Mod+Shift+Z', run: () => void undo.redo() },
        ...looking,
      ];
    }, [desk, mayEdit, save, undo]),
  );
}
