/** What history needs of the world: a store (Postgres), a bench (a thread), compression. */
import type { KindName } from '@tidemark/documents';
import type { LogEntry, Unreadable } from '@tidemark/sync';

/** Where a document stands in its log. */
export interface HistoryPlace {
  readonly kind: KindName;
  readonly epoch: number;
  /** The last LSN. */
  readonly head: number;
  /** When the last entry was stored: milliseconds since 1970; null while there is none. */
  readonly headAt: number | null;
  /** Sessions of work are known up to here. */
  readonly settled: number;
  /** Entries up to here lie in segments, or are thinned. */
  readonly packed: number;
  /** Entries up to here are thinned: of that time only the moments of versions are left. */
  readonly thinned: number;
  /** Rows up to here may be packed: no load and no checkpoint kept for loads needs them. */
  readonly packable: number;
  /** The lives, in order. The first begins after 0. */
  readonly lives: readonly Life[];
}

export interface Life {
  /** Its entries are those after this LSN, up to the `after` of the next life. */
  readonly after: number;
  readonly epoch: number;
  /** How it began; null: as the document did. */
  readonly began: { readonly at: number; readonly userId: string | null } | null;
}

/** Log entries in one row, compressed. */
export interface Segment {
  /** LSNs of its first and last entry; none is missing in between. */
  readonly first: number;
  readonly last: number;
  readonly content: Uint8Array;
}

/** A stored state as of an LSN. */
export interface StoredState {
  readonly lsn: number;
  readonly state: Uint8Array;
  /** `v1`: an update as a checkpoint for loads holds it; `packed`: compressed, as the bench makes it. */
  readonly form: 'v1' | 'packed';
}

/** How much was done to the things of a document; by collection, and by name of a text. */
export interface Touched {
  readonly collections: Readonly<Record<string, TouchedCollection>>;
  /** Characters. */
  readonly texts: Readonly<Record<string, { readonly inserted: number; readonly deleted: number }>>;
}

/** Records, each counted once, by the strongest of what was done to it: added, removed, changed, moved. */
export interface TouchedCollection {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  readonly moved: number;
  /** Some of the records, for whoever wants to name them; at most 50. */
  readonly ids: readonly string[];
  /** Registers that were written, each once, at most 50. A family of registers (`opt:legend`) stands as written. */
  readonly registers: readonly string[];
}

/** What one person did without a pause of more than the gap. */
export interface WorkSession {
  readonly first: number;
  readonly last: number;
  /** Null: the server itself. */
  readonly userId: string | null;
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly edits: number;
  readonly bytes: number;
  readonly touched: Touched;
  /** LSN and time of moments worth a stop, in order, at most 60; the last entry is one. */
  readonly stops: readonly (readonly [lsn: number, at: number])[];
}

/** Why a moment became a version by itself. */
export type AutomaticReason =
  | 'quiet'
  | 'nightly'
  | 'before-restore'
  | 'restored'
  | 'before-import'
  | 'forked';

export interface AutomaticVersion {
  readonly id: string;
  readonly lsn: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly reason: AutomaticReason;
  readonly userId: string | null;
  /** What was restored or begun: words for people. */
  readonly about: string;
}

/** The past of documents as it is stored. One contract suite, run by every adapter. All calls reject on a fault. */
export interface HistoryStore {
  /** Null: there is no such document. */
  place(documentId: string): Promise<HistoryPlace | null>;
  /** The newest stored state at or before `lsn` and after `lifeAfter`: of history or of loads; null when there is none. */
  stateBefore(documentId: string, lifeAfter: number, lsn: number): Promise<StoredState | null>;
  /** All that the log holds after `after` up to `upTo`, in order: segments that hold any of it, then rows. */
  entries(
    documentId: string,
    after: number,
    upTo: number,
  ): Promise<{ readonly segments: readonly Segment[]; readonly rows: readonly LogEntry[] }>;
  /** The last LSN stored at or before a time (milliseconds since 1970), 0 when there is none. */
  lsnAt(documentId: string, time: number): Promise<number>;

  /**
   * Puts a segment in place of its rows, in one transaction. `outdated`, with nothing done, unless it begins right after what is packed,
   * ends within what may be packed and within one life, and the rows' updates have the given SHA-256 one after the other.
   */
  pack(
    documentId: string,
    segment: Segment & { readonly sha256: Uint8Array },
  ): Promise<'packed' | 'outdated'>;
  /** Stores a history checkpoint (form `packed`); one at the same LSN stays. */
  keepState(documentId: string, lsn: number, state: Uint8Array): Promise<void>;

