import { limits } from '@tidemark/protocol';

/** Bounds, delays and chance of the engine. Sizes are bytes, times are milliseconds. */
export interface Settings {
  /** Frames of one session that wait while its room loads. */
  readonly joinQueueBytes: number;
  /** Updates of one room that wait to be stored; beyond it the writer is closed with `cannot-store`. */
  readonly roomBacklogBytes: number;
  /** Content of one document that waits for missing updates. */
  readonly pendingBytes: number;
  /** The full state of one document. */
  readonly documentBytes: number;
  /** One append carries at most this much, unless a single update is larger. */
  readonly batchBytes: number;
  /** A socket that holds more than this is a slow reader: it gets no updates until it has drained. */
  readonly slowReaderBytes: number;
  /** How long a slow reader may take for each `slowReaderBytes` before it is closed with `too-slow`. */
  readonly slowReaderMs: number;
  /** How often a slow reader is looked at. */
  readonly slowReaderLookMs: number;
  /** Presence of one room is sent at most once in this time … */
  readonly presenceMs: number;
  /** … and less often when it would be more than this, to all readers of the room together … */
  readonly presenceBytesPerSecond: number;
  /** … but at least once in this time. */
  readonly presenceMaxMs: number;
  /** Most awareness states of one room, and most bytes of them. */
  readonly presenceStates: number;
  readonly presenceBytes: number;
  /** Presence that was not renewed for this long is removed. */
  readonly presenceOutdatedMs: number;
  /** After its updates were shown a room rests this long for each of its readers, about what showing costs … */
  readonly restPerReaderMs: number;
  /** … and no longer than this. */
  readonly restMaxMs: number;
  /** How often this process says to the others that it lives … */
  readonly neighbourBeatMs: number;
  /** … and how long one that says nothing is believed to. */
  readonly neighbourLeaseMs: number;
  /** How often the heads of all open documents are compared with the log's although no bell rang. */
  readonly lookMs: number;
  /** Entries per `readAfter`. */
  readonly pageEntries: number;
  /** How long a room without sessions stays in memory. */
  readonly idleMs: number;
  /** How long after the last stored edit the `settled` hook is called. */
  readonly settleMs: number;
  /** A checkpoint is due when this many entries follow the last one … */
  readonly checkpointEntries: number;
  /** … or when they weigh more than the last checkpoint and at least this much. */
  readonly checkpointBytes: number;
  /** Checkpoints made at once in this process, over all documents. */
  readonly compactionsAtOnce: number;
  /** A document of more than that, an entry counting 128 bytes more, is loaded in pieces. */
  readonly bigDocumentBytes: number;
  /** A document of more than that is encoded by the workbench, and newcomers get it in parts. */
  readonly bigAnswerBytes: number;
  /** How long a document whose log cannot be applied is left alone. */
  readonly quarantineMs: number;
  /** An append that takes longer counts as failing until it returns. */
  readonly stallMs: number;
  /** First and longest pause between two tries of a failing append. */
  readonly retryMs: number;
  readonly retryMaxMs: number;
  /** How often the rights of live sessions are asked for although nothing was heard of a change. */
  readonly rightsMs: number;
  /** Questions to the access policy that are under way at once, those of joins not counted. */
  readonly rightsAtOnce: number;
  /** Chance, in [0, 1): spreads the retries of many rooms. */
  readonly random: () => number;
}

export const defaultSettings: Settings = {
  joinQueueBytes: limits.frameBytes,
  roomBacklogBytes: limits.roomBacklogBytes,
  pendingBytes: limits.pendingBytes,
  documentBytes: limits.documentBytes,
  batchBytes: 8 * 1024 * 1024,
  slowReaderBytes: 4 * 1024 * 1024,
  slowReaderMs: 30_000,
  slowReaderLookMs: 200,
  presenceMs: 50,
  presenceBytesPerSecond: 160 * 1024 * 1024,
  presenceMaxMs: 2_000,
  presenceStates: 2_000,
  presenceBytes: 4 * 1024 * 1024,
  presenceOutdatedMs: 30_000,
  restPerReaderMs: 0.01,
  restMaxMs: 20,
  neighbourBeatMs: 5_000,
  neighbourLeaseMs: 20_000,
  lookMs: 15_000,
  pageEntries: 500,
  idleMs: 30_000,
  settleMs: 2_000,
  checkpointEntries: 2_000,
  checkpointBytes: 256 * 1024,
  compactionsAtOnce: 2,
  bigDocumentBytes: 1024 * 1024,
  bigAnswerBytes: 1024 * 1024,
  quarantineMs: 60_000,
  stallMs: 3_000,
  retryMs: 100,
  retryMaxMs: 10_000,
  rightsMs: 60_000,
  rightsAtOnce: 32,
  random: Math.random,
};
