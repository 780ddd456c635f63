import { isStorable } from '@tidemark/database';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import * as z from 'zod';

/** By what a list is sorted: expressions that are never null, and the type that their text is read back as. */
interface Key {
  readonly by: RawBuilder<unknown>;
  readonly type: 'text' | 'bigint' | 'timestamptz';
}

/** The order of a list and a place in it. Places are opaque to clients, and hold the keys of the last row that was shown. */
export interface Order {
  /** For `order by`. */
  readonly by: RawBuilder<unknown>;
  /** Selected along with each row. */
  readonly place: RawBuilder<string[]>;
  /** What comes after a place; null when it is none of this order. */
  after(cursor: string): RawBuilder<SqlBool> | null;
}

const Place = z.array(z.string().max(2_000)).max(5);

/** `name` says which order it is, so that a place in one is not taken for a place in another. */
export function orderOf(name: string, keys: readonly Key[], direction: 'asc' | 'desc'): Order {
  const turn = sql.raw(direction);
  return {
    by: sql.join(keys.map(({ by }) => sql`${by} ${turn}`)),
    place: sql<
      string[]
    >`array[${sql.lit(`${name} ${direction}`)}, ${sql.join(keys.map(({ by }) => sql`(${by})::text`))}]`,
    after(cursor) {
      const place = readPlace(cursor);
      const values = place?.slice(1) ?? [];
      if (place?.[0] !== `${name} ${direction}` || values.length !== keys.length) return null;
      if (!values.every((value, i) => fits(value, keys[i]?.type))) return null;
      const wanted = sql.join(values.map((value, i) => sql`${value}::${sql.raw(keys[i]?.type ?? 'text')}`));
      const beyond = sql.raw(direction === 'asc' ? '>' : '<');
      return sql<SqlBool>`(${sql.join(keys.map(({ by }) => by))}) ${beyond} (${wanted})`;
    },
  };
}

export function writePlace(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function readPlace(cursor: string): readonly string[] | null {
  try {
    return Place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    return null; // bytes of somebody else, an answer and not a fault
  }
}

function fits(value: string, type: Key['type'] | undefined): boolean {
  if (type === 'bigint') return /^-?\d{1,18}$/.test(value);
  if (type === 'timestamptz') return /^[\d :.+-]{10,40}$/.test(value) && !Number.isNaN(Date.parse(value));
  return isStorable(value);
}

/** The words somebody typed, as patterns for `ilike`. */
export function patternsOf(q: string | undefined): string[] {
  return (q ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 10)
    .map((word) => `%${escaped(word)}%`);
}

export function escaped(word: string): string {
  return word.replaceAll(/[\\%_]/g, '\\$&');
}
