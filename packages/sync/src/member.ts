import type { Access, Frame, Refusal } from '@tidemark/protocol';
import type { Mark } from './mark.ts';
import type { SessionReport } from './report.ts';

/** What a room asks of a session. */
export interface Member {
  readonly userId: string;
  readonly access: Access;
  tell(frame: Frame): void;
  /** A frame of ours, for who knows them. */
  tellExtended(frame: Frame): void;
  /** Encoded update frames, in order; `mark` is of the room, these included. */
  show(frames: readonly Uint8Array[], mark: () => Mark): void;
  /** An encoded presence frame; `own`: it holds nothing but what this member said. */
  showPresence(bytes: Uint8Array, own: boolean): void;
  /** The n-th content frame and all before it are committed; `lsn` includes them. */
  stored(n: number, lsn: number): void;
  /** Sends what `stored` has gathered. */
  ack(): void;
  /** Refuses one frame and lets the connection live; `n` is 0 when it was no content frame. */
  refuseFrame(n: number, refusal: Refusal): void;
  report(): SessionReport;
  /** Closes the connection with the refusal's close code. */
  end(refusal: Refusal): void;
}
