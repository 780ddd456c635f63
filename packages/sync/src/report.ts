import type { Access } from '@tidemark/protocol';

/** One live session, as operators see it. */
export interface SessionReport {
  readonly userId: string;
  readonly access: Access;
  /** When it was connected; milliseconds since 1970, UTC. */
  readonly since: number;
  /** Content frames received. */
  readonly frames: number;
  /** Bytes that the network has not taken yet. */
  readonly bufferedBytes: number;
  /** Whether it is a slow reader at present, which gets one diff when it has drained. */
  readonly stale: boolean;
}

/** One live document, as operators see it. */
export interface RoomReport {
  readonly documentId: string;
  readonly epoch: number;
  /** The last LSN it holds. */
  readonly head: number;
  readonly sessions: readonly SessionReport[];
  /** Bytes of the full state: an upper bound. */
  readonly stateBytes: number;
  /** What follows the last checkpoint in the log. */
  readonly tailEntries: number;
  readonly tailBytes: number;
  /** Bytes that wait to be stored. */
  readonly backlogBytes: number;
  /** When the oldest of them came; milliseconds since 1970, UTC, or null. */
  readonly dirtySince: number | null;
  /** Bytes of content that waits for missing updates. */
  readonly pendingBytes: number;
  /** Awareness states held. */
  readonly present: number;
  /** Whether people were told that storing fails. */
  readonly failing: boolean;
}
