export interface Woven<T> {
  readonly item: T;
  /** Whether it stood there then, and no more. */
  readonly gone: boolean;
}

/** What stands in a list, with what stood in it and is gone: behind what stood before it and is there still, else at the head. */
export function woven<T extends { readonly id: string }>(then: readonly T[], now: readonly T[]): Woven<T>[] {
  const standing = new Set(now.map(({ id }) => id));
  const behind = new Map<string | null, T[]>();
  let last: string | null = null;
  for (const item of then) {
    if (standing.has(item.id)) last = item.id;
    else behind.set(last, [...(behind.get(last) ?? []), item]);
  }
  const goneAfter = (id: string | null) => (behind.get(id) ?? []).map((item) => ({ item, gone: true }));
  return [...goneAfter(null), ...now.flatMap((item) => [{ item, gone: false }, ...goneAfter(item.id)])];
}
