import { type Refusal, refuse } from '@tidemark/protocol';
import type * as Y from 'yjs';
import { Audience } from './audience.ts';
import type { RoomStats } from './counters.ts';
import { Follower } from './follower.ts';
import { logBytes } from './log-bytes.ts';
import type { Member } from './member.ts';
import { NightShift } from './night-shift.ts';
import type { Opened } from './opener.ts';
import type { LogEntry } from './ports.ts';
import type { Replica } from './replica.ts';
import type { RoomReport } from './report.ts';
import { Rest } from './rest.ts';
import { RoomPresence } from './room-presence.ts';
import { ServerEdits } from './server-edits.ts';
import { StoreLoop } from './store-loop.ts';
import { Supply } from './supply.ts';
import { Turn, tidying } from './turn.ts';
import { whyGone } from './why-gone.ts';
import type { World } from './world.ts';

/** A document live in this process: one replica, its members, and the order in which they saw things. */
export class Room {
  readonly documentId: string;
  readonly epoch: number;
  readonly presence: RoomPresence;
  /** What newcomers and returners are given. */
  readonly supply: Supply;
  readonly #world: World;
  readonly #replica: Replica;
  readonly #audience = new Audience();
  readonly #follower: Follower;
  readonly #store: StoreLoop;
  readonly #shift: NightShift;
  readonly #retired: (room: Room) => void;
  readonly #edits: ServerEdits;
  readonly #acking = new Set<Member>();
  readonly #turn: Turn;
  readonly #rest: Rest;
  #cancelTurn: (() => void) | null = null;
  #cancelIdle: (() => void) | null = null;
  #life: 'open' | 'draining' | 'retired' = 'open';
  #ending: Promise<void> = Promise.resolve();

