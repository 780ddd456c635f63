interface Part {
  /** Where it begins. */
  readonly at: number;
  readonly part: string;
  readonly found: boolean;
}

/** A text in parts: those that are words that were looked for, and what stands between. */
export function marked(text: string, words: string): Part[] {
  const wanted = words.split(/\s+/).filter(Boolean).map(quoted);
  if (wanted.length === 0) return [{ at: 0, part: text, found: false }];
  let at = 0;
  // Split by one group, the odd parts are what the group matched.
  return text.split(new RegExp(`(${wanted.join('|')})`, 'giu')).flatMap((part, i) => {
    const here = { at, part, found: i % 2 === 1 };
    at += part.length;
    return part === '' ? [] : [here];
  });
}

function quoted(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
