import type { Dialect } from './dialect.ts';
import type { Address } from './visitor.ts';

/** The server that is asked, and what its owner lets the checks do. */
export interface Subject {
  readonly dialect: Dialect;
  /** Milliseconds after which what did not happen counts as not happening. */
  readonly patience: number;
  /** Whether `room` gives one that nobody has used, or always the same. */
  readonly freshRooms: boolean;
  room(checkId: string): Promise<Address>;
  /** The WebSocket URL of a room that the caller may not open. */
  readonly denied?: string;
  /** Ends the server as hard as its owner likes, starts it again, resolves when it listens. Also used after a crash. */
  readonly restart?: () => Promise<void>;
}
