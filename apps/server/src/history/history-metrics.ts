import type { History, HistoryStore } from '@tidemark/history';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Work } from './archivist.ts';

/** What the past of documents costs. */
export interface HistoryMetrics {
  /** The same, with moments and the archivist's work measured. */
  observe(history: History): History;
  /** The same, with what is packed counted. */
  observeStore<Store extends HistoryStore>(store: Store): Store;
  failed(work: Work): void;
  /** Read at every scrape. */
  watchDue(due: () => number): void;
}

export function createHistoryMetrics(registry: Registry): HistoryMetrics {
  const registers = [registry];
  const moments = new Histogram({
    name: 'tidemark_history_moment_seconds',
    help: 'Time to make the state of a document at a moment, or to compare two, waiting for a thread included.',
    labelNames: ['work'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const archive = new Histogram({
    name: 'tidemark_history_archive_seconds',
    help: 'Time of work on the past of one document that nobody waits for: settle (sessions of work), archive (packing and checkpoints), thin.',
    labelNames: ['work'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 15, 60],
    registers,
  });
  const entries = new Counter({
    name: 'tidemark_history_packed_entries_total',
    help: 'Log entries that were packed into segments.',
    registers,
  });
  const bytes = new Counter({
    name: 'tidemark_history_segment_bytes_total',
    help: 'Bytes of segments that were stored.',
    registers,
  });
  const failures = new Counter({
    name: 'tidemark_history_failures_total',
    help: 'Work on the past of documents that broke off, to be done by a later look: archive, night, sweep, settle.',
    labelNames: ['work'],
    registers,
  });
  let due = () => 0;
  new Gauge({
    name: 'tidemark_history_due',
    help: 'Documents that have changed and wait to be archived, until nobody is at them or for their turn, with the one that is under way.',
    registers,
    collect() {
      this.set(due());
    },
  });

  async function timed<T>(histogram: Histogram, work: string, call: () => Promise<T>): Promise<T> {
    const end = histogram.startTimer({ work });
    try {
      return await call();
    } finally {
      end();
    }
  }

  return {
    observe: (history) => ({
      page: (id, cursor, limit) => history.page(id, cursor, limit),
      lsnAt: (id, time) => history.lsnAt(id, time),
      stops: (id, after, upTo, most) => history.stops(id, after, upTo, most),
      thinning: (id, before) => history.thinning(id, before),
      stateAt: (id, lsn, cancel) => timed(moments, 'state', () => history.stateAt(id, lsn, cancel)),
      changes: (id, from, to, cancel) =>
        timed(moments, 'changes', () => history.changes(id, from, to, cancel)),
      settle: (id) => timed(archive, 'settle', () => history.settle(id)),
      archive: (id) => timed(archive, 'archive', () => history.archive(id)),
      thin: (id, before) => timed(archive, 'thin', () => history.thin(id, before)),
    }),
    observeStore: (store) => ({
      ...store,
      async pack(documentId, segment) {
        const outcome = await store.pack(documentId, segment);
        if (outcome === 'packed') {
          entries.inc(segment.last - segment.first + 1);
          bytes.inc(segment.content.byteLength);
        }
        return outcome;
      },
    }),
    failed: (work) => failures.inc({ work }),
    watchDue(read) {
      due = read;
    },
  };
}
