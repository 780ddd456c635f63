import type { RefusalCode } from '@tidemark/protocol';

/** What the engine counts since it was made. Numbers only go up. */
export interface Counters {
  /** Content frames received. */
  frames: number;
  /** Entries committed. */
  entries: number;
  /** Appends that failed and were tried again. */
  appendFailures: number;
  /** Frames and sessions refused, by code. */
  readonly refusals: Map<RefusalCode, number>;
  /** Live sessions that may only read now, or may write again. */
  accessChanges: number;
  /** Frames that left content waiting for updates the room lacks. */
  gaps: number;
  /** Slow readers brought back by one diff. */
  resyncs: number;
  checkpoints: number;
  /** Compactions that failed; the log stays as it is. */
  compactionFailures: number;
  /** Updates and documents set aside for operators. */
  quarantined: number;
  /** Sessions that were let in. */
  joins: number;
  /** Rooms closed by a bug or a broken log entry. */
  brokenRooms: number;
  /** Bytes of presence sent, to all readers together. */
  presenceBytes: number;
}

export function createCounters(): Counters {
  return {
    frames: 0,
    entries: 0,
    appendFailures: 0,
    refusals: new Map(),
    accessChanges: 0,
    gaps: 0,
    resyncs: 0,
    checkpoints: 0,
    compactionFailures: 0,
    quarantined: 0,
    joins: 0,
    brokenRooms: 0,
    presenceBytes: 0,
  };
}

export function countRefusal({ refusals }: Counters, code: RefusalCode): void {
  refusals.set(code, (refusals.get(code) ?? 0) + 1);
}

/** What one room holds at present; a lobby sums it up. */
export interface RoomStats {
  /** Awareness states held. */
  readonly present: number;
  /** Bytes that wait to be stored. */
  readonly backlogBytes: number;
  /** When the oldest of them came; milliseconds since 1970, UTC, or null. */
  readonly dirtySince: number | null;
  /** Bytes of content that waits for missing updates. */
  readonly pendingBytes: number;
  /** Whether people were told that storing fails. */
  readonly failing: boolean;
  /** Bytes of the log after the last checkpoint. */
  readonly tailBytes: number;
}
