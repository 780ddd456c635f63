import type { Counters, RoomStats } from './counters.ts';
import type { SessionReport } from './report.ts';

/** What is at present, and what was counted since the start. */
export interface LobbyStats extends Readonly<Counters> {
  readonly rooms: number;
  /** Rooms that take nobody any more but still store, settle or make a checkpoint. */
  readonly endingRooms: number;
  /** Rooms whose people were told that storing fails. */
  readonly failingRooms: number;
  readonly sessions: number;
  /** Awareness states held. */
  readonly present: number;
  /** Bytes that wait to be stored. */
  readonly backlogBytes: number;
  /** Age of the oldest edit that is not stored yet, in milliseconds; 0 if all are. */
  readonly dirtyMs: number;
  /** Bytes of content that waits for missing updates. */
  readonly pendingBytes: number;
  /** Bytes of the logs of live documents after their last checkpoints. */
  readonly tailBytes: number;
  /** Bytes handed to sockets that the network has not taken yet. */
  readonly outboundBytes: number;
  /** Slow readers: they get one diff when they have drained. */
  readonly staleReaders: number;
}

type AtPresent = Omit<LobbyStats, keyof Counters | 'endingRooms'>;

/** Sums up what rooms and sessions hold at `now`. */
export function sumUp(
  rooms: readonly { stats(): RoomStats }[],
  sessions: ReadonlyMap<string, ReadonlySet<{ report(): SessionReport }>>,
  now: number,
): AtPresent {
  const sum = {
    rooms: rooms.length,
    failingRooms: 0,
    sessions: 0,
    present: 0,
    backlogBytes: 0,
    dirtyMs: 0,
    pendingBytes: 0,
    tailBytes: 0,
    outboundBytes: 0,
    staleReaders: 0,
  };
  for (const room of rooms) {
    const { present, backlogBytes, dirtySince, failing, pendingBytes, tailBytes } = room.stats();
    sum.present += present;
    sum.backlogBytes += backlogBytes;
    sum.dirtyMs = Math.max(sum.dirtyMs, dirtySince === null ? 0 : now - dirtySince);
    sum.pendingBytes += pendingBytes;
    sum.tailBytes += tailBytes;
    if (failing) sum.failingRooms += 1;
  }
  for (const some of sessions.values()) {
    for (const session of some) {
      const { bufferedBytes, stale } = session.report();
      sum.sessions += 1;
      sum.outboundBytes += bufferedBytes;
      if (stale) sum.staleReaders += 1;
    }
  }
  return sum;
}
