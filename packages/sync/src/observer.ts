/** What can be measured of the engine, and in which unit. */
export type Measure =
  /** From asking the log to a room that can be joined; milliseconds. */
  | 'load-ms'
  /** One compaction, waiting for the workbench included; milliseconds. */
  | 'compact-ms'
  /** One call for diffs of a big document; milliseconds. */
  | 'diff-ms'
  /** Content frames of one turn of one room. */
  | 'turn-frames'
  /** Entries of one append. */
  | 'store-entries'
  /** One append, from the call to the commit; milliseconds. */
  | 'store-ms';

/** Told each measurement as it is made, for histograms. Must return at once and throw nothing. */
export type Observer = (measure: Measure, value: number) => void;
