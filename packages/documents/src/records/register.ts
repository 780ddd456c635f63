import { isObject, type Json } from './json.ts';

/**
 * How one register is read. `read` is total: it gives the value when the raw JSON is acceptable and undefined
 * when it is not; then the reader takes `fallback` and reports a finding. Writers use the same `read` to accept.
 */
export interface Register<T> {
  readonly fallback: T;
  read(raw: Json): T | undefined;
  /** The nearest acceptable value to one that is not, where there is one (a number beyond its bounds). */
  mend?(raw: Json): T | undefined;
}

export type Registers = Readonly<Record<string, Register<Json>>>;

export type Values<R extends Registers> = {
  readonly [K in keyof R]: R[K] extends Register<infer T> ? T : never;
};

export function text(fallback = '', maxLength = 10_000): Register<string> {
  return {
    fallback,
    read: (raw) => (typeof raw === 'string' && raw.length <= maxLength ? raw : undefined),
  };
}

/** A string that names something else, or null. */
export function reference(): Register<string | null> {
  return {
    fallback: null,
    read: (raw) => (typeof raw === 'string' && raw !== '' && raw.length <= 1000 ? raw : undefined),
  };
}

/** A number between `min` and `max`. */
export function number(fallback: number, min = -Number.MAX_VALUE, max = Number.MAX_VALUE): Register<number> {
  return {
    fallback,
    read: (raw) => (typeof raw === 'number' && raw >= min && raw <= max ? raw : undefined),
  };
}

export function integer(
  fallback: number,
  min = Number.MIN_SAFE_INTEGER,
  max = Number.MAX_SAFE_INTEGER,
): Register<number> {
  return {
    fallback,
    read: (raw) =>
      Number.isSafeInteger(raw) && Number(raw) >= min && Number(raw) <= max ? Number(raw) : undefined,
  };
}

export function flag(fallback = false): Register<boolean> {
  return {
    fallback,
    read: (raw) => (typeof raw === 'boolean' ? raw : raw === 1 ? true : raw === 0 ? false : undefined),
  };
}

export function choice<const T extends string>(options: readonly T[], fallback: T): Register<T> {
  return { fallback, read: (raw) => options.find((option) => option === raw) };
}

/** Any JSON, as one atomic value. */
export function json(fallback: Json = null): Register<Json> {
  return { fallback, read: (raw) => raw };
}

/** An atomic object value read by `read`, which gives undefined for what it can't use. */
export function object<T>(
  fallback: T,
  read: (raw: { readonly [key: string]: Json }) => T | undefined,
): Register<T> {
  return { fallback, read: (raw) => (isObject(raw) ? read(raw) : undefined) };
}

/** A register that also knows "nothing". */
export function optional<T>(register: Register<T>): Register<T | null> {
  return { fallback: null, read: (raw) => (raw === null ? null : register.read(raw)) };
}
