import * as Y from 'yjs';
import { type Chance, chanceOf } from './chance.ts';

/** The shared types that everybody edits. */
export function typesOf(doc: Y.Doc) {
  return {
    text: doc.getText('text'),
    map: doc.getMap<unknown>('map'),
    list: doc.getArray<unknown>('list'),
    records: doc.getMap<Y.Map<unknown>>('records'),
  };
}

/** What a document says, for comparison. */
export function contentOf(doc: Y.Doc): string {
  const { text, map, list, records } = typesOf(doc);
  return JSON.stringify([text.toDelta(), map.toJSON(), list.toJSON(), records.toJSON()], sorted);
}

/** The order of a map's keys is nobody's business. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** One gesture: one transaction. The same salt on the same replica does the same. */
export function edit(doc: Y.Doc, undo: Y.UndoManager, salt: number): void {
  const chance = chanceOf(salt);
  const dice = chance.below(20);
  if (dice === 0) undo.undo();
  else if (dice === 1) undo.redo();
  else doc.transact(() => gesture(doc, chance, dice));
}

function gesture(doc: Y.Doc, chance: Chance, dice: number): void {
  const { text, map, list, records } = typesOf(doc);
  const key = `k${chance.below(5)}`;
  if (dice < 8) {
    const at = chance.below(text.length + 1);
    // At times more than a slow reader is let wait for.
    const word = chance.percent(10)
      ? 'x'.repeat(chance.between(100, 400))
      : 'abcdefgh'.slice(0, chance.between(1, 8));
    if (chance.percent(25)) text.delete(at, Math.min(chance.between(1, 4), text.length - at));
    else if (chance.percent(15)) text.insert(at, word, { bold: true });
    else text.insert(at, word);
  } else if (dice < 9) {
    const at = chance.below(text.length + 1);
    text.format(at, Math.min(3, text.length - at), { bold: chance.percent(50) ? true : null });
  } else if (dice < 13) {
    if (chance.percent(25)) map.delete(key);
    else map.set(key, chance.below(100));
  } else if (dice < 16) {
    const at = chance.below(list.length + 1);
    if (chance.percent(35) && at < list.length) list.delete(at, 1);
    else list.insert(at, [chance.below(100)]);
  } else {
    const record = records.get(key);
    if (record === undefined) records.set(key, new Y.Map([['n', chance.below(100)]]));
    else if (chance.percent(20)) records.delete(key);
    else record.set(`r${chance.below(3)}`, chance.below(100));
  }
}
