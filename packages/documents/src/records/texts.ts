import * as Y from 'yjs';
import type { KindSchema } from './schema.ts';

/** Texts that several people write in at once: roots of their own, named in the schema (`texts`), no registers. */

/** Under this name a text is a thing like a record: `{collection: 'texts', id: 'scope'}`. */
export const textCollection = 'texts';

/** One piece of a text replaced by another; where it lies, it says by what stands there and not by counting. */
export interface TextChange {
  readonly name: string;
  readonly removed: string;
  readonly inserted: string;
  readonly start: Y.RelativePosition;
  readonly end: Y.RelativePosition;
}

/** Null when this replica holds something else under its name. */
export function textRoot(doc: Y.Doc, name: string): Y.Text | null {
  const known = doc.share.get(name);
  if (known instanceof Y.Text) return known;
  // An untyped root (content arrived before anybody asked for it) becomes a text here; Yjs throws for other types.
  if (known !== undefined && known.constructor !== Y.AbstractType) return null;
  return doc.getText(name);
}

/** The texts of a kind as plain text, by name. Total: what is no text is ''. */
export function readTexts(doc: Y.Doc, schema: KindSchema): ReadonlyMap<string, string> {
  return new Map((schema.texts ?? []).map((name) => [name, textRoot(doc, name)?.toString() ?? '']));
}

/** Makes a text be `next` by the smallest change in one place, so that what others write elsewhere in it stands. */
export function writeText(doc: Y.Doc, name: string, next: string): TextChange | null {
  const text = textRoot(doc, name);
  if (text === null) return null;
  const before = text.toString();
  const { at, removed, inserted } = differenceOf(before, next.toWellFormed());
  if (removed === 0 && inserted === '') return null;
  return splice(text, name, at, before.slice(at, at + removed), inserted);
}

/** Takes a change back where what it wrote stands as it was written; null, with nothing done, where somebody has written in it. */
export function revertText(doc: Y.Doc, change: TextChange): TextChange | null {
  const text = textRoot(doc, change.name);
  const at = text === null ? null : placeOf(doc, text, change);
  return text === null || at === null ? null : splice(text, change.name, at, change.inserted, change.removed);
}

export function isRevertible(doc: Y.Doc, change: TextChange): boolean {
  const text = textRoot(doc, change.name);
  return text !== null && placeOf(doc, text, change) !== null;
}

function splice(text: Y.Text, name: string, at: number, removed: string, inserted: string): TextChange {
  if (removed !== '') text.delete(at, removed.length);
  if (inserted !== '') text.insert(at, inserted);
  // Bound to the first and the last character written, so that what others put right before or after is not within.
  const start = Y.createRelativePositionFromTypeIndex(text, at);
  const end = Y.createRelativePositionFromTypeIndex(text, at + inserted.length, inserted === '' ? 0 : -1);
  return { name, removed, inserted, start, end };
}

function placeOf(doc: Y.Doc, text: Y.Text, { start, end, inserted }: TextChange): number | null {
  const from = Y.createAbsolutePositionFromRelativePosition(start, doc);
  const to = Y.createAbsolutePositionFromRelativePosition(end, doc);
  if (from === null || to === null || from.type !== text || to.type !== text) return null;
  return text.toString().slice(from.index, to.index) === inserted ? from.index : null;
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
