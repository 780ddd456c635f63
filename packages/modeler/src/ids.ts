import type { Ids, ModdleElement } from './moddle.ts';

/**
 * New BPMN ids. bpmn-js draws 32 bits; with several people making elements at once that is too few, so these have 52.
 * Should two be equal all the same, the view tells them apart, the same everywhere.
 */
export function createIds(random: () => number = Math.random): Ids {
  const taken = new Map<string, ModdleElement | true>();
  const nextPrefixed = (prefix: string, element?: ModdleElement): string => {
    for (;;) {
      const id = prefix + suffix(random);
      if (taken.has(id)) continue;
      taken.set(id, element ?? true);
      return id;
    }
  };
  return {
    nextPrefixed,
    next: (element) => nextPrefixed('', element),
    claim: (id, element) => taken.set(id, element ?? true),
    assigned: (id) => taken.get(id) ?? false,
    unclaim: (id) => taken.delete(id),
    clear: () => taken.clear(),
  };
}

const letters = 10;

function suffix(random: () => number): string {
  let text = '';
  while (text.length < letters)
    text += Math.floor(random() * 36 ** 5)
      .toString(36)
      .padStart(5, '0');
  return text;
}
