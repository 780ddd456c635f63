import type { Refusal } from '@tidemark/protocol';
import type { AuthoredChanges, AutomaticVersion, Cancel, StoredState, WorkSession } from './ports.ts';

/**
 * The past of documents, for whoever serves it. Rights are the caller's business. Everything may be asked for by several processes at once.
 * Rejects on faults, and with `Cancelled` when nobody wants the answer any more. Refusals: `not-found` (no such document, or no such LSN yet),
 * `no-detail` (thinned), `quarantined` (what is stored cannot be read), `too-large` (more lies
 * between two moments than can be looked through).
 */
export interface History {
  /** The document at an LSN: one v1 update. 0: before anything was written. */
  stateAt(documentId: string, lsn: number, cancel?: Cancel): Promise<Uint8Array | Refusal>;
  /** What differs between two moments, with authors. `from` must not be the later one. */
  changes(documentId: string, from: Moment, to: Moment, cancel?: Cancel): Promise<AuthoredChanges | Refusal>;
  /** The last LSN stored by a time (milliseconds since 1970), 0 when nothing was. `no-detail` where that is not known any more, or no moment that is left. */
  lsnAt(documentId: string, time: number): Promise<number | Refusal>;
  /** Sessions of work that are settled, and automatic versions: the newest first. */
  page(documentId: string, cursor: PageCursor | null, limit: number): Promise<HistoryPage | Refusal>;
  /** Stops with LSNs in (after, upTo], at most `most`: spread evenly, the last one always. */
  stops(documentId: string, after: number, upTo: number, most: number): Promise<readonly Stop[] | Refusal>;

  /** Makes sessions of work of all entries that are in the log. */
  settle(documentId: string): Promise<void>;
  /** Packs what may be packed, and makes history checkpoints, until nothing is left to do. Small rests stay as they are. */
  archive(documentId: string): Promise<void>;
  /** What `thin` would do. */
  thinning(documentId: string, before: number): Promise<Thinning | null>;
  /** Leaves of the time before `before` (milliseconds since 1970) the moments of versions alone. Null: nothing to do. */
  thin(documentId: string, before: number): Promise<Thinning | null>;
}

/** An LSN; or a version that keeps a state of its own, which stands in for what the log no longer tells. */
export type Moment = number | KeptMoment;

export interface KeptMoment extends StoredState {
  /** The version's: its state is never another one. */
  readonly id: string;
}

export interface Stop {
  readonly lsn: number;
  readonly at: number;
  readonly userId: string | null;
}

export type PageItem =
  | { readonly type: 'session'; readonly session: WorkSession }
  | { readonly type: 'automatic'; readonly version: AutomaticVersion };

/** Where a page ends: opaque to callers but for `time`, and plain JSON. */
export interface PageCursor {
  /** Everything from here on was shown. */
  readonly time: number;
  readonly session: { readonly to: number; readonly first: number } | null;
  /** LSN of the last automatic version that was shown. */
  readonly automatic: number | null;
}

export interface HistoryPage {
  readonly items: readonly PageItem[];
  /**
   * What of other sorts (submitted and named versions, lives) has its time in [since, before) belongs on this page: every moment of time is on
   * one page. Null: no bound on this side.
   */
  readonly since: number | null;
  readonly before: number | null;
  /** Null: that was all. */
  readonly next: PageCursor | null;
  readonly head: number;
  /** Sessions are known up to here. */
  readonly settled: number;
  /** Detail begins after this LSN; 0: nothing was thinned. */
  readonly thinned: number;
}

export interface Thinning {
  /** Entries up to here lose their detail. */
  readonly upTo: number;
  readonly entries: number;
  /** Automatic versions that stay, and how many go. */
  readonly kept: number;
  readonly dropped: number;
}

/** Why a promise was rejected whose answer nobody wanted any more. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';

  constructor() {
    super('Nobody wants the answer any more.');
  }
}
