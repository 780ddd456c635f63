/** Something a reader had to hide or mend, with a reason a person can read. Findings never stop a reader. */
export interface Finding {
  readonly code:
    | 'wrong-type'
    | 'unreadable'
    | 'unknown-value'
    | 'dangling'
    | 'overlap'
    | 'newer-schema'
    | 'not-seeded';
  readonly collection: string;
  /** The record, or null when the whole collection is meant. */
  readonly id: string | null;
  readonly register: string | null;
  readonly detail: string;
}

export type Report = (finding: Finding) => void;
