import type { BusStats, LobbyStats, UpdateLog } from '@tidemark/sync';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** The figures of one server, each described in docs/metrics.md (a test holds the two equal). */
export interface Metrics {
  readonly registry: Registry;
  /** One answered HTTP request. `route` is the pattern, never the URL. */
  answered(method: string, route: string, status: number, seconds: number): void;
  /** One upload: what it came to. */
  uploaded(outcome: string, bytes: number): void;
  /** The update log, with every append measured. */
  observe(log: UpdateLog): UpdateLog;
  /** Read at every scrape. */
  watch(stats: () => LobbyStats): void;
  watchBus(stats: () => BusStats): void;
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
      watchLobby(figuresOf(registry, stats));
    },
    watchBus(stats) {
      watchBus(figuresOf(registry, stats));
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

/** Figures read at every scrape. */
function figuresOf<Stats>(registry: Registry, stats: () => Stats) {
  return {
    gauge: (name: string, help: string, read: (now: Stats) => number) =>
      new Gauge({
        name,
        help,
        registers: [registry],
        collect() {
          this.set(read(stats()));
        },
      }),
    /** The engine counts; a scrape takes its count over. */
    counter: (name: string, help: string, read: (now: Stats) => number) =>
      new Counter({
        name,
        help,
        registers: [registry],
        collect() {
          this.reset();
          this.inc(read(stats()));
        },
      }),
  };
}

function watchBus({ gauge, counter }: ReturnType<typeof figuresOf<BusStats>>): void {
  gauge('tidemark_bus_connected', 'Whether other processes are heard: 1 or 0.', (now) =>
    Number(now.connected),
  );
  counter('tidemark_bus_sent_total', 'Messages sent to other processes.', (now) => now.sent);
  counter('tidemark_bus_heard_total', 'Messages heard from other processes.', (now) => now.heard);
  counter('tidemark_bus_dropped_total', 'Messages that could not be sent.', (now) => now.dropped);
}

function watchLobby({ gauge, counter }: ReturnType<typeof figuresOf<LobbyStats>>): void {
  gauge('tidemark_rooms', 'Documents live in this process.', (now) => now.rooms);
  gauge('tidemark_sessions', 'Open sync connections.', (now) => now.sessions);
  gauge('tidemark_presence', 'Awareness states held.', (now) => now.present);
  gauge('tidemark_backlog_bytes', 'Bytes of updates that wait to be stored.', (now) => now.backlogBytes);
  gauge(
    'tidemark_pending_bytes',
    'Bytes of content that waits for missing updates.',
    (now) => now.pendingBytes,
  );
  gauge('tidemark_failing_rooms', 'Documents whose last append failed.', (now) => now.failingRooms);
  counter('tidemark_frames_total', 'Content frames received.', (now) => now.frames);
  counter('tidemark_refusals_total', 'Frames and sessions refused.', (now) => now.refusals);
  counter(
    'tidemark_access_changes_total',
    'Live sessions that may only read now, or may write again.',
    (now) => now.accessChanges,
  );
  counter('tidemark_gaps_total', 'Frames that left content waiting for missing updates.', (now) => now.gaps);
  counter('tidemark_resyncs_total', 'Slow readers brought back by one diff.', (now) => now.resyncs);
  counter('tidemark_checkpoints_total', 'Checkpoints stored.', (now) => now.checkpoints);
  counter(
    'tidemark_presence_bytes_total',
    'Bytes of presence sent, to all readers together.',
    (now) => now.presenceBytes,
  );
  counter(
    'tidemark_broken_rooms_total',
    'Rooms closed by a bug or a broken log entry.',
    (now) => now.brokenRooms,
  );
}
