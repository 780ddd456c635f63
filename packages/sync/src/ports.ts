/**
 * What the engine needs of the world, cut as narrow as the engine uses it. `sync` compiles with no DOM and no
 * Node types: time, sockets, storage, rights and logs enter here and nowhere else.
 */
import type { Access, Refusal, RefusalCode } from '@tidemark/protocol';

/** A document's update log: append-only, ordered by LSN (1, 2, 3 …, no gaps), one per document. */
export interface UpdateLog {
  /** Newest checkpoint and all entries after it, or null if there is no such document. Rejects on a fault. */
  load(documentId: string): Promise<LoadedDocument | null>;

  /**
   * Appends a batch in order, in one transaction that may be shared with other documents. Resolves after the
   * commit. Rejects on a fault; then nothing, or (if the answer was lost) all of the batch is in the log, and
   * appending it again is harmless since updates may repeat.
   */
  append(batch: Batch): Promise<Appended>;

  /** Entries of this epoch after `lsn`, in order, at most `limit` of them; or `gone`, as an append would be. */
  readAfter(
    documentId: string,
    epoch: number,
    lsn: number,
    limit: number,
  ): Promise<readonly LogEntry[] | 'gone'>;

  /** Stores a checkpoint. A checkpoint that is not newer than the stored one, or of another epoch, is left out. */
  saveCheckpoint(checkpoint: Checkpoint): Promise<'stored' | 'outdated'>;

  /** The last LSN of each of these documents that exists, by one query. */
  heads(documentIds: readonly string[]): Promise<ReadonlyMap<string, number>>;

  /**
   * The bell: called when somebody (any process) has appended to this document. It may ring late, twice or, after a
   * fault, not at all; whoever hears it reads on from its own LSN. Returns a function that stops the calls.
   */
  onAppended(documentId: string, listener: (head: number) => void): () => void;
}

/**
 * Small messages between the processes that share a database. They may be lost, late, doubled or out of order, and are
 * never altered: what has to be exact is in the log, and the bus only says that it is there.
 */
export interface Bus {
  /** This process, among those on the bus. */
  readonly self: string;
  /** To every other process that subscribed to the topic: a word without spaces. Never throws, never waits. */
  publish(topic: string, bytes: Uint8Array): void;
  /** `hear` gets what other processes publish, and who did. Returns a function that stops the calls. */
  subscribe(topic: string, hear: (bytes: Uint8Array, from: string) => void): () => void;
  /** Called when messages are heard (again): what was published before may have been missed. */
  onReconnected(listener: () => void): () => void;
  /** Sends what was published, then hears and says nothing more. */
  close(): Promise<void>;
}

/** A bus that tells how it does. */
export interface WatchedBus extends Bus {
  stats(): BusStats;
}

/** Counts go up from the start of the process. */
export interface BusStats {
  /** Whether messages of others are heard at present. */
  readonly connected: boolean;
  readonly sent: number;
  readonly heard: number;
  /** Messages that could not be sent. */
  readonly dropped: number;
}

export interface LoadedDocument {
  readonly epoch: number;
  /** The last LSN, 0 if nothing was ever logged. */
  readonly head: number;
  readonly checkpoint: { readonly lsn: number; readonly state: Uint8Array } | null;
  /** All entries after the checkpoint, in order. */
  readonly tail: readonly LogEntry[];
}

export interface NewEntry {
  /** Yjs update, v1 encoding. */
  readonly update: Uint8Array;
  /** Who wrote it; null for the server itself. */
  readonly userId: string | null;
  /** Yjs client ID of the writer's replica when known, else 0. */
  readonly clientId: number;
}

export interface LogEntry extends NewEntry {
  readonly lsn: number;
  /** When it was stored: milliseconds since 1970, UTC, the database's clock. */
  readonly at: number;
}

export interface Batch {
  readonly documentId: string;
  readonly epoch: number;
  /** The last LSN the writer has seen; entries of others after it come back as `missed`. */
  readonly after: number;
  readonly entries: readonly NewEntry[];
}

