/** Something a reader had to hide or mend, with a reason a person can read. Findings never stop a reader. */
export interface Finding {
  readonly code:
    | 'wrong-type'
    | 'unreadable'
    | 'unknown-value'
    | 'dangling'
    | 'overlap'
    | 'mended'
    | 'newer-schema'
    | 'not-seeded';
  readonly collection: string;
  /** The record, or null when the whole collection is meant. */
  readonly id: string | null;
  readonly register: string | null;
  readonly detail: string;
}

export type Report = (finding: Finding) => void;

/** By place, so that every replica lists the same findings in the same order. */
export function compareFindings(a: Finding, b: Finding): number {
  const place = ({ collection, id, register, code }: Finding) => [collection, id ?? '', register ?? '', code];
  const other = place(b);
  for (const [index, part] of place(a).entries()) {
    if (part !== other[index]) return part < other[index]! ? -1 : 1;
  }
  return 0;
}
