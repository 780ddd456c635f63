import type { BusStats, LobbyStats, Measure, Observer } from '@tidemark/sync';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Durations of work that nobody should notice, in seconds. */
const workSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Counts that double. */
const counts = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** `store-ms` is not among them: `tidemark_save_seconds` measures the same from outside. */
const histograms: Partial<Record<Measure, { name: string; help: string; buckets: number[]; unit: number }>> =
  {
    'load-ms': {
      name: 'tidemark_room_open_seconds',
      help: 'Time to open a document: read from the database and applied, until people can join.',
      buckets: workSeconds,
      unit: 1_000,
    },
    'compact-ms': {
      name: 'tidemark_compaction_seconds',
      help: 'Time of one compaction in a worker, waiting for the worker included.',
      buckets: workSeconds,
      unit: 1_000,
    },
    'diff-ms': {
      name: 'tidemark_diff_seconds',
      help: 'Time of one call for what returning people lack of a big document, in a worker.',
      buckets: workSeconds,
      unit: 1_000,
    },
    'turn-frames': {
      name: 'tidemark_turn_frames',
      help: 'Content frames that one turn of the event loop brought to one document.',
      buckets: counts,
      unit: 1,
    },
    'store-entries': {
      name: 'tidemark_store_entries',
      help: 'Entries of one append of one document.',
      buckets: counts,
      unit: 1,
    },
  };

/** Histograms of what the engine measures as it works. */
export function createObserver(registry: Registry): Observer {
  const made = new Map(
    Object.entries(histograms).map(([measure, { unit, ...rest }]) => [
      measure,
      { histogram: new Histogram({ ...rest, registers: [registry] }), unit },
    ]),
  );
  return (measure, value) => {
    const found = made.get(measure);
    found?.histogram.observe(value / found.unit);
  };
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

export function watchBus(registry: Registry, stats: () => BusStats): void {
  const { gauge, counter } = figuresOf(registry, stats);
  gauge('tidemark_bus_connected', 'Whether other processes are heard: 1 or 0.', (now) =>
    Number(now.connected),
  );
  counter('tidemark_bus_sent_total', 'Messages sent to other processes.', (now) => now.sent);
  counter('tidemark_bus_heard_total', 'Messages heard from other processes.', (now) => now.heard);
  counter('tidemark_bus_dropped_total', 'Messages that could not be sent.', (now) => now.dropped);
}

export function watchLobby(registry: Registry, stats: () => LobbyStats): void {
  const { gauge, counter } = figuresOf(registry, stats);
  gauge('tidemark_rooms', 'Documents live in this process.', (now) => now.rooms);
  gauge(
    'tidemark_rooms_ending',
    'Documents that this process takes nobody to any more, until what is left of them is stored and let go.',
    (now) => now.endingRooms,
  );
  gauge('tidemark_sessions', 'Open sync connections.', (now) => now.sessions);
  gauge('tidemark_presence', 'Awareness states held.', (now) => now.present);
  gauge('tidemark_backlog_bytes', 'Bytes of updates that wait to be stored.', (now) => now.backlogBytes);
  gauge(
    'tidemark_dirty_seconds',
    'Age of the oldest edit that is not stored yet; 0 if all are.',
    (now) => now.dirtyMs / 1_000,
  );
  gauge(
    'tidemark_pending_bytes',
    'Bytes of content that waits for missing updates.',
    (now) => now.pendingBytes,
  );
  gauge(
    'tidemark_log_tail_bytes',
    'Bytes of the logs of live documents after their last checkpoints.',
    (now) => now.tailBytes,
  );
  gauge(
    'tidemark_outbound_bytes',
    'Bytes handed to sockets that the network has not taken yet.',
    (now) => now.outboundBytes,
  );
  gauge(
    'tidemark_stale_readers',
    'Slow readers, which get one diff when they have drained.',
    (now) => now.staleReaders,
  );
  gauge('tidemark_failing_rooms', 'Documents whose last append failed.', (now) => now.failingRooms);
  counter('tidemark_joins_total', 'Sessions that were let in.', (now) => now.joins);
  counter('tidemark_frames_total', 'Content frames received.', (now) => now.frames);
  new Counter({
    name: 'tidemark_refusals_total',
    help: 'Frames and sessions refused, by code.',
    labelNames: ['code'],
    registers: [registry],
    collect() {
      this.reset();
      for (const [code, count] of stats().refusals) this.inc({ code }, count);
    },
  });
  counter(
    'tidemark_access_changes_total',
    'Live sessions that may only read now, or may write again.',
    (now) => now.accessChanges,
  );
  counter('tidemark_gaps_total', 'Frames that left content waiting for missing updates.', (now) => now.gaps);
  counter(
    'tidemark_quarantined_total',
    'Updates and documents set aside for operators.',
    (now) => now.quarantined,
  );
  counter('tidemark_resyncs_total', 'Slow readers brought back by one diff.', (now) => now.resyncs);
  counter('tidemark_checkpoints_total', 'Checkpoints stored.', (now) => now.checkpoints);
  counter(
    'tidemark_compaction_failures_total',
    'Compactions that failed; the log stays as it is.',
    (now) => now.compactionFailures,
  );
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
