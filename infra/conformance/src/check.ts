import type { RawConnection } from './raw-connection.ts';
import type { Address, Visitor, VisitorOptions } from './visitor.ts';

export type Group =
  | 'handshake'
  | 'updates'
  | 'awareness'
  | 'rights'
  | 'rooms'
  | 'reconnecting'
  | 'load'
  | 'robustness'
  | 'durability';

/** One sentence about a server, and the way to find out whether it is true. */
export interface Check {
  /** K1, K2 …; stays with its sentence for good. */
  readonly id: string;
  readonly group: Group;
  readonly says: string;
  readonly needs?: readonly Need[];
  /** Throws when the sentence is not true of this server. */
  run(ground: Ground): Promise<void>;
}

/**
 * What the caller has to give for a check: rooms that nobody has used (`rooms`), a way to restart the server (`restart`), the
 * URL of a room that the caller may not open (`denied`).
 */
export type Need = 'rooms' | 'restart' | 'denied';

/** What one check stands on. All that it opens is closed after it. */
export interface Ground {
  /** A name for root types that no other check uses, since all may have to share one room. */
  readonly scope: string;
  readonly denied: string | null;
  readonly patience: number;
  room(): Promise<Address>;
  /** Connected and in step with the server. */
  join(room: Address, options?: Partial<VisitorOptions>): Promise<Visitor>;
  /** Connected; has asked for nothing yet. */
  arrive(room: Address, options?: Partial<VisitorOptions>): Promise<Visitor>;
  raw(room: Address): Promise<RawConnection>;
  restart(): Promise<void>;
}

export type Outcome = 'pass' | 'fail' | 'skip';

export interface Result {
  readonly id: string;
  readonly group: Group;
  readonly says: string;
  readonly outcome: Outcome;
  /** Why it failed or was skipped; empty when it passed. */
  readonly detail: string;
  readonly milliseconds: number;
}

/** A check cannot be asked of this server. */
export class Skipped extends Error {
  override name = 'Skipped';
}

/** Says what a server should have done. */
export function expect(met: boolean, otherwise: string): asserts met {
  if (!met) throw new Error(otherwise);
}

export function checksOf(group: Group, checks: readonly Omit<Check, 'group'>[]): Check[] {
  return checks.map((check) => ({ ...check, group }));
}