  /** Sessions that are known, the latest end first, those before the cursor's place. */
  sessions(
    documentId: string,
    before: { readonly to: number; readonly first: number } | null,
    limit: number,
  ): Promise<readonly WorkSession[]>;
  /** Sessions whose end is not before `time`: those that further entries may belong to. */
  openSessions(documentId: string, time: number): Promise<readonly WorkSession[]>;
  /** Stores sessions (one with the same `first` is replaced) and moves `settled` from `from` to `to`; `outdated` when it is not at `from`. */
  saveSessions(
    documentId: string,
    from: number,
    to: number,
    sessions: readonly WorkSession[],
  ): Promise<'saved' | 'outdated'>;
  /** Stops of all sessions with LSNs in (after, upTo], in order. */
  stops(
    documentId: string,
    after: number,
    upTo: number,
  ): Promise<readonly { readonly lsn: number; readonly at: number; readonly userId: string | null }[]>;

  /** The newest first; those before `before` (an LSN). */
  automaticVersions(
    documentId: string,
    before: number | null,
    limit: number,
  ): Promise<readonly AutomaticVersion[]>;
  /** Adds one; one of the same reason at the same LSN stays as it is and is answered. */
  addAutomatic(documentId: string, version: Omit<AutomaticVersion, 'id'>): Promise<AutomaticVersion>;

  /**
   * Removes the segments that end at or before `upTo`, the automatic versions up to there but for `keep` (ids), and history checkpoints that no
   * moment left needs, in one transaction; moves `thinned`. `outdated`, with nothing done, where a kept version's moment has no stored state.
   */
  thin(documentId: string, upTo: number, keep: readonly string[]): Promise<'thinned' | 'outdated'>;
}

/** Compression of whole byte strings. */
export interface Packer {
  compress(bytes: Uint8Array): Uint8Array;
  /** Throws when the bytes are not its own. */
  expand(bytes: Uint8Array): Uint8Array;
}

/** Bytes from which a state is made: a stored one, if there is one, then entries of the log. */
export interface Material {
  readonly start: StoredState | null;
  readonly segments: readonly Segment[];
  readonly rows: readonly LogEntry[];
}

/** One difference between two moments, and who brought it about. */
export interface AuthoredDifference {
  readonly type: 'added' | 'removed' | 'changed' | 'moved';
  readonly collection: string;
  readonly id: string;
  /** Of a change; null otherwise. */
  readonly register: string | null;
  /** Null when the entry is thinned. */
  readonly by: { readonly lsn: number; readonly at: number; readonly userId: string | null } | null;
}

/** A text that differs, and everybody who wrote or deleted in it between the moments. */
export interface AuthoredText {
  readonly text: string;
  readonly by: readonly { readonly lsn: number; readonly at: number; readonly userId: string | null }[];
}

/**
 * Heavy work on the past, off the event loop: the functions of `@tidemark/history/bench`, which bear the same names, in a thread.
 * Rejects when the bench breaks or the signal says so; what cannot be read is an answer.
 */
export interface HistoryBench {
  /** The state at `lsn`, one v1 update. */
  stateAt(material: Material, lsn: number, signal?: AbortSignal): Promise<Uint8Array | Unreadable>;
  /** Entries as a segment, read back and found equal; and the state at its end as a history checkpoint, when asked for. */
  pack(
    material: Material,
    range: { readonly first: number; readonly last: number; readonly state: boolean },
  ): Promise<
    | { readonly content: Uint8Array; readonly sha256: Uint8Array; readonly state: Uint8Array | null }
    | Unreadable
  >;
  /** A state made of the material at `lsn`, as a history checkpoint. */
  packedState(material: Material, lsn: number): Promise<Uint8Array | Unreadable>;
  /** Sessions that the entries in (after, upTo] begin or go on with. The material's state is that at `after`. */
  sessions(
    material: Material,
    range: { readonly kind: KindName; readonly after: number; readonly upTo: number },
    open: readonly WorkSession[],
  ): Promise<readonly WorkSession[] | Unreadable>;
  /** Who brought about what differs between `from` and `to` (later); `states` in place of the material where a version keeps its own. */
  changes(
    material: Material,
    range: { readonly kind: KindName; readonly from: number; readonly to: number },
    signal?: AbortSignal,
  ): Promise<
    | { readonly differences: readonly AuthoredDifference[]; readonly texts: readonly AuthoredText[] }
    | Unreadable
  >;
}
