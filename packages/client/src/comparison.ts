/**
 * Now and then, with nothing on its way, asks the server for the last thing that each writer of this replica wrote: an
 * answer without it shows that the server lacks what was taken for stored. The same answer brings what this replica
 * lacks. It is an ordinary step 1 with each clock one lower, so every y-websocket server understands it.
 */
import * as Y from 'yjs';
import type { Clock } from './clock.ts';

/** Time between two comparisons, milliseconds, before jitter. */
const every = 300_000;

export interface ComparisonOptions {
  readonly doc: Y.Doc;
  readonly clock: Clock;
  readonly random: () => number;
  /** Whether nothing is on its way that would explain a difference. */
  quiet(): boolean;
  ask(stateVector: Uint8Array): void;
  /** The server lacks something that it was taken to have. */
  lacking(): void;
}

export interface Comparison {
  opened(): void;
  /** A step 2 came: the answer, if a question is open. */
  heard(update: Uint8Array): void;
  closed(): void;
}

export function createComparison(options: ComparisonOptions): Comparison {
  let cancel: () => void = () => undefined;
  let asked: ReadonlyMap<number, number> | null = null;

  function wait() {
    cancel = options.clock.after(every * (0.5 + options.random()), () => {
      if (asked === null && options.quiet()) compare();
      wait();
    });
  }

  function compare() {
    const mine = Y.decodeStateVector(Y.encodeStateVector(options.doc));
    const lower = new Map([...mine].map(([client, clock]) => [client, clock - 1]));
    asked = mine;
    options.ask(Y.encodeStateVector(lower));
  }

  return {
    opened() {
      asked = null;
      cancel();
      wait();
    },
    heard(update) {
      if (asked === null) return;
      const { to } = Y.parseUpdateMeta(update);
      const lacks = [...asked].some(([client, clock]) => (to.get(client) ?? 0) < clock);
      asked = null;
      if (lacks) options.lacking();
    },
    closed() {
      cancel();
      asked = null;
    },
  };
}
