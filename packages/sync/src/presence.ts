/**
 * Who is in a room and where: the ephemeral awareness states of y-protocols. A client ID belongs to the member that first
 * used it, here or in another process; nobody else can change or remove its state.
 */
import { limits, type Refusal, refuse } from '@tidemark/protocol';
import { type Claim, flawOf, isRemoval, readClaims, removalOf, toUpdate } from './awareness-claims.ts';
import { sameBytes } from './same-bytes.ts';

/** What presence needs to know of a session. */
export interface Owner {
  readonly userId: string;
}

/** A claim with the person behind it, as processes tell each other. */
export interface NamedClaim {
  readonly userId: string;
  readonly claim: Claim;
}

/** Most states of one room, and most bytes of them. */
export interface PresenceBounds {
  readonly presenceStates: number;
  readonly presenceBytes: number;
}

interface State {
  readonly owner: Owner;
  readonly claim: Claim;
  readonly renewedAt: number;
}

/** Left behind by a removed state, so that a late echo of it is not taken for somebody new. */
interface Trace {
  readonly userId: string;
  readonly clock: number;
  readonly at: number;
}

/** A session of another process, as far as this one knows it. */
class DistantOwner implements Owner {
  readonly userId: string;
  readonly process: string;

  constructor(userId: string, process: string) {
    this.userId = userId;
    this.process = process;
  }
}

const traceMs = 120_000;
/** Traces of one room; a flood of client IDs pushes out the oldest. */
const tracesKept = 4_096;

export class Presence {
  readonly #bounds: PresenceBounds;
  readonly #states = new Map<number, State>();
  readonly #traces = new Map<number, Trace>();
  readonly #idsOf = new Map<Owner, Set<number>>();
  readonly #changed = new Set<number>();
  /** Those of the changed that other processes learn from this one. */
  readonly #changedHere = new Set<number>();
  #bytes = 0;
  #everybody: Uint8Array | null = null;

  constructor(bounds: PresenceBounds) {
    this.#bounds = bounds;
  }

  /** How many client IDs are present. */
  get size(): number {
    return this.#states.size;
  }

  /** Whether something was not yet taken by `takeChanges`. */
  get hasChanges(): boolean {
    return this.#changed.size > 0;
  }

  /**
   * Reads an awareness update of `owner`. Returns a refusal when it is malformed, or when one of its states
   * was left out since it was too large, one too many, or an attempt on a client ID of somebody else. Stale copies
   * of other people's states, which stock clients send all the time, are passed over.
   */
  receive(owner: Owner, update: Uint8Array, now: number): Refusal | null {
    const claims = update.length > this.#bounds.presenceBytes ? null : readClaims(update);
    if (claims === null) return refuse('malformed', 'An awareness update that cannot be read.');
    let refusal: Refusal | null = null;
    for (const claim of claims) refusal = this.#receiveOne(owner, claim, now) ?? refusal;
    return refusal;
  }

  /** What another process says of its sessions: something new, or `all` that it has. */
  receiveFrom(process: string, claims: readonly NamedClaim[], all: boolean, now: number): void {
    for (const { userId, claim } of claims) this.#receiveDistant(process, userId, claim, all, now);
    if (!all) return;
    const named = new Set(claims.map(({ claim }) => claim.clientId));
    this.#removeDistant(now, (owner, clientId) => owner.process === process && !named.has(clientId));
  }

