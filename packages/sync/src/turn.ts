import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Compaction } from './compaction.ts';
import { changesNothing, hasGap, inspect } from './inspection.ts';
import type { Member } from './member.ts';
import type { Replica } from './replica.ts';
import type { Step } from './store-loop.ts';
import type { Supply } from './supply.ts';
import type { World } from './world.ts';

interface Incoming {
  readonly member: Member;
  readonly n: number;
  readonly clientId: number;
  readonly update: Uint8Array;
}

/** What a turn did. Steps are in the order in which the frames were applied. */
export interface TurnOutcome {
  readonly steps: readonly Step[];
  /** What others have to see. */
  readonly shown: readonly Uint8Array[];
  /** The one who wrote all that is shown, and so need not see it. */
  readonly onlyWriter: Member | null;
  /** Whose frames left a gap. */
  readonly gaps: ReadonlySet<Member>;
  /** What a bug threw half way; the replica is not to be trusted any more. */
  readonly fault: unknown;
}

/** The content frames that one turn of the event loop brings: read, checked and applied in the order of arrival. */
export class Turn {
  readonly #world: World;
  readonly #documentId: string;
  readonly #replica: Replica;
  readonly #supply: Supply;
  readonly #compaction: Compaction;
  readonly #stored: (member: Member, n: number, lsn: number) => void;
  /** Refused for good: what else they had sent must not be applied, for their order would have a hole. */
  readonly #cut = new WeakSet<Member>();
  #incoming: Incoming[] = [];
  #bytes = 0;

  constructor(
    world: World,
    documentId: string,
    replica: Replica,
    supply: Supply,
    compaction: Compaction,
    stored: (member: Member, n: number, lsn: number) => void,
  ) {
    this.#world = world;
    this.#documentId = documentId;
    this.#replica = replica;
    this.#supply = supply;
    this.#compaction = compaction;
    this.#stored = stored;
  }

  /** Bytes that wait to be applied. */
  get bytes(): number {
    return this.#bytes;
  }

  get empty(): boolean {
    return this.#incoming.length === 0;
  }

  take(incoming: Incoming): void {
    this.#incoming.push(incoming);
    this.#bytes += incoming.update.length;
  }

  /** Refuses all that a member sent, and closes it. */
  cut(member: Member, refusal: Refusal): void {
    this.#cut.add(member);
    member.end(refusal);
  }

  /** Applies what was taken. `backlogBytes` wait to be stored already. */
  run(backlogBytes: number): TurnOutcome {
    const incoming = this.#incoming;
    this.#incoming = [];
    this.#bytes = 0;
    const outcome = {
      steps: [] as Step[],
      shown: [] as Uint8Array[],
      writers: new Set<Member | null>(),
      gaps: new Set<Member>(),
      fault: undefined as unknown,
    };
    let last: Incoming | null = null;
    try {
      for (const one of incoming) {
        last = one;
        if (!this.#cut.has(one.member)) this.#apply(one, backlogBytes, outcome);
      }
    } catch (error) {
      // The same bytes would break the room again and again: whoever sent them is not asked to come back.
      if (last !== null)
        this.#refuse(last, refuse('malformed', `An update that cannot be applied (${error}).`));
      outcome.fault = error ?? new Error('Applying a frame threw nothing in particular.');
    }
    const [only = null] = outcome.writers;
    return { ...outcome, onlyWriter: outcome.writers.size === 1 ? only : null };
  }

  /** For good; what may be a bug of ours or an attack is kept for operators. */
  #refuse({ member, clientId, update }: Incoming, refusal: Refusal): void {
    this.cut(member, refusal);
    if (refusal.refused !== 'malformed' && refusal.refused !== 'too-many-gaps') return;
    this.#world.setAside({
      documentId: this.#documentId,
      userId: member.userId,
      clientId,
      code: refusal.refused,
      detail: refusal.detail,
      bytes: update,
    });
  }

  #apply(
    one: Incoming,
    backlogBytes: number,
    outcome: { steps: Step[]; shown: Uint8Array[]; writers: Set<Member | null>; gaps: Set<Member> },
  ): void {
    const { member, n, update, clientId } = one;
    const stored = (lsn: number) => this.#stored(member, n, lsn);
    const verdict = this.#admit(one, backlogBytes);
    if (verdict === 'nothing-new') {
      outcome.steps.push({ entry: null, stored });
    } else if (verdict !== 'welcome') {
      if (verdict.refused === 'read-only') member.refuseFrame(n, verdict);
      else this.#refuse(one, verdict);
    } else {
      const applied = this.#replica.apply(update, 'frame');
      const entry = applied.stored && { update: applied.stored, userId: member.userId, clientId };
      outcome.steps.push({ entry, stored });
      if (applied.gap) outcome.gaps.add(member);
      if (applied.shown === null) return;
      outcome.shown.push(applied.shown);
      // What a filled gap sets free may be somebody else's: its filler has to see it too.
      outcome.writers.add(applied.filled ? null : member);
    }
  }

  /** Whether a frame may be applied. Changes nothing. */
  #admit({ member, update }: Incoming, backlogBytes: number): 'welcome' | 'nothing-new' | Refusal {
    const { doc } = this.#replica;
    const decoded = inspect(update, doc);
    if (isRefusal(decoded)) return decoded;
    // Also what clients answer to a step 1: all their deletions, which are known. For readers it is no edit.
    if (changesNothing(decoded, doc)) return 'nothing-new';
    if (member.access === 'read') return refuse('read-only');
    const { pendingBytes, documentBytes } = this.#world.settings;
    if (this.#replica.pendingBytes() + update.length > pendingBytes && hasGap(decoded, doc)) {
      return refuse('too-many-gaps');
    }
    if (this.#compaction.weight + backlogBytes + update.length > documentBytes) {
      // The weight is an upper bound; only the encoded state says how large the document is.
      const { most, exact } = this.#supply.bytes;
      this.#compaction.measured(most);
      // A big document is measured in the workbench; meanwhile it may go a little over.
      if (!exact) this.#supply.renew();
      const bound = exact ? documentBytes : documentBytes * 1.05;
      if (most + update.length > bound)
        return refuse('too-large', `A document may have ${documentBytes} bytes.`);
    }
    return 'welcome';
  }
}