  /** `retired` is called once, when the room takes nobody any more. */
  constructor(world: World, documentId: string, opened: Opened, retired: (room: Room) => void) {
    const { loaded, replica } = opened;
    this.documentId = documentId;
    this.epoch = loaded.epoch;
    this.#world = world;
    this.#retired = retired;
    this.#replica = replica;
    this.supply = new Supply(world, documentId, replica, logBytes(loaded));
    this.presence = new RoomPresence(world, documentId, this.#audience.members);
    this.#follower = new Follower(world, documentId, loaded.epoch, loaded.head, {
      show: (entries) => this.#showEntries(entries),
      look: () => this.#audience.signOfLife(),
      gone: () => void this.#gone(),
      broken: (error) => this.#break(error),
    });
    this.#store = new StoreLoop(world, documentId, loaded.epoch, {
      cursor: () => this.#follower.cursor,
      committed: (head, missed, entries) => {
        this.#guard(() => this.#follower.take(missed));
        this.#follower.advance(head);
        world.counters.entries += entries.length;
        this.#shift.stored(entries);
      },
      told: () => this.#told(),
      storage: (state) => this.#audience.tellStorage(state),
      gone: () => void this.#gone(),
    });
    this.#shift = new NightShift(world, { documentId, doc: replica.doc, head: () => this.head }, loaded);
    this.#rest = new Rest(world);
    this.#turn = new Turn(world, documentId, replica, this.supply, this.#shift.compaction, this.#acking);
    this.#edits = new ServerEdits(this.#replica, (update, step) => {
      if (update !== null) this.#show([update], null);
      this.#store.push([step]);
    });
    this.#considerIdle();
  }

  get head(): number {
    return this.#follower.cursor;
  }

  get open(): boolean {
    return this.#life === 'open';
  }

  /** What a lobby's statistics sum up. */
  stats(): RoomStats {
    return {
      present: this.presence.size,
      backlogBytes: this.#store.bytes + this.#turn.bytes,
      pendingBytes: this.#replica.pendingBytes(),
      failing: this.#store.failing,
      dirtySince: this.#store.dirtySince,
      tailBytes: this.#shift.compaction.tail.bytes,
    };
  }

  report(): RoomReport {
    const { tail, weight } = this.#shift.compaction;
    return {
      ...this.stats(),
      documentId: this.documentId,
      epoch: this.epoch,
      head: this.head,
      sessions: this.#audience.report(),
      stateBytes: weight,
      tailEntries: tail.entries,
    };
  }

  /** Runs the `opened` hook; what it throws ends the room before it began. */
  prepare(): void {
    try {
      this.#edits.prepare((doc) => this.#world.hooks.opened?.(this.documentId, doc));
    } catch (error) {
      this.#leaveHouse(refuse('internal'));
      throw error;
    }
  }

  join(member: Member): void {
    this.#audience.add(member);
    this.#cancelIdle?.();
    this.#cancelIdle = null;
    if (this.#store.failing) member.tellExtended({ type: 'storage', state: 'failing' });
    member.tell({ type: 'sync-step-1', stateVector: this.#replica.stateVector() });
    this.presence.join(member);
  }

  leave(member: Member): void {
    if (!this.#audience.delete(member)) return;
    this.presence.leave(member);
    this.#considerIdle();
  }

  /** Takes the n-th content frame of a connection; what came in one turn of the event loop is shown together. */
  content(member: Member, n: number, update: Uint8Array): void {
    if (this.#life !== 'open') return;
    this.#world.counters.frames += 1;
    if (this.#store.bytes + this.#turn.bytes + update.length > this.#world.settings.roomBacklogBytes) {
      this.#turn.cut(member, refuse('cannot-store'));
      return;
    }
    // Taken now: the member may have left when the turn comes.
    this.#turn.take({ member, n, clientId: this.presence.clientIdOf(member), update });
    this.#cancelTurn ??= this.#world.clock.after(this.#rest.wait(), () => this.#guard(() => this.#runTurn()));
  }

  read<T>(use: (doc: Y.Doc, at: { epoch: number; head: number }) => T): T {
    return use(this.#replica.doc, { epoch: this.epoch, head: this.head });
  }

  /** One transaction of the server's own; see `ServerEdits`. */
  async edit(userId: string | null, change: (doc: Y.Doc) => void): Promise<{ lsn: number } | Refusal> {
    return this.#life === 'open' ? this.#edits.edit(userId, change) : refuse('restarting');
  }

  /** The bell rang for this document. */
  rang(head: number): void {
    this.#follower.heard(head);
    // The answer of an append in flight brings what it missed; a failing one brings nothing.
    if (this.#follower.behind && (!this.#store.inFlight || this.#store.failing)) this.#readOn();
  }

  /** Stores what was received, takes no more, then closes everybody with `refusal` and retires. */
  async drain(refusal: Refusal): Promise<void> {
    if (this.#life === 'open') this.#guard(() => this.#runTurn());
    if (this.#life === 'open') {
      this.#life = 'draining';
      await this.#store.whenClean();
      this.retire(refusal);
    }
    await this.#ending;
  }

  /** Takes nobody any more, ends who is here, and finishes its work in the background. */
  retire(refusal: Refusal): void {
    if (this.#life === 'retired') return;
    if (this.#life === 'open') this.#guard(() => this.#runTurn());
    if (refusal.refused === 'stale-epoch') this.#shift.abandon(); // nothing is derived from a life that is over
    this.#leaveHouse(refusal);
    this.#ending = this.#store.whenClean().then(async () => {
      await this.#shift.close();
      this.#replica.destroy();
    });
  }

  /** Resolves when a retired room has nothing left to do. */
  whenEnded(): Promise<void> {
    return this.#ending;
  }

  /** Shows what the turn brought and hands it to the store, in the same order. */
  #runTurn(): void {
    this.#cancelTurn?.();
    this.#cancelTurn = null;
    const { steps, shown, onlyWriter, gaps, fault } = this.#turn.run(this.#store.bytes);
    try {
      this.#show(shown, onlyWriter);
    } finally {
      // Also when a bug ends the room half way: what was applied before it is stored.
      this.#store.push(steps);
    }
    for (const member of gaps) {
      this.#world.counters.gaps += 1;
      member.tell({ type: 'sync-step-1', stateVector: this.#replica.stateVector() });
    }
    if (fault !== undefined) this.#break(fault);
    // Whoever sent it may have left, and what was refused waits for no commit.
    this.#considerIdle();
  }

  #show(updates: readonly Uint8Array[], except: Member | null): void {
    if (updates.length === 0) return;
    this.#rest.shown(this.#audience.members.size);
    this.supply.shown(updates);
    this.#audience.show(updates, except, () => this.supply.mark());
  }

  #told(): void {
    for (const member of this.#acking) member.ack();
    this.#acking.clear();
    if (this.#follower.behind) this.#readOn();
    this.#considerIdle();
  }

  #showEntries(entries: readonly LogEntry[]): void {
    const { update, tidied } = this.#replica.together('log', () => {
      for (const entry of entries) this.#replica.apply(entry.update, null, 'log');
    });
    const shown = [update, tidied].filter((one) => one !== null);
    this.#show(shown, null);
    this.#shift.stored(entries);
    // The process that wrote them has logged what it tidied itself, but it held other things than this one.
    if (tidied !== null) this.#store.push([tidying(tidied)]);
  }

  #readOn(): void {
    if (this.#life === 'retired') return;
    void this.#follower.readOn().then(() => this.#considerIdle());
  }

  #considerIdle(): void {
    if (this.#life !== 'open' || this.#cancelIdle !== null || !this.#idle()) return;
    this.#cancelIdle = this.#world.clock.after(this.#world.settings.idleMs, () => {
      this.#cancelIdle = null;
      if (this.#idle()) this.retire(refuse('restarting'));
    });
  }

  #idle(): boolean {
    return this.#audience.members.size === 0 && this.#turn.empty && this.#store.clean;
  }

  /** Runs the room's own code; a bug in it closes the room, not the house. */
  #guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#break(error);
    }
  }

  #break(error: unknown): void {
    if (this.#life === 'retired') return;
    this.#world.counters.brokenRooms += 1;
    this.#world.journal.error('room-broken', { documentId: this.documentId, error: String(error) });
    this.#shift.abandon();
    this.#leaveHouse(refuse('internal'));
    this.#ending = this.#store.whenClean();
  }

  /** Nothing of this document can be stored any more: finds out why, and says so. */
  async #gone(): Promise<void> {
    if (this.#life === 'open') this.#life = 'draining';
    this.#shift.abandon();
    const refusal = await whyGone(this.#world, this.documentId, this.epoch);
    this.#edits.refuse(refusal);
    this.#leaveHouse(refusal);
  }

  #leaveHouse(refusal: Refusal): void {
    if (this.#life === 'retired') return;
    this.#life = 'retired';
    this.#cancelTurn?.();
    this.#cancelIdle?.();
    this.#follower.stop();
    this.#retired(this);
    this.#audience.end(refusal);
    this.presence.stop();
  }
}
