import { type Editor, newId } from '../records/editor.ts';
import { linesIn, placeAmong, standing } from './places.ts';
import { groupRegisters } from './schema.ts';
import { fitting, type Gesture, priced, put } from './write.ts';

/** Commands on sections. All of them answer false or null when the estimate is not a draft. */

/** Adds a section before another one, or last, and returns its id. */
export function addGroup(editor: Editor, name = '', before: string | null = null): string | null {
  const id = newId();
  const done = priced(editor, 'Add section', (write) => {
    const [o] = placeAmong(write, 'groups', standing(editor.doc, 'groups'), before, 1);
    write.create('groups', id, { ...fitting(groupRegisters, { name }), o });
  });
  return done ? id : null;
}

export function renameGroup(editor: Editor, id: string, name: string, gesture: Gesture = {}): boolean {
  return priced(
    editor,
    'Rename section',
    (write) => {
      if (write.exists('groups', id)) put(write, 'groups', id, groupRegisters, { name });
    },
    gesture,
  );
}

/** Puts a section with its lines before another one, or last. */
export function moveGroup(editor: Editor, id: string, before: string | null): boolean {
  if (before === id) return false;
  return priced(editor, 'Move section', (write) => {
    if (!write.exists('groups', id)) return;
    const others = standing(editor.doc, 'groups').filter((group) => group.id !== id);
    const [o] = placeAmong(write, 'groups', others, before, 1);
    write.set('groups', id, 'o', o);
  });
}

/**
 * Removes a section with the lines that it holds now, as one step. A line that somebody adds to it or moves into it
 * meanwhile is not among them and stands without a section.
 */
export function removeGroup(editor: Editor, id: string): boolean {
  return priced(editor, 'Remove section', (write) => {
    if (!write.exists('groups', id)) return;
    for (const line of linesIn(editor.doc, id)) write.remove('lines', line.id);
    write.remove('groups', id);
  });
}
