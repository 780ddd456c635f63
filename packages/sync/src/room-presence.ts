import { encodeFrame } from '@tidemark/protocol';
import type { Member } from './member.ts';
import { Presence } from './presence.ts';
import type { World } from './world.ts';

/** A room's presence and when it is sent: at once after a pause, else gathered. */
export class RoomPresence {
  readonly #presence = new Presence();
  readonly #world: World;
  readonly #members: ReadonlySet<Member>;
  #cancelSend: (() => void) | null = null;
  #cancelExpiry: (() => void) | null = null;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(world: World, members: ReadonlySet<Member>) {
    this.#world = world;
    this.#members = members;
  }

  get size(): number {
    return this.#presence.size;
  }

  receive(member: Member, update: Uint8Array): void {
    const refusal = this.#presence.receive(member, update, this.#world.clock.now());
    this.#sendLater();
    this.#expireLater();
    if (refusal?.refused === 'malformed') member.end(refusal);
    else if (refusal !== null) member.refuseFrame(0, refusal);
  }

  leave(member: Member): void {
    this.#presence.leave(member, this.#world.clock.now());
    this.#sendLater();
  }

  clientIdOf(member: Member): number {
    return this.#presence.clientIdOf(member);
  }

  everybody(): Uint8Array {
    return this.#presence.everybody();
  }

  stop(): void {
    this.#cancelSend?.();
    this.#cancelExpiry?.();
  }

  #sendLater(): void {
    if (this.#cancelSend !== null || !this.#presence.hasChanges) return;
    const { clock, settings } = this.#world;
    const due = Math.max(0, this.#sentAt + settings.presenceMs - clock.now());
    this.#cancelSend = clock.after(due, () => {
      this.#cancelSend = null;
      this.#sentAt = clock.now();
      const update = this.#presence.takeChanges();
      if (update === null) return;
      // To its owner too: stock clients take silence for a dead connection.
      const bytes = encodeFrame({ type: 'awareness', update });
      for (const member of [...this.#members]) member.showPresence(bytes);
    });
  }

  #expireLater(): void {
    if (this.#cancelExpiry !== null || this.#presence.size === 0) return;
    const { clock, settings } = this.#world;
    this.#cancelExpiry = clock.after(settings.presenceOutdatedMs / 3, () => {
      this.#cancelExpiry = null;
      this.#presence.expire(clock.now() - settings.presenceOutdatedMs, clock.now());
      this.#sendLater();
      this.#expireLater();
    });
  }
}