export type Appended =
  | { readonly outcome: 'stored'; readonly head: number; readonly missed: readonly LogEntry[] }
  /** The document was purged, or begun anew under another epoch: it can never be stored. */
  | { readonly outcome: 'gone' };

export interface Checkpoint {
  readonly documentId: string;
  readonly epoch: number;
  readonly lsn: number;
  /** Full state, v1 encoding. */
  readonly state: Uint8Array;
}

/** Who stands behind a session. */
export interface Principal {
  readonly userId: string;
  /** The most this session may do, whatever the person may (a read-only token). */
  readonly atMost: Access;
  /**
   * By what it came in, in words of the policy (a login session, an API token): when that is gone, so is the session. Null
   * where nothing of the kind can be withdrawn.
   */
  readonly credential: string | null;
}

/** Whose rights may have changed: all named parts hold together. A lobby knows no companies and looks wider there. */
export type RightsScope =
  | { readonly documentId?: string; readonly userId?: string; readonly companyId?: string }
  | 'all';

/** Rights are asked for when a session joins, and again whenever they may have changed. */
export interface AccessPolicy {
  /**
   * `live` asks for somebody who was let in before: that the document exists is no secret to them. Rejects when it cannot
   * be known at present.
   */
  access(principal: Principal, documentId: string, asked: 'joining' | 'live'): Promise<Access | Refusal>;
  /** Calls when rights may have changed: late or twice, or after a fault not at all. Returns a function that stops the calls. */
  onChanged(listener: (scope: RightsScope) => void): () => void;
}

/**
 * Heavy work on whole documents, kept off the event loop: an adapter runs the functions of `@tidemark/sync/workbench`, which
 * bear the same names, in a thread. `log` is the bytes of a checkpoint, if there is one, and of the entries after it, in
 * order; all bytes are updates of v1 encoding and may be copied, never changed. Rejects when the bench itself breaks.
 */
export interface Workbench {
  /** The log as one update, proved to hold the same. */
  compact(log: readonly Uint8Array[]): Promise<Uint8Array | Unreadable>;
  /** The log cut into small updates, in an order in which each can be applied by itself. */
  slice(log: readonly Uint8Array[]): Promise<readonly Uint8Array[] | Unreadable>;
  /** What the holder of each encoded state vector lacks. */
  diff(
    log: readonly Uint8Array[],
    stateVectors: readonly Uint8Array[],
  ): Promise<readonly Uint8Array[] | Unreadable>;
}

/** A log that cannot be applied, and why. A value, since it has to cross from thread to thread. */
export interface Unreadable {
  readonly unreadable: string;
}

/** An update that was refused, or that broke a room, and whose it was. */
export interface Quarantined {
  readonly documentId: string;
  /** Null when the log itself cannot be applied: then there are no bytes either. */
  readonly userId: string | null;
  readonly clientId: number;
  readonly code: RefusalCode;
  readonly detail: string;
  readonly bytes: Uint8Array;
}

/** Keeps what was refused, within bounds of its own, for operators to look at. */
export interface Quarantine {
  keep(item: Quarantined): Promise<void>;
}

/** One WebSocket, whatever library made it. */
export interface Socket {
  /** Whether the client offered `tidemark.1`. */
  readonly extended: boolean;
  send(bytes: Uint8Array): void;
  /** Bytes handed to `send` that the network has not taken yet. */
  bufferedBytes(): number;
  close(code: number, reason: string): void;
}

export interface Clock {
  /**
   * Milliseconds since 1970, UTC, by the clock on the wall when the process began, and by the time that has passed since: it
   * never goes back and never jumps, or people would stay present for as long as somebody puts that clock back.
   */
  now(): number;
  /**
   * Calls once after `ms`, never before this call has returned; the returned function cancels. `after(0)` is the end of a
   * turn: an adapter should call once the event loop has read all its sockets (`setImmediate` where there is one).
   */
  after(ms: number, run: () => void): () => void;
}

export interface Log {
  debug(event: string, fields?: Record<string, unknown>): void;
  info(event: string, fields?: Record<string, unknown>): void;
  warn(event: string, fields?: Record<string, unknown>): void;
  error(event: string, fields?: Record<string, unknown>): void;
}
