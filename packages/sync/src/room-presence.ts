import { encodeFrame } from '@tidemark/protocol';
import type { Member } from './member.ts';
import { Presence } from './presence.ts';
import { RoomNeighbours } from './room-neighbours.ts';
import type { World } from './world.ts';

/**
 * A room's presence and when it is sent: at once after a pause, else gathered for `presenceMs`, and for longer when what is
 * sent, times its readers, would be more than `presenceBytesPerSecond`.
 */
export class RoomPresence {
  readonly #presence: Presence;
  readonly #world: World;
  readonly #documentId: string;
  readonly #members: ReadonlySet<Member>;
  /** Who asked for everybody since the last sending. */
  readonly #asking = new Set<Member>();
  #neighbours: RoomNeighbours | null = null;
  #cancelSend: (() => void) | null = null;
  #cancelExpiry: (() => void) | null = null;
  #sendAfter = Number.NEGATIVE_INFINITY;
  #everybody: { readonly update: Uint8Array; readonly frame: Uint8Array } | null = null;

  constructor(world: World, documentId: string, members: ReadonlySet<Member>) {
    this.#world = world;
    this.#documentId = documentId;
    this.#members = members;
    this.#presence = new Presence(world.settings);
  }

  get size(): number {
    return this.#presence.size;
  }

  /** Somebody is here: tells them who else is, and asks the other processes. */
  join(member: Member): void {
    const { neighbours, clock } = this.#world;
    if (neighbours !== null && this.#neighbours === null) {
      this.#neighbours = new RoomNeighbours(neighbours, this.#documentId, () => clock.now(), {
        ofHere: () => this.#presence.ofHere(),
        received: (process, claims, all) => {
          this.#presence.receiveFrom(process, claims, all, clock.now());
          this.#changed();
        },
        processGone: (process) => {
          this.#presence.processGone(process, clock.now());
          this.#changed();
        },
      });
    }
    this.greet(member);
  }

  /** Everybody who is here, at once. */
  greet(member: Member): void {
    if (this.#presence.size > 0) member.showPresence(this.#everybodyFrame(), false);
  }

  /** Everybody who is here, with the next sending: who asks often is answered no oftener. */
  answer(member: Member): void {
    this.#asking.add(member);
    this.#sendLater();
  }

  receive(member: Member, update: Uint8Array): void {
    const refusal = this.#presence.receive(member, update, this.#world.clock.now());
    this.#changed();
    if (refusal?.refused === 'malformed') member.end(refusal);
    else if (refusal !== null) member.refuseFrame(0, refusal);
  }

  leave(member: Member): void {
    this.#asking.delete(member);
    this.#presence.leave(member, this.#world.clock.now());
    if (this.#members.size === 0) this.#closeNeighbours();
    this.#sendLater();
  }

  clientIdOf(member: Member): number {
    return this.#presence.clientIdOf(member);
  }

  stop(): void {
    this.#closeNeighbours();
    this.#cancelSend?.();
    this.#cancelExpiry?.();
  }

  #closeNeighbours(): void {
    this.#neighbours?.close();
    this.#neighbours = null;
  }

  #changed(): void {
    this.#sendLater();
    this.#expireLater();
  }

  #sendLater(): void {
    if (this.#cancelSend !== null || (!this.#presence.hasChanges && this.#asking.size === 0)) return;
    const { clock } = this.#world;
    this.#cancelSend = clock.after(Math.max(0, this.#sendAfter - clock.now()), () => {
      this.#cancelSend = null;
      this.#send();
    });
  }

  #send(): void {
    const { clock, settings, counters } = this.#world;
    let sent = 0;
    const changes = this.#presence.takeChanges();
    for (const member of this.#asking) {
      const frame = this.#everybodyFrame();
      member.showPresence(frame, false);
      sent += frame.length;
    }
    this.#asking.clear();
    if (changes !== null) {
      this.#neighbours?.tell(changes.here);
      const frame = encodeFrame({ type: 'awareness', update: changes.update });
      for (const member of [...this.#members]) member.showPresence(frame, member === changes.only);
      sent += frame.length * this.#members.size;
    }
    counters.presenceBytes += sent;
    const pace = Math.max(settings.presenceMs, (1_000 * sent) / settings.presenceBytesPerSecond);
    this.#sendAfter = clock.now() + Math.min(pace, settings.presenceMaxMs);
  }

  /** One encoding for all who join until somebody moves. */
  #everybodyFrame(): Uint8Array {
    const update = this.#presence.everybody();
    if (this.#everybody?.update !== update) {
      this.#everybody = { update, frame: encodeFrame({ type: 'awareness', update }) };
    }
    return this.#everybody.frame;
  }

  #expireLater(): void {
    if (this.#cancelExpiry !== null || this.#presence.size === 0) return;
    const { clock, settings } = this.#world;
    this.#cancelExpiry = clock.after(settings.presenceOutdatedMs / 3, () => {
      this.#cancelExpiry = null;
      this.#presence.expire(clock.now() - settings.presenceOutdatedMs, clock.now());
      this.#changed();
    });
  }
}
