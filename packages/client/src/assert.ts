/** For what types cannot say. Throws when a promise of this package is broken: a bug, never a refusal. */
export function assert(holds: boolean, promise: string): asserts holds {
  if (!holds) throw new Error(`Broken promise: ${promise}`);
}
