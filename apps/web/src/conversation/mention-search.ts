import type { Named } from './wire.ts';

/** What is being typed after an @, from where to where in the text. */
export interface Query {
  readonly from: number;
  readonly to: number;
  readonly words: string;
}

/** Longest name that is looked for, in characters. */
const longest = 40;

/** The @ before the caret that begins a word, and what follows it; null when nobody is being named. */
export function queryAt(text: string, caret: number): Query | null {
  const before = text.slice(Math.max(0, caret - longest), caret);
  const at = before.lastIndexOf('@');
  if (at === -1 || /\n/.test(before.slice(at))) return null;
  if (at > 0 && /[\p{L}\p{N}@]/u.test(before[at - 1] ?? '')) return null;
  const words = before.slice(at + 1);
  return /^\s|\s\s/.test(words) ? null : { from: caret - words.length - 1, to: caret, words };
}

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** People with a word of their name that begins so, those whose name itself does first. */
export function found(people: readonly Named[], words: string, atMost = 6): readonly Named[] {
  const wanted = plain(words);
  const rank = ({ name }: Named) => {
    const own = plain(name);
    if (own.startsWith(wanted)) return 0;
    return own.split(/\s+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .filter((person) => rank(person) < 2)
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
    .slice(0, atMost);
}

/** The text with the name in place of the query, and where the caret goes. */
export function named(text: string, { from, to }: Query, { name }: Named): { text: string; caret: number } {
  const rest = text.slice(to);
  const gap = /^\s/.test(rest) ? '' : ' ';
  return { text: `${text.slice(0, from)}@${name}${gap}${rest}`, caret: from + name.length + 2 };
}

/**
 * Who is named in the text: after each @ the longest name that stands there. Of several people with one name it is who was
 * picked.
 */
export function namedIn(text: string, picked: readonly Named[], people: readonly Named[]): readonly Named[] {
  const known = [...picked, ...people].toSorted((a, b) => b.name.length - a.name.length);
  const all = new Map<string, Named>();
  for (const { index } of text.matchAll(/@/g)) {
    const person = known.find(({ name }) => name !== '' && text.startsWith(name, index + 1));
    if (person) all.set(person.id, person);
  }
  return [...all.values()];
}
