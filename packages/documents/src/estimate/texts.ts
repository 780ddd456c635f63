import * as Y from 'yjs';
import type { Editor, Origin } from '../records/editor.ts';
import { type TextName, textNames } from './schema.ts';

/** The texts of an estimate: `scope` (introduction of the proposal), `terms` and `notes` (internal). */

/** A text that several people write in at once; null when this replica holds something else under its name. */
export function textOf(doc: Y.Doc, name: TextName): Y.Text | null {
  const known = doc.share.get(name);
  if (known instanceof Y.Text) return known;
  // An untyped root (content arrived before anybody asked for it) becomes a text here; Yjs throws for other types.
  if (known !== undefined && known.constructor !== Y.AbstractType) return null;
  return doc.getText(name);
}

/** All three as plain text. */
export function readTexts(doc: Y.Doc): Readonly<Record<TextName, string>> {
  const [scope, terms, notes] = textNames.map((name) => textOf(doc, name)?.toString() ?? '');
  return { scope: scope ?? '', terms: terms ?? '', notes: notes ?? '' };
}

/** Makes a text be `next` by the smallest change in one place, so that what others write elsewhere in it stands. */
export function spliceText(editor: Editor, name: TextName, next: string): boolean {
  const text = textOf(editor.doc, name);
  if (text === null) return false;
  const splice = differenceOf(text.toString(), next.toWellFormed());
  if (splice.removed === 0 && splice.inserted === '') return false;
  const origin: Origin = { type: 'command', editor, userId: editor.userId, label: `Write ${name}` };
  editor.doc.transact(() => {
    if (splice.removed > 0) text.delete(splice.at, splice.removed);
    if (splice.inserted !== '') text.insert(splice.at, splice.inserted);
  }, origin);
  return true;
}

/** What lies between the common beginning and the common end of two texts; never half a surrogate pair. */
export function differenceOf(
  before: string,
  after: string,
): { readonly at: number; readonly removed: number; readonly inserted: string } {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head += 1;
  if (head > 0 && isHigh(before.charCodeAt(head - 1))) head -= 1;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  ) {
    tail += 1;
  }
  if (tail > 0 && isLow(before.charCodeAt(before.length - tail))) tail -= 1;
  return { at: head, removed: before.length - head - tail, inserted: after.slice(head, after.length - tail) };
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
