/** What a session came to. */
export interface Outcome {
  /** Of everything that was done and of the XML at each comparison: the same plan gives the same. */
  readonly hash: string;
  readonly log: readonly string[];
  /** Empty when all rules held. */
  readonly problems: readonly Problem[];
  readonly counts: Counts;
  /** What bpmn-js threw, as known in known-faults.ts: name → how often. */
  readonly known: Readonly<Record<string, number>>;
  /** How often each operation found something to do. */
  readonly done: Readonly<Record<string, number>>;
}

export interface Problem {
  /** Id of the rule in SPEC.md. */
  readonly rule: string;
  readonly step: number;
  readonly text: string;
}

export interface Counts {
  readonly operations: number;
  /** Transactions that the canvases wrote. */
  readonly written: number;
  /** Updates of others that changed a replica. */
  readonly received: number;
  readonly undone: number;
  readonly compared: number;
  /** Elements of the largest canvas at the end. */
  readonly elements: number;
}
