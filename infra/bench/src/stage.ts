import type { Contender } from './contenders/contender.ts';
import type { Database } from './contenders/database.ts';
import type { Row } from './row.ts';

/** What a measurement works with. */
export interface Stage {
  readonly contenders: readonly Contender[];
  readonly database: Database;
  /** How often each contender has its turn. */
  readonly rounds: number;
  /** A short run that shows the machinery works; its figures are worth little. */
  readonly quick: boolean;
  say(progress: string): void;
}

export interface Measurement {
  readonly name: string;
  run(stage: Stage): Promise<readonly Row[]>;
}

/** Collects rows, value by value. */
export class Sheet {
  readonly #rows = new Map<string, Row & { values: Record<string, number[]> }>();

  add(row: Omit<Row, 'values'>, contender: string, value: number): void {
    const known = this.#rows.get(row.measured) ?? { ...row, values: {} };
    this.#rows.set(row.measured, known);
    known.values[contender] = [...(known.values[contender] ?? []), value];
  }

  get rows(): readonly Row[] {
    return [...this.#rows.values()];
  }
}

/** `work` for each contender, one after the other, `rounds` times: whatever else the machine does falls on all alike. */
export async function roundRobin<T>(
  rounds: number,
  field: readonly T[],
  work: (each: T, round: number) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    // Who comes first changes from round to round.
    const order = [...field.slice(round % field.length), ...field.slice(0, round % field.length)];
    for (const each of order) await work(each, round);
  }
}
