import type { Refusal } from '@tidemark/protocol';
import type * as Y from 'yjs';
import type { RoomHooks } from './hooks.ts';
import type { Observer } from './observer.ts';
import type {
  AccessPolicy,
  Bus,
  Clock,
  Log,
  Principal,
  Quarantine,
  Socket,
  UpdateLog,
  Workbench,
} from './ports.ts';
import type { RoomReport } from './report.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import type { LobbyStats } from './statistics.ts';

export interface Lobby {
  /**
   * At once; frames received while the room loads are queued within a byte bound. `epoch` is that of the copy which the client
   * holds, if it says so: of another epoch, it is closed before anything is merged.
   */
  connect(socket: Socket, principal: Principal, documentId: string, epoch?: number | null): Session;
  /** Runs `use` on the live or freshly loaded replica. `use` must not keep or change it. */
  read<T>(
    documentId: string,
    use: (doc: Y.Doc, at: { epoch: number; head: number }) => T,
  ): Promise<T | Refusal>;
  /** Runs `change` in one transaction on the replica; resolves when it is stored. */
  edit(
    documentId: string,
    userId: string | null,
    change: (doc: Y.Doc) => void,
  ): Promise<{ lsn: number } | Refusal>;
  /**
   * Says to everybody who has the document open, in all processes, that something beside it has changed: `topic` is a word
   * of a-z and hyphens. Frame 105; a hint that may be lost with a process, never content.
   */
  tell(documentId: string, topic: string): void;
  /** Closes every session of a document (binned, purged, rights gone) with the refusal's close code. */
  dismiss(documentId: string, refusal: Refusal): void;
  /** Lets a document that was shut because its log could not be applied be tried again at once. */
  release(documentId: string): void;
  stats(): LobbyStats;
  /** Every live room of this process, for operators. */
  rooms(): readonly RoomReport[];
  /** Refuses newcomers, stores what is dirty, closes everybody with 1012, resolves when all rooms are clean. */
  drain(): Promise<void>;
}

export interface LobbyOptions {
  readonly log: UpdateLog;
  readonly access: AccessPolicy;
  readonly clock: Clock;
  readonly journal: Log;
  /** The other processes on the same log; without it there are none, or they are noticed late. */
  readonly bus?: Bus;
  readonly hooks?: RoomHooks;
  readonly settings?: Partial<Settings>;
  /** Heavy work on whole documents; in line, on the event loop, unless given. */
  readonly workbench?: Workbench;
  /** Keeps what was refused; only counted and told to the journal unless given. */
  readonly quarantine?: Quarantine;
  readonly observe?: Observer;
}
