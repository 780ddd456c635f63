import { type Refusal, refuse } from '@tidemark/protocol';
import type { Clock, Log } from '@tidemark/sync';
import { defaultPage } from './approach.ts';
import type { Page } from './gather.ts';
import type { HistoryBench, HistoryStore } from './ports.ts';

export interface HistoryOptions {
  readonly store: HistoryStore;
  readonly bench: HistoryBench;
  readonly clock: Pick<Clock, 'now'>;
  readonly journal: Log;
  /** Bytes of states that are kept in memory for who asks again. */
  readonly cacheBytes?: number;
  /** How much of the log is read in one go where no state is stored near. */
  readonly page?: Page;
}

/** What all parts of history need. */
export interface HistoryWorld {
  readonly store: HistoryStore;
  readonly bench: HistoryBench;
  readonly clock: Pick<Clock, 'now'>;
  readonly journal: Log;
  readonly page: Page;
  /** Tells operators, and whoever asked. */
  unreadable(documentId: string, why: string): Refusal;
}

export function createWorld(options: HistoryOptions): HistoryWorld {
  const { store, bench, clock, journal, page = defaultPage } = options;
  return {
    ...{ store, bench, clock, journal, page },
    unreadable(documentId, why) {
      journal.error('history-unreadable', { documentId, why });
      return refuse('quarantined');
    },
  };
}
