import type { Counts, Outcome } from './outcome.ts';

/** What many sessions came to together. */
export interface Totals {
  readonly sessions: number;
  readonly failed: readonly number[];
  add(seed: number, outcome: Outcome): void;
  line(): string;
  report(seconds: number): string;
}

export function createTotals(): Totals {
  let sessions = 0;
  const failed: number[] = [];
  const known = new Map<string, number>();
  const done = new Map<string, number>();
  const counts: { -readonly [name in keyof Counts]: number } = {
    operations: 0,
    written: 0,
    received: 0,
    undone: 0,
    compared: 0,
    elements: 0,
  };
  const line = () =>
    `${sessions} sessions, ${failed.length} failed; ${counts.operations} operations, ${counts.written} transactions written (${counts.undone} of them undo or redo), ${counts.received} updates received, ${counts.compared} comparisons of all`;
  return {
    get sessions() {
      return sessions;
    },
    failed,
    line,
    add(seed, outcome) {
      sessions += 1;
      if (outcome.problems.length > 0) failed.push(seed);
      for (const [name, times] of Object.entries(outcome.known))
        known.set(name, (known.get(name) ?? 0) + times);
      for (const [name, times] of Object.entries(outcome.done)) done.set(name, (done.get(name) ?? 0) + times);
      for (const name of Object.keys(counts) as (keyof Counts)[]) {
        counts[name] =
          name === 'elements'
            ? Math.max(counts.elements, outcome.counts.elements)
            : counts[name] + outcome.counts[name];
      }
    },
    report: (seconds) =>
      [
        '',
        line(),
        `in ${Math.round(seconds)} s; the largest diagram had ${counts.elements} records`,
        `done: ${table(done)}`,
        `thrown by bpmn-js itself: ${known.size === 0 ? 'nothing' : table(known)}`,
        ...(failed.length === 0 ? [] : [`failing seeds: ${failed.join(', ')}`]),
      ].join('\n'),
  };
}

function table(counts: ReadonlyMap<string, number>): string {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => `${name} ${times}`)
    .join(', ');
}
