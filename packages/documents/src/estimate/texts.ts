import type * as Y from 'yjs';
import type { Editor, Origin } from '../records/editor.ts';
import { textRoot, writeText } from '../records/texts.ts';
import { type TextName, textNames } from './schema.ts';

/** The texts of an estimate: `scope` (introduction of the proposal), `terms` and `notes` (internal). */

/** A text that several people write in at once; null when this replica holds something else under its name. */
export function textOf(doc: Y.Doc, name: TextName): Y.Text | null {
  return textRoot(doc, name);
}

/** All three as plain text. */
export function readTexts(doc: Y.Doc): Readonly<Record<TextName, string>> {
  const [scope, terms, notes] = textNames.map((name) => textOf(doc, name)?.toString() ?? '');
  return { scope: scope ?? '', terms: terms ?? '', notes: notes ?? '' };
}

/** Makes a text be `next` by the smallest change in one place, so that what others write elsewhere in it stands. */
export function spliceText(editor: Editor, name: TextName, next: string): boolean {
  const origin: Origin = { type: 'command', editor, userId: editor.userId, label: `Write ${name}` };
  return editor.doc.transact(() => writeText(editor.doc, name, next) !== null, origin);
}