  /** Removes all that belongs to `owner`. */
  leave(owner: Owner, now: number): void {
    for (const clientId of [...(this.#idsOf.get(owner) ?? [])]) this.#remove(clientId, now);
  }

  /** Removes all that belongs to the sessions of another process. */
  processGone(process: string, now: number): void {
    this.#removeDistant(now, (owner) => owner.process === process);
  }

  /** Removes what was not renewed since `before`, and forgets old traces. */
  expire(before: number, now: number): void {
    for (const [clientId, state] of this.#states) if (state.renewedAt < before) this.#remove(clientId, now);
    for (const [clientId, trace] of this.#traces) {
      if (trace.at < now - traceMs) this.#traces.delete(clientId);
    }
  }

  /** The first client ID that `owner` used, or 0. */
  clientIdOf(owner: Owner): number {
    for (const clientId of this.#idsOf.get(owner) ?? []) return clientId;
    return 0;
  }

  /** Everybody, as an awareness update; encoded once until it changes. */
  everybody(): Uint8Array {
    this.#everybody ??= toUpdate([...this.#states.values()].map(({ claim }) => claim.bytes));
    return this.#everybody;
  }

  /** The states of this process's own sessions. */
  ofHere(): readonly NamedClaim[] {
    const named: NamedClaim[] = [];
    for (const { owner, claim } of this.#states.values()) {
      if (!(owner instanceof DistantOwner)) named.push({ userId: owner.userId, claim });
    }
    return named;
  }

  /** What changed since the last call, removals included, or null; `only` is the owner of all of it, if there is one. */
  takeChanges(): { update: Uint8Array; only: Owner | null; here: readonly NamedClaim[] } | null {
    if (this.#changed.size === 0) return null;
    const owners = new Set<Owner | null>();
    const claims: Uint8Array[] = [];
    const here: NamedClaim[] = [];
    for (const clientId of this.#changed) {
      const state = this.#states.get(clientId);
      const claim = state?.claim ?? this.#removal(clientId);
      owners.add(state?.owner ?? null);
      claims.push(claim.bytes);
      const userId = state?.owner.userId ?? this.#traces.get(clientId)?.userId ?? '';
      if (this.#changedHere.has(clientId)) here.push({ userId, claim });
    }
    this.#changed.clear();
    this.#changedHere.clear();
    const [only = null] = owners.size === 1 ? owners : [];
    return { update: toUpdate(claims), only, here };
  }

  #removal(clientId: number): Claim {
    const clock = this.#traces.get(clientId)?.clock ?? 0;
    const bytes = removalOf(clientId, clock);
    return { clientId, clock, json: bytes.subarray(bytes.length - 4), bytes };
  }

  #receiveOne(owner: Owner, claim: Claim, now: number): Refusal | null {
    const { clientId, clock, json } = claim;
    const held = this.#states.get(clientId);
    const removal = isRemoval(claim);
    if (held !== undefined && held.owner !== owner) {
      if (removal || clock < held.claim.clock) return null;
      if (!this.#mayTakeOver(owner, held)) {
        if (clock === held.claim.clock) return null;
        return refuse('foreign-client-id', `The client ID ${clientId} belongs to another connection.`);
      }
    }
    if (held !== undefined && held.owner === owner) {
      if (clock < held.claim.clock || (clock === held.claim.clock && !removal)) return null;
    }
    if (removal) {
      if (held !== undefined) this.#remove(clientId, now, clock);
      return null;
    }
    const trace = this.#traces.get(clientId);
    if (held === undefined && trace !== undefined && !this.#mayReturn(owner, clock, trace)) return null;
    if (held?.owner !== owner && this.#countOf(owner) >= limits.awarenessStatesPerFrame) {
      return refuse(
        'too-large',
        `One connection may hold ${limits.awarenessStatesPerFrame} awareness states.`,
      );
    }
    if (json.length > limits.awarenessBytes) {
      return refuse('too-large', `An awareness state may have ${limits.awarenessBytes} bytes.`);
    }
    // A renewal says what was said before.
    const flaw = held !== undefined && sameBytes(held.claim.json, json) ? null : flawOf(json);
    if (flaw !== null) return refuse('malformed', `An awareness state that is ${flaw}.`);
    if (!this.#hasRoom(held, claim))
      return refuse('too-large', 'The document holds no more awareness states.');
    this.#set(owner, claim, now);
    return null;
  }

  /**
   * A newer claim of the same person is their move from one process to another, and so is an equal one if it is news: the
   * full answer of the process they left may be older than their arrival here.
   */
  #receiveDistant(process: string, userId: string, claim: Claim, all: boolean, now: number): void {
    const { clientId, clock, json } = claim;
    const held = this.#states.get(clientId);
    const theirs = held?.owner instanceof DistantOwner && held.owner.process === process;
    if (held !== undefined && !theirs && (isRemoval(claim) || held.owner.userId !== userId)) return;
    if (held !== undefined && clock < held.claim.clock) return;
    if (isRemoval(claim)) {
      if (held !== undefined) this.#remove(clientId, now, clock);
      return;
    }
    if (held !== undefined && clock === held.claim.clock && (theirs || all)) return;
    const trace = held === undefined ? this.#traces.get(clientId) : undefined;
    if (trace !== undefined && (clock < trace.clock || (clock === trace.clock && userId !== trace.userId)))
      return;
    if (json.length > limits.awarenessBytes || flawOf(json) !== null || !this.#hasRoom(held, claim)) return;
    this.#set(new DistantOwner(userId, process), claim, now);
  }

  /** A connection that is back before its old one was noticed to be gone, here or elsewhere: same person, nothing held yet. */
  #mayTakeOver(owner: Owner, held: State): boolean {
    return owner.userId === held.owner.userId && this.#countOf(owner) === 0;
  }

  /** A newer clock is news; the same clock is its owner's return only if it comes before anything else. */
  #mayReturn(owner: Owner, clock: number, trace: Trace): boolean {
    if (clock > trace.clock) return true;
    return clock === trace.clock && owner.userId === trace.userId && this.#countOf(owner) === 0;
  }

  #hasRoom(held: State | undefined, claim: Claim): boolean {
    const { presenceStates, presenceBytes } = this.#bounds;
    const bytes = this.#bytes - (held?.claim.bytes.length ?? 0) + claim.bytes.length;
    return (held !== undefined || this.#states.size < presenceStates) && bytes <= presenceBytes;
  }

  #countOf(owner: Owner): number {
    return this.#idsOf.get(owner)?.size ?? 0;
  }

  #set(owner: Owner, { clientId, clock, json, bytes }: Claim, now: number): void {
    const held = this.#states.get(clientId);
    if (held !== undefined && held.owner !== owner) this.#release(clientId, held.owner);
    const ids = this.#idsOf.get(owner) ?? new Set();
    this.#idsOf.set(owner, ids.add(clientId));
    // A copy: the update it stands in belongs to the socket.
    const copy = bytes.slice();
    const claim = { clientId, clock, json: copy.subarray(copy.length - json.length), bytes: copy };
    this.#states.set(clientId, { owner, claim, renewedAt: now });
    this.#traces.delete(clientId);
    this.#bytes += copy.length - (held?.claim.bytes.length ?? 0);
    this.#mark(clientId, owner);
  }

  #remove(clientId: number, now: number, clock?: number): void {
    const state = this.#states.get(clientId);
    if (state === undefined) return;
    this.#states.delete(clientId);
    this.#bytes -= state.claim.bytes.length;
    this.#release(clientId, state.owner);
    this.#traces.delete(clientId);
    this.#traces.set(clientId, { userId: state.owner.userId, clock: clock ?? state.claim.clock, at: now });
    const [oldest] = this.#traces.size > tracesKept ? this.#traces.keys() : [];
    if (oldest !== undefined) this.#traces.delete(oldest);
    this.#mark(clientId, state.owner);
  }

  #removeDistant(now: number, which: (owner: DistantOwner, clientId: number) => boolean): void {
    for (const [clientId, { owner }] of this.#states) {
      if (owner instanceof DistantOwner && which(owner, clientId)) this.#remove(clientId, now);
    }
  }

  #release(clientId: number, owner: Owner): void {
    const ids = this.#idsOf.get(owner);
    ids?.delete(clientId);
    if (ids?.size === 0) this.#idsOf.delete(owner);
  }

  #mark(clientId: number, owner: Owner): void {
    this.#changed.add(clientId);
    if (owner instanceof DistantOwner) this.#changedHere.delete(clientId);
    else this.#changedHere.add(clientId);
    this.#everybody = null;
  }
}
