/** What became of one thing of the file. */
export type Fate = 'kept' | 'changed' | 'lost';

export interface FileNote {
  readonly code:
    | 'rounded'
    | 'value-left-out'
    | 'row-left-out'
    | 'summary-row'
    | 'totals-differ'
    | 'read-as'
    | 'member-unknown';
  readonly fate: Fate;
  /** What it is about; null: the file as a whole. */
  readonly element: {
    readonly id: string | null;
    readonly type: string;
    readonly name: string | null;
  } | null;
  /** The row of the sheet, from 1. */
  readonly line: number | null;
  /** Plain words. */
  readonly detail: string;
}

/** What an import kept, changed and could not keep, row by row: the shape that reports of all kinds have. */
export interface FileReport {
  readonly encoding: string;
  /** Rows, or records, that the file has. */
  readonly elements: number;
  /** How many notes of each fate there are, also those beyond `notes`. */
  readonly counts: Readonly<Record<Fate, number>>;
  /** In the order of rows; of very many the first. */
  readonly notes: readonly FileNote[];
  readonly renamed: Readonly<Record<string, string>>;
}

/** Notes that a report holds at most; the counts go on. */
const maxNotes = 2_000;

export function makeReport(encoding: string, elements: number, notes: readonly FileNote[]): FileReport {
  const counts = { kept: 0, changed: 0, lost: 0 };
  for (const { fate } of notes) counts[fate] += 1;
  return { encoding, elements, counts, notes: notes.slice(0, maxNotes), renamed: {} };
}
