/** One field that is another than it was. */
export interface FieldChange<T, K extends keyof T = keyof T> {
  readonly field: K;
  readonly old: T[K];
  readonly new: T[K];
}

/** The fields among these that differ; values of several parts are compared by what they say. */
export function changedFields<T, K extends keyof T>(
  before: T,
  after: T,
  fields: readonly K[],
): FieldChange<T, K>[] {
  return fields.flatMap((field) =>
    JSON.stringify(before[field]) === JSON.stringify(after[field])
      ? []
      : [{ field, old: before[field], new: after[field] }],
  );
}
