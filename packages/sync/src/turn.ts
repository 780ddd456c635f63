import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Compaction } from './compaction.ts';
import { changesNothing, type Decoded, hasGap, inspect } from './inspection.ts';
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

interface Done {
  readonly steps: Step[];
  readonly applied: Uint8Array[];
  /** Null where more than the writer's own may have become visible. */
  readonly writers: Set<Member | null>;
  readonly gaps: Set<Member>;
}

const nothing: TurnOutcome = { steps: [], shown: [], onlyWriter: null, gaps: new Set(), fault: undefined };

/** What Yjs tidied by itself, to be logged as nobody's. */
export function tidying(update: Uint8Array): Step {
  return { entry: { update, userId: null, clientId: 0 }, stored: () => undefined };
}

/** The content frames that one turn of the event loop brings: read, checked and applied in the order of arrival. */
export class Turn {
  readonly #world: World;
  readonly #documentId: string;
  readonly #replica: Replica;
  readonly #supply: Supply;
  readonly #compaction: Compaction;
  /** Members whose frames are stored, to be acknowledged. */
  readonly #acking: Set<Member>;
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
    acking: Set<Member>,
  ) {
    this.#world = world;
    this.#documentId = documentId;
    this.#replica = replica;
    this.#supply = supply;
    this.#compaction = compaction;
    this.#acking = acking;
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

  /**
   * Applies what was taken in one transaction, so that what everybody has to see comes out of it as one update. `backlogBytes`
   * wait to be stored already.
   */
  run(backlogBytes: number): TurnOutcome {
    const incoming = this.#incoming;
    this.#incoming = [];
    this.#bytes = 0;
    if (incoming.length === 0) return nothing;
    this.#world.observe('turn-frames', incoming.length);
    const done: Done = { steps: [], applied: [], writers: new Set(), gaps: new Set() };
    let fault: unknown;
    const work = () => {
      for (const one of incoming) {
        if (this.#cut.has(one.member)) continue;
        try {
          this.#apply(one, backlogBytes, done);
        } catch (error) {
          this.#blame(one, error);
          fault = error ?? new Error('Applying a frame threw nothing in particular.');
          return;
        }
      }
    };
    let shown: readonly Uint8Array[] = [];
    try {
      const { update, tidied } = this.#replica.together('frame', work);
      shown = [update, tidied].filter((one) => one !== null);
      if (tidied !== null) {
        done.steps.push(tidying(tidied));
        done.writers.add(null);
      }
    } catch (error) {
      fault ??= error ?? new Error('A transaction threw nothing in particular.');
      // Of several nobody knows whose it was; they come back, and then not all in one turn.
      const [only] = incoming;
      if (incoming.length === 1 && only !== undefined) this.#blame(only, fault);
    }
    // Half of the frame that broke is in what came out of the transaction, and is never stored.
    if (fault !== undefined) shown = done.applied;
    const [only = null] = done.writers;
    const onlyWriter = done.writers.size === 1 ? only : null;
    return { steps: done.steps, shown, onlyWriter, gaps: done.gaps, fault };
  }

  /** The same bytes would break the room again and again: whoever sent them is not asked to come back. */
  #blame(one: Incoming, fault: unknown): void {
    this.#refuse(one, refuse('malformed', `An update that cannot be applied (${fault}).`));
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

  #apply(one: Incoming, backlogBytes: number, done: Done): void {
    const { member, n, update, clientId } = one;
    const stored = (lsn: number) => {
      member.stored(n, lsn);
      this.#acking.add(member);
    };
    const verdict = this.#admit(one, backlogBytes);
    if (verdict === 'nothing-new') {
      done.steps.push({ entry: null, stored });
    } else if (isRefusal(verdict)) {
      if (verdict.refused === 'read-only') member.refuseFrame(n, verdict);
      else this.#refuse(one, verdict);
    } else {
      const { changed, filled, gap } = this.#replica.apply(update, verdict, 'frame');
      done.steps.push({ entry: changed ? { update, userId: member.userId, clientId } : null, stored });
      if (gap) done.gaps.add(member);
      if (!changed) return;
      done.applied.push(update);
      // What a filled gap sets free may be somebody else's: its filler has to see it too.
      done.writers.add(filled ? null : member);
    }
  }

  /** Whether a frame may be applied. Changes nothing. */
  #admit({ member, update }: Incoming, backlogBytes: number): Decoded | 'nothing-new' | Refusal {
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
      if (most + update.length > bound) {
        // No final answer on a bound: whoever comes back with it finds the document measured.
        return exact
          ? refuse('too-large', `A document may have ${documentBytes} bytes.`)
          : refuse('cannot-store', 'The document is close to its limit and is being measured.');
      }
    }
    return decoded;
  }
}
