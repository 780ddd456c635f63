import { generateKeyBetween, generateNKeysBetween } from 'jittered-fractional-indexing';

/**
 * Order keys: strings whose plain comparison is the order. A key between two others always exists, so a move
 * writes one register; the jitter keeps two people who insert at the same place from choosing the same key.
 */

const digit = /^[0-9A-Za-z]+$/;
const maxLength = 200;

/** A key after `before` and before `after`; null is the open end. Keys that are garbage or out of order are ignored. */
export function keyBetween(before: string | null, after: string | null): string {
  return keysBetween(before, after, 1)[0]!;
}

/** `count` keys in order between two others. */
export function keysBetween(before: string | null, after: string | null, count: number): string[] {
  const low = isOrderKey(before) ? before : null;
  const high = isOrderKey(after) && (low === null || low < after) ? after : null;
  return generateNKeysBetween(low, high, count);
}

/** Whether the string can be the neighbour of a new key. */
export function isOrderKey(key: unknown): key is string {
  if (typeof key !== 'string' || key.length > maxLength || !digit.test(key)) return false;
  try {
    generateKeyBetween(key, null, { jitterBits: 0 });
    return true;
  } catch {
    // The library's only validation is to throw.
    return false;
  }
}

/** Total order of records: readable keys first, then by key, then by id. The same on every replica. */
export function compareOrder(
  a: { readonly order: string | null; readonly id: string },
  b: { readonly order: string | null; readonly id: string },
): number {
  if (a.order !== b.order) {
    if (a.order === null) return 1;
    if (b.order === null) return -1;
    return a.order < b.order ? -1 : 1;
  }
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
