/** Chance from a seed: the same seed, the same numbers. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True `parts` times in a hundred. */
  percent(parts: number): boolean;
  oneOf<T>(list: readonly T[]): T;
}

/** The generator is mulberry32 (public domain, Tommy Ettinger). */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    percent: (parts) => next() * 100 < parts,
    oneOf<T>(list: readonly T[]): T {
      const one = list[Math.floor(next() * list.length)];
      if (one === undefined) throw new Error('Nothing to choose from.');
      return one;
    },
  };
}

/** A seed for one part of a run: what one part draws does not move what another draws. */
export function seedOf(seed: number, name: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < name.length; i += 1) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return chanceOf(hash).between(0, 0x7fffffff);
}
