import { isRefusal } from '@tidemark/protocol';
import type { LogEntry } from '@tidemark/sync';
import { differenceFrom } from '@tidemark/sync/workbench';
import { expect } from 'vitest';
import * as Y from 'yjs';
import { inlineBench } from './bench.ts';
import { createHistory } from './create-history.ts';
import type { History } from './history.ts';
import { replay, type TestLog } from './log.testing.ts';
import { createMemoryHistory, type MemoryHistory } from './memory-store.ts';
import { testPacker } from './packer.testing.ts';
import type { HistoryBench, HistoryStore } from './ports.ts';

/** A history over memory with one document. */
export interface TestHouse {
  readonly memory: MemoryHistory;
  readonly store: HistoryStore;
  readonly bench: HistoryBench;
  readonly history: History;
  readonly errors: string[];
  /** Appends the next entries of the log. */
  append(count: number): void;
}

export const documentId = 'document';
export const bench = inlineBench(testPacker);

export function houseOf(log: TestLog): TestHouse {
  const memory = createMemoryHistory(testPacker);
  const errors: string[] = [];
  memory.create(documentId, log.kind);
  let next = 0;
  return {
    ...{ memory, bench, errors },
    store: memory.store,
    history: historyOver(memory.store, errors),
    append(count) {
      for (const entry of log.entries.slice(next, next + count)) memory.append(documentId, [entry], entry.at);
      next += count;
    },
  };
}

/** Small enough for a log of some entries to have several. */
export const page = { entries: 5, bytes: 900 };

/** Another process over the same store. */
export function historyOver(
  store: HistoryStore,
  errors: string[] = [],
  cacheBytes = 0,
  on: HistoryBench = bench,
): History {
  const quiet = () => undefined;
  const journal = {
    ...{ debug: quiet, info: quiet, warn: quiet },
    error: (event: string, fields?: Record<string, unknown>) =>
      void errors.push(`${event} ${JSON.stringify(fields)}`),
  };
  const clock = { now: () => Date.UTC(2026, 0) };
  return createHistory({ store, bench: on, clock, journal, cacheBytes, page });
}

/** Packs everything in segments that end at these LSNs, whatever the archivist would think of it. */
export async function packAt({ store, memory }: TestHouse, ends: readonly number[]): Promise<void> {
  const place = await store.place(documentId);
  const { head = 0, packed = 0 } = place ?? {};
  memory.allowPacking(documentId, head);
  let first = packed + 1;
  for (const last of [...new Set([...ends, head])].sort((a, b) => a - b)) {
    if (last < first || last > head) continue;
    const rows: readonly LogEntry[] = (await store.entries(documentId, first - 1, last)).rows;
    const made = await bench.pack({ start: null, segments: [], rows }, { first, last });
    if ('unreadable' in made) throw new Error(made.unreadable);
    const outcome = await store.pack(documentId, { first, last, ...made });
    if (outcome !== 'packed') throw new Error(`The segment up to ${last} is ${outcome}.`);
    first = last + 1;
  }
}

/** Checks every moment of the document against the replay of `lives`; those in `gone` must be refused. */
export async function expectAllMoments(
  { history }: Pick<TestHouse, 'history'>,
  lives: readonly TestLog['entries'][],
  isGone: (lsn: number) => boolean = () => false,
): Promise<void> {
  let lsn = 0;
  for (const life of lives) {
    for (const doc of replay(life)) {
      lsn += 1;
      const state = await history.stateAt(documentId, lsn);
      if (isGone(lsn)) expect([lsn, state]).toMatchObject([lsn, { refused: 'no-detail' }]);
      else if (isRefusal(state)) expect.fail(`moment ${lsn} is refused: ${state.refused}`);
      else expect([lsn, differenceFrom(lookedAgain(doc), state)]).toEqual([lsn, null]);
    }
  }
}

/** Yjs lets things wait at times until the next update, though all they need has come: whoever reads a state has them. */
export function lookedAgain(doc: Y.Doc): Y.Doc {
  const again = new Y.Doc();
  Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
  return again;
}
