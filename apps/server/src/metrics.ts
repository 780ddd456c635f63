import type { BusStats, LobbyStats, Observer, UpdateLog } from '@tidemark/sync';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { createPictureMetrics, type PictureMetrics } from './diagrams/picture-metrics.ts';
import { createObserver, watchBus, watchLobby } from './engine-metrics.ts';
import { createHistoryMetrics, type HistoryMetrics } from './history/history-metrics.ts';

/** The figures of one server, each described in docs/metrics.md (a test holds the two equal). */
export interface Metrics {
  readonly registry: Registry;
  /** One answered HTTP request. `route` is the pattern, never the URL. */
  answered(method: string, route: string, status: number, seconds: number): void;
  /** One upload: what it came to. */
  uploaded(outcome: string, bytes: number): void;
  /** What the engine measures of its own work. */
  readonly observer: Observer;
  /** The update log, with every append measured. */
  observe(log: UpdateLog): UpdateLog;
  /** Read at every scrape. */
  watch(stats: () => LobbyStats): void;
  watchBus(stats: () => BusStats): void;
  readonly pictures: PictureMetrics;
  readonly history: HistoryMetrics;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const save = new Histogram({
    name: 'tidemark_save_seconds',
    help: 'Time of one append to the update log, until its commit has returned.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const saves = new Counter({
    name: 'tidemark_saves_total',
    help: 'Appends to the update log by outcome: stored, gone (the document was purged), failed.',
    labelNames: ['outcome'],
    registers,
  });
  const entries = new Counter({
    name: 'tidemark_log_entries_total',
    help: 'Entries appended to the update log.',
    registers,
  });
  const bytes = new Counter({
    name: 'tidemark_log_bytes_total',
    help: 'Bytes of updates appended to the update log.',
    registers,
  });
  const load = new Histogram({
    name: 'tidemark_load_seconds',
    help: 'Time to read a document (checkpoint and the log after it) from the database.',
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers,
  });
  const http = new Histogram({
    name: 'tidemark_http_seconds',
    help: 'Time to answer an HTTP request, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers,
  });
  const uploads = new Counter({
    name: 'tidemark_uploads_total',
    help: 'Uploads by outcome: stored, or the code of the refusal.',
    labelNames: ['outcome'],
    registers,
  });
  const uploadBytes = new Counter({
    name: 'tidemark_upload_bytes_total',
    help: 'Bytes of stored uploads.',
    registers,
  });

  return {
    registry,
    pictures: createPictureMetrics(registry),
    history: createHistoryMetrics(registry),
    observer: createObserver(registry),
    answered(method, route, status, seconds) {
      http.observe({ method, route, status }, seconds);
    },
    uploaded(outcome, size) {
      uploads.inc({ outcome });
      if (outcome === 'stored') uploadBytes.inc(size);
    },
    observe(log) {
      return {
        load: (documentId) => timed(load, () => log.load(documentId)),
        readAfter: (documentId, epoch, lsn, limit) => log.readAfter(documentId, epoch, lsn, limit),
        saveCheckpoint: (checkpoint) => log.saveCheckpoint(checkpoint),
        heads: (documentIds) => log.heads(documentIds),
        onAppended: (documentId, listener) => log.onAppended(documentId, listener),
        async append(batch) {
          try {
            const appended = await timed(save, () => log.append(batch));
            saves.inc({ outcome: appended.outcome });
            if (appended.outcome === 'stored') {
              entries.inc(batch.entries.length);
              bytes.inc(batch.entries.reduce((sum, entry) => sum + entry.update.byteLength, 0));
            }
            return appended;
          } catch (error) {
            saves.inc({ outcome: 'failed' });
            throw error;
          }
        },
      };
    },
    watch(stats) {
      watchLobby(registry, stats);
    },
    watchBus(stats) {
      watchBus(registry, stats);
    },
  };
}

async function timed<T>(histogram: Histogram, work: () => Promise<T>): Promise<T> {
  const end = histogram.startTimer();
  try {
    return await work();
  } finally {
    end();
  }
}
