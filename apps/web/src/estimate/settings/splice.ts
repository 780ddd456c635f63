/** One replacement in a text; positions in UTF-16 units. */
export interface Splice {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

/** What another person's edit does to a text, as Yjs tells it: from the start on, keep, put in or take out. */
export type Delta = readonly {
  readonly retain?: number;
  readonly delete?: number;
  readonly insert?: unknown;
}[];

/**
 * The smallest splice that makes `after` of `before`, or null when they are the same. The caret stands in `after` behind what was
 * typed: it says which of several equal letters is the new one.
 */
export function spliceOf(before: string, after: string, caret: number): Splice | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let end = 0;
  const endMost = Math.min(shorter, after.length - Math.min(caret, after.length));
  while (end < endMost && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  let at = 0;
  while (at < shorter - end && before[at] === after[at]) at += 1;
  // Half a surrogate pair would reach the others as another character.
  if (at > 0 && isHigh(before, at - 1)) at -= 1;
  if (end > 0 && isLow(before, before.length - end)) end -= 1;
  return { at, remove: before.length - at - end, insert: after.slice(at, after.length - end) };
}

const isHigh = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xd800;
const isLow = (text: string, at: number): boolean => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** Where a place in the text is after an edit; what is put in right at the place comes behind it. */
export function follow(place: number, delta: Delta): number {
  let read = 0;
  let now = place;
  for (const part of delta) {
    if (read >= place) break;
    if (part.retain !== undefined) read += part.retain;
    else if (typeof part.insert === 'string') now += part.insert.length;
    else if (part.delete !== undefined) {
      now -= Math.min(part.delete, place - read);
      read += part.delete;
    }
  }
  return now;
}

/** The same splice in a text that others have edited since. What they changed within the part it takes out stays. */
export function rebase(splice: Splice, delta: Delta): Splice {
  const at = follow(splice.at, delta);
  const end = follow(splice.at + splice.remove, delta);
  return { ...splice, at, remove: end - at === splice.remove ? splice.remove : 0 };
}
