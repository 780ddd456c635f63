import type { Claim, Room } from '../anatomy.ts';
import type { Thing } from '../change.ts';
import { quoted } from '../describe.ts';
import { equalJson } from '../records/json.ts';
import type { State } from '../records/state.ts';
import { hasRoom } from './fitting.ts';
import { collectionOf, ownerOfKey } from './key.ts';
import { placeOf, type Wholes, wholesOf } from './wholes.ts';
import { nameAt, textIn, whatAt } from './words.ts';

/** Somebody may have made a task of what was a subprocess: what lies in it is hidden. */
export function isHeld(from: State, now: State, { id }: Thing): boolean {
  const [owner, property] = placeIn(from, id);
  const holder = wholesOf(now).at(owner);
  return holder === null || ownerOfKey(id) !== null || hasRoom(textIn(holder, 't'), property);
}

/** What makes it a subprocess again: its type, and its frame where it was drawn open. */
export function roomFor(from: State, then: State, now: State, thing: Thing): Room | null {
  const [owner, property] = placeIn(from, thing.id);
  const [was, is] = [wholesOf(then), wholesOf(now)];
  const [old, record] = [was.at(owner), is.at(owner)];
  if (old === null || record === null || isHeld(from, now, thing)) return null;
  const type = textIn(old, 't');
  if (!hasRoom(type, property)) return null;
  return {
    holder: { collection: collectionOf(owner), id: owner },
    claims: [
      { collection: collectionOf(owner), id: owner, register: 't', value: type },
      ...frame(was, is, owner),
    ],
    words: `${quoted(nameAt(is, owner), 'what it lay in')} is ${withArticle(whatAt(was, owner).toLowerCase())} again`,
  };
}

function placeIn(state: State, id: string): readonly [owner: string, property: string] {
  const record = wholesOf(state).at(id);
  return record === null ? ['', ''] : placeOf(record);
}

/** A task is too small for what lay in a subprocess that was drawn open. */
function frame(was: Wholes, is: Wholes, owner: string): Claim[] {
  return was.partsOf(owner).flatMap((key) => {
    const [shape, now] = [was.at(key), is.at(key)];
    const isOpen = shape?.get('t') === 'bpmndi:BPMNShape' && shape.get('@isExpanded') === true;
    if (!isOpen || now === null) return [];
    return ['@isExpanded', '$bounds'].flatMap((register): Claim[] => {
      const value = shape.get(register);
      if (value === undefined || equalJson(value, now.get(register))) return [];
      return [{ collection: collectionOf(key), id: key, register, value }];
    });
  });
}

function withArticle(words: string): string {
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}
