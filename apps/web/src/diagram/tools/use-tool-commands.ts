import { useEffect, useMemo } from 'react';
import { type Command, useCommands } from '../../shell/commands.ts';
import { useTools } from './context.ts';
import { duplicate } from './duplicate.ts';
import { service } from './services.ts';

/** The tools' lines in the command palette, and search by its key wherever the focus is. */
export function useToolCommands(openSearch: () => void): void {
  const { canvas, mayEdit } = useTools();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (!mod || event.altKey || event.shiftKey || event.key.toLowerCase() !== 'f') return;
      if (document.querySelector('[role="dialog"][aria-modal="true"]')) return;
      event.preventDefault();
      openSearch();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [openSearch]);

  useCommands(
    useMemo((): Command[] => {
      const group = 'This diagram';
      const looking: Command[] = [
        { id: 'find', label: 'Search the diagram', group, keys: 'Mod+F', run: openSearch },
        {
          id: 'overview',
          label: 'Show or hide the overview',
          group,
          keywords: 'minimap',
          run: () => service(canvas, 'minimap').toggle(),
        },
      ];
      if (!mayEdit) return looking;
      const tool = (name: 'handTool' | 'lassoTool' | 'spaceTool' | 'globalConnect') => () =>
        service(canvas, name).toggle();
      return [
        ...looking,
        {
          id: 'duplicate',
          label: 'Duplicate what is selected',
          group,
          keys: 'Mod+D',
          run: () => void duplicate(canvas, service(canvas, 'selection').get()),
        },
        { id: 'hand', label: 'Move the paper', group, keys: 'H', run: tool('handTool') },
        { id: 'lasso', label: 'Select with a frame', group, keys: 'L', run: tool('lassoTool') },
        { id: 'space', label: 'Make or take room', group, keys: 'S', run: tool('spaceTool') },
        { id: 'connect', label: 'Connect', group, keys: 'C', run: tool('globalConnect') },
      ];
    }, [canvas, mayEdit, openSearch]),
  );
}
