/**
 * Who is in a room and where: the ephemeral awareness states of y-protocols, read by ourselves. A client ID
 * belongs to the member that first used it; nobody else can change or remove its state.
 */
import { limits, type Refusal, refuse } from '@tidemark/protocol';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** What presence needs to know of a session. */
export interface Owner {
  readonly userId: string;
}

interface State {
  readonly owner: Owner;
  readonly clock: number;
  readonly json: string;
  readonly renewedAt: number;
}

/** Left behind by a removed state, so that a late echo of it is not taken for somebody new. */
interface Trace {
  readonly userId: string;
  readonly clock: number;
  readonly at: number;
}

interface Claim {
  readonly clientId: number;
  readonly clock: number;
  readonly json: string;
}

const removed = 'null';
const traceMs = 120_000;

export class Presence {
  readonly #states = new Map<number, State>();
  readonly #traces = new Map<number, Trace>();
  readonly #idsOf = new Map<Owner, Set<number>>();
  readonly #changed = new Set<number>();

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
    const claims = readClaims(update);
    if (claims === null) return refuse('malformed', 'An awareness update that cannot be read.');
    let refusal: Refusal | null = null;
    for (const claim of claims) refusal = this.#claim(owner, claim, now) ?? refusal;
    return refusal;
  }

  /** Removes all that belongs to `owner`. */
  leave(owner: Owner, now: number): void {
    for (const clientId of this.#idsOf.get(owner) ?? []) {
      const state = this.#states.get(clientId);
      if (state !== undefined) this.#remove(clientId, state, now);
    }
  }

  /** Removes what was not renewed since `before`, and forgets old traces. */
  expire(before: number, now: number): void {
    for (const [clientId, state] of this.#states) {
      if (state.renewedAt < before) this.#remove(clientId, state, now);
    }
    for (const [clientId, trace] of this.#traces) {
      if (trace.at < now - traceMs) this.#traces.delete(clientId);
    }
  }

  /** The first client ID that `owner` used, or 0. */
  clientIdOf(owner: Owner): number {
    for (const clientId of this.#idsOf.get(owner) ?? []) return clientId;
    return 0;
  }

  /** Everybody, as an awareness update. */
  everybody(): Uint8Array {
    return this.#encode([...this.#states.keys()]);
  }

  /** What changed since the last call, removals included, or null. */
  takeChanges(): Uint8Array | null {
    if (this.#changed.size === 0) return null;
    const update = this.#encode([...this.#changed]);
    this.#changed.clear();
    return update;
  }

  #claim(owner: Owner, { clientId, clock, json }: Claim, now: number): Refusal | null {
    const held = this.#states.get(clientId);
    if (held !== undefined && held.owner !== owner) {
      if (json === removed || clock < held.clock) return null;
      if (!this.#mayTakeOver(owner, held)) {
        if (clock === held.clock) return null;
        return refuse('foreign-client-id', `The client ID ${clientId} belongs to another connection.`);
      }
    }
    if (held !== undefined && held.owner === owner) {
      if (clock < held.clock || (clock === held.clock && json !== removed)) return null;
    }
    if (json === removed) {
      if (held !== undefined) this.#remove(clientId, { ...held, clock }, now);
      return null;
    }
    if (held === undefined) {
      const trace = this.#traces.get(clientId);
      if (trace !== undefined && !this.#mayReturn(owner, clock, trace)) return null;
    }
    if (held?.owner !== owner && this.#countOf(owner) >= limits.awarenessStatesPerFrame) {
      return refuse(
        'too-large',
        `One connection may hold ${limits.awarenessStatesPerFrame} awareness states.`,
      );
    }
    if (json.length > limits.awarenessBytes) {
      return refuse('too-large', `An awareness state may have ${limits.awarenessBytes} bytes.`);
    }
    if (!isJson(json)) return refuse('malformed', 'An awareness state that is not JSON.');
    this.#traces.delete(clientId);
    if (held !== undefined && held.owner !== owner) this.#release(clientId, held.owner);
    const ids = this.#idsOf.get(owner) ?? new Set();
    this.#idsOf.set(owner, ids.add(clientId));
    this.#states.set(clientId, { owner, clock, json, renewedAt: now });
    this.#changed.add(clientId);
    return null;
  }

  /** A connection that is back before its old one was noticed to be gone: same person, nothing held yet. */
  #mayTakeOver(owner: Owner, held: State): boolean {
    return owner.userId === held.owner.userId && this.#countOf(owner) === 0;
  }

  /** A newer clock is news; the same clock is its owner's return only if it comes before anything else. */
  #mayReturn(owner: Owner, clock: number, trace: Trace): boolean {
    if (clock > trace.clock) return true;
    return clock === trace.clock && owner.userId === trace.userId && this.#countOf(owner) === 0;
  }

  #countOf(owner: Owner): number {
    return this.#idsOf.get(owner)?.size ?? 0;
  }

  #release(clientId: number, owner: Owner): void {
    const ids = this.#idsOf.get(owner);
    ids?.delete(clientId);
    if (ids?.size === 0) this.#idsOf.delete(owner);
  }

  #remove(clientId: number, state: State, now: number): void {
    this.#states.delete(clientId);
    this.#release(clientId, state.owner);
    this.#traces.set(clientId, { userId: state.owner.userId, clock: state.clock, at: now });
    this.#changed.add(clientId);
  }

  #encode(clientIds: readonly number[]): Uint8Array {
    return encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, clientIds.length);
      for (const clientId of clientIds) {
        const state = this.#states.get(clientId);
        encoding.writeVarUint(encoder, clientId);
        encoding.writeVarUint(encoder, state?.clock ?? this.#traces.get(clientId)?.clock ?? 0);
        encoding.writeVarString(encoder, state?.json ?? removed);
      }
    });
  }
}

function readClaims(update: Uint8Array): readonly Claim[] | null {
  const claims: Claim[] = [];
  try {
    const decoder = decoding.createDecoder(update);
    const count = decoding.readVarUint(decoder);
    for (let i = 0; i < count; i += 1) {
      const clientId = decoding.readVarUint(decoder);
      const clock = decoding.readVarUint(decoder);
      claims.push({ clientId, clock, json: decoding.readVarString(decoder) });
    }
    return decoding.hasContent(decoder) ? null : claims;
  } catch {
    // The bytes end too early or hold a wrong number: that is what null says.
    return null;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
