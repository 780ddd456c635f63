/** What history needs of the world: a store (Postgres), a bench (a thread), compression. `history.ts` is what the world gets. */
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

/** Log entries in one byte string: compressed, as a row of its own, or, on the way to the bench, rows bundled (`bundleEntries`). */
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
  /** Registers that were written in records that were there before, each once, at most 50. One of a family (`opt:legend`) stands as written. */
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

export interface TimedLsn {
  readonly lsn: number;
  /** False in thinned time where somebody was at work: entries may have followed whose times are gone. */
  readonly exact: boolean;
}

/** The past of documents as it is stored. One contract suite, run by every adapter. All calls reject on a fault. */
export interface HistoryStore {
  /** Null: there is no such document. */
  place(documentId: string): Promise<HistoryPlace | null>;
  /** The newest stored state at or before `lsn` and after `lifeAfter`: of history or of loads; null when there is none. */
  stateBefore(documentId: string, lifeAfter: number, lsn: number): Promise<StoredState | null>;
  /** All that the log holds after `after` up to `upTo`, in order: segments that hold any of it, then rows. */
  entries(documentId: string, after: number, upTo: number): Promise<Entries>;
  /**
   * The same for the bench, rows bundled: as many entries as have at most so many bytes of updates together, one at least; a segment counts
   * whole. Thousands of rows as objects would hold up the event loop.
   */
  bundles(documentId: string, after: number, upTo: number, bytes: number): Promise<readonly Segment[]>;
  /** No entry in (after, upTo] was stored before: milliseconds since 1970. Null where there is none. */
  earliest(documentId: string, after: number, upTo: number): Promise<number | null>;
  /**
   * The last LSN, at most `upTo`, up to which the entries after `after` together have at most so many bytes: the next one where that alone has
   * more, `upTo` where nothing is there. A segment counts whole.
   */
  reach(documentId: string, after: number, upTo: number, bytes: number): Promise<number>;
  /** The last LSN stored at or before a time (milliseconds since 1970), 0 when there is none. */
  lsnAt(documentId: string, time: number): Promise<TimedLsn>;

  /**
   * Puts a segment in place of its rows, in one transaction. `outdated`, with nothing done, unless it begins right after what is packed,
   * ends within what may be packed and within one life, and the rows' updates have the given SHA-256 one after the other. Rejects where
   * the segment, read back, does not hold what the rows do.
   */
  pack(
    documentId: string,
    segment: Segment & { readonly sha256: Uint8Array },
  ): Promise<'packed' | 'outdated'>;
  /** Stores a history checkpoint (form `packed`), packed rows below it or not; one at the same LSN stays. Nothing where the document is gone. */
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
  /** Adds one; one of the same reason at the same LSN stays as it is and is answered. `gone`, with nothing added: the moment is thinned, or the document is no more. */
  addAutomatic(documentId: string, version: Omit<AutomaticVersion, 'id'>): Promise<AutomaticVersion | 'gone'>;

  /**
   * Removes the segments that end at or before `upTo`, the automatic versions of that time but for `keep` (ids), and the history checkpoints
   * up to there but for those at the end and at the moments of kept versions; moves `thinned` to the end of the last segment that went. All
   * in one transaction. `outdated`, with nothing done, unless that end (where no life begins) and the moment of each kept version have a
   * history checkpoint.
   */
  thin(documentId: string, upTo: number, keep: readonly string[]): Promise<'thinned' | 'outdated'>;
}

/** Wishes that somebody has no more. An AbortSignal can be made one. */
export interface Cancel {
  readonly cancelled: boolean;
  /** Calls once when it is cancelled, not when it was before; the returned function stops that. */
  onCancel(run: () => void): () => void;
}

/** Compression of whole byte strings. */
export interface Packer {
  compress(bytes: Uint8Array): Uint8Array;
  /** Throws when the bytes are not its own. */
  expand(bytes: Uint8Array): Uint8Array;
}

/** What the log holds of a range. */
export interface Entries {
  readonly segments: readonly Segment[];
  readonly rows: readonly LogEntry[];
}

/** Bytes from which a state is made: a stored one, if there is one, then entries of the log, all of one life. */
export interface Material extends Entries {
  readonly start: StoredState | null;
}

/** One difference between two moments, and who brought it about. */
export interface AuthoredDifference {
  readonly type: 'added' | 'removed' | 'changed' | 'moved';
  readonly collection: string;
  readonly id: string;
  /** Of a change; null otherwise. */
  readonly register: string | null;
  /** Null when the entry is thinned, or came before `from` and waited for another. */
  readonly by: Author | null;
}

/** The entry that brought something about. */
export interface Author {
  readonly lsn: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Null: the server itself. */
  readonly userId: string | null;
}

/** A text that differs, and everybody who wrote or deleted in it between the moments: each once, with the last entry. */
export interface AuthoredText {
  readonly text: string;
  readonly by: readonly Author[];
}

export interface AuthoredChanges {
  readonly differences: readonly AuthoredDifference[];
  readonly texts: readonly AuthoredText[];
}

/** Two moments, `to` the later one. They may lie in two lives. */
export interface Comparison {
  readonly kind: KindName;
  readonly from: number;
  readonly to: number;
  /** Makes the state at `from`. */
  readonly before: Material;
  /** Makes the state at `to`. */
  readonly after: Material;
  /** The entries in (from, to], as far as there is detail. */
  readonly between: Entries;
  /** Where detail of the later life begins after `from`: what makes the state there, whose authors nobody can tell. */
  readonly thinned: { readonly lsn: number; readonly material: Material } | null;
}

/**
 * Heavy work on the past, off the event loop: the functions of `@tidemark/history/bench`, which bear the same names, in a thread.
 * Rejects when the bench breaks or the wish is cancelled; what cannot be read is an answer.
 */
export interface HistoryBench {
  /** The state at `lsn`, one v1 update. */
  stateAt(material: Material, lsn: number, cancel?: Cancel): Promise<Uint8Array | Unreadable>;
  /**
   * The rows in [first, last] as a segment, read back and found equal, with the SHA-256 of their updates one after the other. The material
   * begins with the last history checkpoint; a state at the segment's end comes along where the next one is due.
   */
  pack(
    material: Material,
    range: { readonly first: number; readonly last: number },
  ): Promise<Packed | Unreadable>;
  /** A state made of the material at `lsn`, as a history checkpoint. */
  packedState(material: Material, lsn: number): Promise<Uint8Array | Unreadable>;
  /**
   * Sessions that the entries in (settled, upTo] begin or go on with, as they are then. The material goes from the state at `after` to `upTo`;
   * the open sessions, which those entries may go on with, begin after `after`.
   */
  sessions(
    material: Material,
    range: {
      readonly kind: KindName;
      readonly after: number;
      readonly settled: number;
      readonly upTo: number;
    },
    open: readonly WorkSession[],
  ): Promise<readonly WorkSession[] | Unreadable>;
  /** Who brought about what differs between two moments. */
  changes(comparison: Comparison, cancel?: Cancel): Promise<AuthoredChanges | Unreadable>;
}

export interface Packed {
  readonly content: Uint8Array;
  readonly sha256: Uint8Array;
  /** The state at the end of the segment, as a history checkpoint; null when none is due. */
  readonly state: Uint8Array | null;
}
