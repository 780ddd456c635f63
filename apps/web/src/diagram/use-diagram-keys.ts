import { useEffect, useMemo } from 'react';
import { useMayEdit } from '../editor/rights.ts';
import { useSave } from '../editor/use-save.ts';
import { type Command, useCommands } from '../shell/commands.ts';
import { isTyping } from '../shell/typing.ts';
import { lookByKey } from './canvas/look-keys.ts';
import { service } from './canvas/services.ts';
import { showAll, zoomBy, zoomTo } from './canvas/zoom.ts';
import { type Diagram, useDesk, useDiagram } from './context.ts';
import { panels } from './panels.ts';

/** The editor's shortcuts, and its lines in the command palette. */
export function useDiagramKeys(): void {
  const diagram = useDiagram();
  const mayEdit = useMayEdit();
  const save = useSave();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const mod = event.ctrlKey || event.metaKey;
      if (mod && event.key.toLowerCase() === 's') {
        event.preventDefault();
        save();
        return;
      }
      // What the canvas has taken when it had the focus is done.
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (lookByKey(event, diagram.canvas) || (mayEdit && passOn(event, diagram))) event.preventDefault();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [diagram, mayEdit, save]);
  useDiagramCommands(diagram, mayEdit, save);
}

/**
 * Keys pressed where nothing takes them go to the canvas: after a click on the toolbar, Delete still removes what is
 * selected. Panels keep their own, but for undo.
 */
function passOn(event: KeyboardEvent, { canvas, undo }: Diagram): boolean {
  const { target } = event;
  if (canvas === null || !(target instanceof Element)) return false;
  const mod = event.ctrlKey || event.metaKey;
  const letter = event.key.toLowerCase();
  if (mod && (letter === 'z' || letter === 'y')) {
    if (letter === 'y' || event.shiftKey) undo.redo();
    else undo.undo();
    return true;
  }
  if (target.closest('aside, .djs-container')) return false;
  if (event.key === 'Tab' || target.closest('button, a') !== null) {
    // Enter and space press the button that has the focus, arrows walk through menus.
    if (!mod && !['Delete', 'Backspace'].includes(event.key) && event.key.length > 1) return false;
    if (event.key === ' ' || event.key === 'Tab') return false;
  }
  return service(canvas, 'eventBus').fire('keyboard.keydown', { keyEvent: event }) === true;
}

function useDiagramCommands(diagram: Diagram, mayEdit: boolean, save: () => void): void {
  const desk = useDesk();
  const { canvas, undo } = diagram;
  useCommands(
    useMemo((): Command[] => {
      if (canvas === null) return [];
      const group = 'This diagram';
      const seeing: Command[] = [
        {
          id: 'fit',
          label: 'Show all of it',
          group,
          keys: '1',
          keywords: 'zoom fit',
          run: () => showAll(canvas),
        },
        { id: 'zoom-in', label: 'Zoom in', group, keys: 'Mod+Plus', run: () => zoomBy(canvas, 1) },
        { id: 'zoom-out', label: 'Zoom out', group, keys: 'Mod+Minus', run: () => zoomBy(canvas, -1) },
        { id: 'zoom-100', label: 'Zoom to 100 %', group, keys: 'Mod+0', run: () => zoomTo(canvas, 1) },
        ...panels.map(
          ({ name, label }): Command => ({
            id: `panel-${name}`,
            label,
            group,
            keywords: 'panel',
            run: () => desk.open(name),
          }),
        ),
      ];
      if (!mayEdit) return seeing;
      const act = (action: string) => () => {
        service(canvas, 'canvas').focus();
        service(canvas, 'editorActions').trigger(action);
      };
      return [
        { id: 'append', label: 'Add or append an element', group, keys: 'A', run: act('appendElement') },
        { id: 'all', label: 'Select all', group, keys: 'Mod+A', run: act('selectElements') },
        { id: 'undo', label: 'Undo', group, keys: 'Mod+Z', run: () => void undo.undo() },
        { id: 'redo', label: 'Redo', group, keys: 'Mod+Shift+Z', run: () => void undo.redo() },
        { id: 'save', label: 'Save now', group, keys: 'Mod+S', run: save },
        ...seeing,
      ];
    }, [canvas, undo, desk, mayEdit, save]),
  );
}
