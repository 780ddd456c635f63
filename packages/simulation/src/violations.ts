/** A rule of SPEC.md that did not hold. */
export interface Violation {
  readonly rule: string;
  readonly what: string;
  /** Milliseconds since the beginning of the run. */
  readonly at: number;
}

export class Violations {
  readonly list: Violation[] = [];
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  add(rule: string, what: string): void {
    this.list.push({ rule, what, at: this.#now() });
  }

  /** Notes the violation unless the rule holds. */
  check(rule: string, holds: boolean, what: () => string): void {
    if (!holds) this.add(rule, what());
  }
}
