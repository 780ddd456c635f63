/** What a register may hold. `null` in a register means the same as nothing there. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Deeper or larger values are not read: they are no work of ours, and walking them could overflow the stack. */
const maxDepth = 32;
const maxNodes = 100_000;

/**
 * True for plain JSON of reasonable depth and size: no NaN, no cycle, no class instance, no Yjs type. Never throws. What Yjs can read and
 * can't write again is none: it knows an object by its constructor, which a key `constructor` hides, or one named `__proto__` takes away.
 */
export function isJson(value: unknown): value is Json {
  let nodes = 0;
  const visit = (at: unknown, depth: number): boolean => {
    nodes += 1;
    if (nodes > maxNodes || depth > maxDepth) return false;
    switch (typeof at) {
      case 'boolean':
      case 'string':
        return true;
      case 'number':
        return Number.isFinite(at);
      case 'object': {
        if (at === null) return true;
        if (Array.isArray(at)) return at.every((item) => visit(item, depth + 1));
        if (Object.getPrototypeOf(at) !== Object.prototype) return false;
        if (depth === 0 && Object.hasOwn(at, 'constructor')) return false;
        return Object.values(at).every((item) => visit(item, depth + 1));
      }
      default:
        return false;
    }
  };
  return visit(value, 0);
}

/** Equality by content; the order of an object's keys does not count. */
export function equalJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isList(a) || isList(b)) {
    if (!isList(a) || !isList(b) || a.length !== b.length) return false;
    return a.every((item, index) => equalJson(item, b[index]));
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && equalJson(a[key], b[key]));
}

/** `Array.isArray` that also narrows readonly arrays. */
export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

/** A plain object, as opposed to a list, null or a scalar. */
export function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
