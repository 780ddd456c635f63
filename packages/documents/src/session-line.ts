import type { Touched } from './change.ts';
import { orderRegister, removedRegister } from './records/schema.ts';

/** One line that says what a session of work was about, from counts alone. */

/** How a kind speaks of a collection in counts. */
export interface Noun {
  readonly one: string;
  readonly many: string;
  /** Of what there is one: `the rates`; then nothing is counted. */
  readonly isSingle?: true;
  /** What happened to those that changed, where the registers tell it better than `changed`: `moved`, `renamed`. */
  readonly changed?: (registers: readonly string[]) => string;
}

/** Something done, and how much of it. */
export interface Clause {
  readonly verb: string;
  readonly object: string;
  readonly weight: number;
}

const longest = 80;
/** Of two that weigh the same. */
const strength = ['added', 'removed', 'changed'];
/** So many characters weigh as much as one record. */
const charactersPerRecord = 40;

/** `Changed 12 lines, added 2 risks, wrote in Scope of work`: what weighs most first, at most about 80 characters. */
export function sessionLine(clauses: readonly Clause[]): string {
  const all = clauses
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || rank(a) - rank(b))
    .map(({ verb, object }) => `${verb} ${object}`);
  if (all.length === 0) return 'Small changes';
  let line = all[0]!;
  let told = 1;
  for (const clause of all.slice(1)) {
    const rest = told + 1 < all.length ? ' and more'.length : 0;
    if (line.length + 2 + clause.length + rest > longest) break;
    line += `, ${clause}`;
    told += 1;
  }
  if (told < all.length) line += ' and more';
  return line.charAt(0).toUpperCase() + line.slice(1);
}

function rank({ verb }: Clause): number {
  const at = strength.indexOf(verb);
  return at === -1 ? strength.length : at;
}

/** What was done to the records of collections; those without a noun are passed over. */
export function clausesOf(touched: Touched, nouns: Readonly<Record<string, Noun>>): Clause[] {
  return Object.entries(nouns).flatMap(([collection, noun]): Clause[] => {
    const counts = Object.hasOwn(touched.collections, collection)
      ? touched.collections[collection]
      : undefined;
    if (counts === undefined) return [];
    const changedWord = noun.changed?.(tellingOf(counts.registers)) ?? 'changed';
    if (noun.isSingle) {
      const isTouched = counts.added + counts.removed + counts.changed + counts.moved > 0;
      return [{ verb: changedWord, object: noun.one, weight: isTouched ? 1 : 0 }];
    }
    const clause = (verb: string, count: number) => ({ verb, object: counted(count, noun), weight: count });
    return [
      clause('added', counts.added),
      clause('removed', counts.removed),
      ...(changedWord === 'moved'
        ? [clause('moved', counts.changed + counts.moved)]
        : [clause(changedWord, counts.changed), clause('moved', counts.moved)]),
    ];
  });
}

/** Writing in texts; `names` says what people call those of the kind. */
export function textClauses(touched: Touched, names: Readonly<Record<string, string>>): Clause[] {
  return Object.entries(touched.texts).flatMap(([id, { inserted, deleted }]): Clause[] => {
    if (!Object.hasOwn(names, id)) return [];
    const verb = inserted > 0 ? 'wrote in' : 'deleted in';
    return [{ verb, object: names[id]!, weight: (inserted + deleted) / charactersPerRecord }];
  });
}

/** Without those that say that records were removed or put elsewhere: these are counted by themselves. */
export function tellingOf(registers: readonly string[]): readonly string[] {
  return registers.filter((register) => register !== removedRegister && register !== orderRegister);
}

export function counted(count: number, { one, many }: Pick<Noun, 'one' | 'many'>): string {
  return count === 1 ? `1 ${one}` : `${count} ${many}`;
}
