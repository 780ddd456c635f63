import { useEffect, useMemo } from 'react';
import { useMayEdit } from '../editor/rights.ts';
import { useSave } from '../editor/use-save.ts';
import { ask as askOfHistory } from '../history/door.ts';
import { type Command, useCommands } from '../shell/commands.ts';
import { isTyping } from '../shell/typing.ts';
import { useDesk, useEstimate, useLocked } from './context.ts';
import { panels } from './panels.ts';
import { ask } from './versions/version-door.ts';
import { views } from './views.ts';

/** The editor's shortcuts, and its lines in the command palette. */
export function useEstimateKeys(): void {
  const { undo } = useEstimate();
  const { look } = useDesk();
  const mayEdit = useMayEdit();
  const save = useSave();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      const letter = event.key.toLowerCase();
      if (mod && letter === 's') {
        event.preventDefault();
        save();
        return;
      }
      if (event.altKey && !mod && !event.shiftKey) {
        // By the place of the key: with Alt, a Mac types another character.
        const part = views[Number(/^Digit([1-9])$/.exec(event.code)?.[1]) - 1];
        if (!part) return;
        event.preventDefault();
        look(part.name);
        return;
      }
      // What the grid has taken is done; a field undoes its own typing.
      if (event.defaultPrevented || isTyping(event.target) || event.altKey) return;
      if (mod && mayEdit && (letter === 'z' || letter === 'y')) {
        event.preventDefault();
        if (letter === 'y' || event.shiftKey) undo.redo();
        else undo.undo();
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [undo, look, mayEdit, save]);
  useEstimateCommands(mayEdit, save);
}

function useEstimateCommands(mayEdit: boolean, save: () => void): void {
  const { undo } = useEstimate();
  const { look, open } = useDesk();
  const locked = useLocked();
  useCommands(
    useMemo((): Command[] => {
      const group = 'This estimate';
      const seeing: Command[] = [
        ...views.map(
          ({ name, label }, at): Command => ({
            id: `view-${name}`,
            label: `Go to ${label}`,
            group,
            keys: `Alt+${at + 1}`,
            keywords: 'tab view',
            run: () => look(name),
          }),
        ),
        ...panels.map(
          ({ name, label }): Command => ({
            id: `panel-${name}`,
            label,
            group,
            keywords: 'panel',
            run: () => open(name),
          }),
        ),
      ];
      if (!mayEdit) return seeing;
      return [
        { id: 'undo', label: 'Undo', group, keys: 'Mod+Z', run: () => void undo.undo() },
        { id: 'redo', label: 'Redo', group, keys: 'Mod+Shift+Z', run: () => void undo.redo() },
        { id: 'save', label: 'Save now', group, keys: 'Mod+S', run: save },
        {
          id: 'name-version',
          label: 'Name this version',
          group,
          keywords: 'keep freeze history save as',
          run: () => askOfHistory({ is: 'name', lsn: null }),
        },
        ...(locked
          ? []
          : [
              {
                id: 'submit',
                label: 'Submit the estimate',
                group,
                keywords: 'status freeze send bid',
                run: () => ask({ is: 'submit' }),
              },
            ]),
        ...seeing,
      ];
    }, [undo, look, open, mayEdit, locked, save]),
  );
}
