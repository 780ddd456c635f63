/**
 * What the provider may say about people's work. Events set the facts; `decide` alone makes a status of them.
 * Its promises (SPEC.md):
 *
 * 1. `saved` only on a live connection that acknowledges, with the server able to store and nothing pending.
 * 2. `keptOnDevice` only after the IndexedDB transactions that hold every pending edit have completed.
 * 3. `unsafe` is true exactly while some edit is neither acknowledged nor kept on this device.
 */
import type { RefusalCode } from '@tidemark/protocol';

/** `pending` counts local edits (transactions) that the server has not acknowledged as stored. */
interface Pending {
  readonly pending: number;
  /** Leaving the page now could lose work. */
  readonly unsafe: boolean;
}

/** Times are milliseconds since 1970; `since` is when the oldest pending edit was made, null with none pending. */
export type Status =
  /** The first attempt to connect, or one the person asked for. */
  | ({ readonly state: 'connecting' } & Pending)
  /** Connected and catching up. */
  | ({ readonly state: 'syncing' } & Pending)
  /** All is stored by the server; `at` is when that was last learnt. */
  | { readonly state: 'saved'; readonly at: number; readonly pending: 0; readonly unsafe: false }
  | ({ readonly state: 'saving'; readonly since: number } & Pending)
  /** In sync with a server that never says whether it stored anything. */
  | ({ readonly state: 'unconfirmed' } & Pending)
  | ({
      readonly state: 'offline';
      readonly since: number | null;
      readonly keptOnDevice: boolean;
      /** When the next attempt begins; null while one is under way. */
      readonly nextTryAt: number | null;
    } & Pending)
  /** Connected, but the server cannot store at present and keeps trying. */
  | ({ readonly state: 'storage-failing'; readonly since: number | null } & Pending)
  /** The server (or the wire) said no. With `final` nothing more is tried until `retry()`. */
  | ({
      readonly state: 'refused';
      readonly code: RefusalCode;
      readonly message: string;
      readonly final: boolean;
      readonly since: number | null;
      readonly keptOnDevice: boolean;
    } & Pending);

/** A "no" that stands until `retry()` or until a later answer lifts it. */
export interface Stop {
  readonly code: RefusalCode;
  readonly message: string;
  readonly final: boolean;
}

export interface Facts {
  readonly link: 'first-try' | 'waiting' | 'trying-again' | 'catching-up' | 'live';
  /** Whether the server acknowledges; unknown until its first frame. */
  readonly confirms: 'unknown' | 'yes' | 'no';
  readonly serverStores: boolean;
  /** The store on this device; `none` when switched off. */
  readonly device: 'none' | 'loading' | 'ok' | 'failing';
  /** Edits that this device's store has not confirmed. */
  readonly unkept: number;
  readonly pending: number;
  readonly since: number | null;
  readonly savedAt: number | null;
  readonly nextTryAt: number | null;
  readonly stop: Stop | null;
}

export const firstFacts: Facts = {
  link: 'first-try',
  confirms: 'unknown',
  serverStores: true,
  device: 'none',
  unkept: 0,
  pending: 0,
  since: null,
  savedAt: null,
  nextTryAt: null,
  stop: null,
};

/** The one place that turns facts into a status. Total: every combination of facts has an answer. */
export function decide(facts: Facts): Status {
  const { pending, since } = facts;
  const keptOnDevice = facts.device === 'ok' && facts.unkept === 0;
  const common = { pending, unsafe: pending > 0 && !keptOnDevice };
  if (facts.stop !== null) return { state: 'refused', ...facts.stop, since, keptOnDevice, ...common };
  switch (facts.link) {
    case 'first-try':
      return { state: 'connecting', ...common };
    case 'waiting':
    case 'trying-again':
      return {
        state: 'offline',
        since,
        keptOnDevice,
        nextTryAt: facts.link === 'waiting' ? facts.nextTryAt : null,
        ...common,
      };
    case 'catching-up':
      return { state: 'syncing', ...common };
    case 'live':
      // Until the device's store is read, nobody knows what an earlier visit left unsent.
      if (facts.device === 'loading') return { state: 'syncing', ...common };
      if (facts.confirms !== 'yes') return { state: 'unconfirmed', ...common };
      if (!facts.serverStores) return { state: 'storage-failing', since, ...common };
      if (pending > 0 && since !== null) return { state: 'saving', since, ...common };
      if (facts.savedAt === null) return { state: 'syncing', ...common };
      return { state: 'saved', at: facts.savedAt, pending: 0, unsafe: false };
  }
}
