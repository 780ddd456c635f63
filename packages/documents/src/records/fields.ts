import type { Report } from './finding.ts';
import type { Registers, Values } from './register.ts';
import type { RecordState } from './state.ts';

/**
 * The declared registers of one record as typed values: what is absent takes the fallback, what can't be read
 * takes the nearest that can, or the fallback, and is reported. Registers that are not declared are left alone.
 */
export function readFields<R extends Registers>(
  record: RecordState,
  registers: R,
  place: { readonly collection: string; readonly id: string; readonly report: Report },
): Values<R> {
  const values = Object.entries(registers).map(([name, register]) => {
    const raw = record.get(name);
    if (raw === undefined) return [name, register.fallback];
    const value = register.read(raw);
    if (value !== undefined) return [name, value];
    const mended = register.mend?.(raw);
    place.report({
      code: mended === undefined ? 'unreadable' : 'mended',
      collection: place.collection,
      id: place.id,
      register: name,
      detail:
        mended === undefined
          ? `"${name}" holds something else than it should; the default is shown.`
          : `"${name}" was outside of what it may be; the nearest that it may be is shown.`,
    });
    return [name, mended ?? register.fallback];
  });
  return Object.fromEntries(values) as Values<R>;
}

/** The registers of a family (`opt:`, `map:y/`): what follows the prefix → raw value. */
export function familyOf(
  record: RecordState,
  prefix: string,
): [key: string, raw: Exclude<ReturnType<RecordState['get']>, undefined>][] {
  const found: [string, Exclude<ReturnType<RecordState['get']>, undefined>][] = [];
  for (const [name, raw] of record) {
    if (name.startsWith(prefix)) found.push([name.slice(prefix.length), raw]);
  }
  return found;
}

/** The same array as before when nothing in it is another object, so that whoever selects it need not look further. */
export function keepList<T>(next: readonly T[], previous: readonly T[] | undefined): readonly T[] {
  if (previous === undefined || previous.length !== next.length) return next;
  return next.every((item, index) => item === previous[index]) ? previous : next;
}
