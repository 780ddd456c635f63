import { childrenAt, type Elements, nameOf, textAt, typeWordsAt } from '../outline/elements-view.ts';

export interface Hit {
  readonly key: string;
  /** Where the words were found first. */
  readonly where: 'name' | 'id' | 'documentation' | 'type';
  readonly name: string;
  readonly words: string;
  /** The text around the words, when they stand in the documentation. */
  readonly excerpt: string | null;
}

/** Keys of what is drawn, in the order of the drawing, with the diagram each is drawn in first. */
export function drawnElements(elements: Elements, root: string | null): ReadonlyMap<string, string> {
  const drawn = new Map<string, string>();
  if (root === null) return drawn;
  for (const diagram of childrenAt(elements, root, 'diagrams')) {
    for (const shape of childrenAt(elements, `${diagram}/plane`, 'planeElement')) {
      const key = elements.get(shape)?.values.get('&bpmnElement');
      if (typeof key === 'string' && elements.has(key) && !drawn.has(key)) drawn.set(key, diagram);
    }
  }
  return drawn;
}

const ranks = { name: 0, id: 1, type: 2, documentation: 3 } as const;

/** What is drawn and has the words in its name, id, type or documentation; the best first. */
export function search(elements: Elements, root: string | null, query: string, most = 500): readonly Hit[] {
  const wanted = fold(query.trim());
  if (wanted === '') return [];
  const hits: { hit: Hit; rank: number }[] = [];
  for (const key of drawnElements(elements, root).keys()) {
    const hit = hitAt(elements, key, wanted);
    if (hit) hits.push({ hit, rank: ranks[hit.where] + (fold(hit.name).startsWith(wanted) ? -1 : 0) });
  }
  // Array.sort is stable: equals stay in the order of the drawing.
  return hits
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ hit }) => hit);
}

function hitAt(elements: Elements, key: string, wanted: string): Hit | null {
  const name = nameOf(elements, key);
  const words = typeWordsAt(elements, key);
  const hit = { key, name, words, excerpt: null };
  if (fold(name).includes(wanted)) return { ...hit, where: 'name' };
  if (fold(textAt(elements, key, 'id')).includes(wanted)) return { ...hit, where: 'id' };
  if (fold(words).includes(wanted)) return { ...hit, where: 'type' };
  for (const documentation of childrenAt(elements, key, 'documentation')) {
    const text = textAt(elements, documentation, 'text');
    const at = fold(text).indexOf(wanted);
    if (at !== -1) return { ...hit, where: 'documentation', excerpt: around(text, at, wanted.length) };
  }
  return null;
}

/** Case and accents do not matter. Keeps the length of most texts, so that places in the folded text are places in the text. */
function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLocaleLowerCase()
    .replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize('NFD').charAt(0))
    .replace(/\s/g, ' ');
}

function around(text: string, at: number, length: number): string {
  const from = Math.max(0, at - 24);
  const to = Math.min(text.length, at + length + 40);
  const middle = text.slice(from, to).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${middle}${to < text.length ? '…' : ''}`;
}
