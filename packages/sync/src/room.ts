import { type Access, type Frame, isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type * as Y from 'yjs';
import { fanOut } from './fan-out.ts';
import { Follower } from './follower.ts';
import { changesNothing, hasGap, inspect } from './inspection.ts';
import { measure, NightShift } from './night-shift.ts';
import type { LoadedDocument, LogEntry } from './ports.ts';
import { Replica } from './replica.ts';
import { RoomPresence } from './room-presence.ts';
import { type Step, StoreLoop } from './store-loop.ts';
import type { World } from './world.ts';

/** What a room asks of a session. */
export interface Member {
  readonly userId: string;
  readonly access: Access;
  tell(frame: Frame): void;
  tellStorage(state: 'ok' | 'failing'): void;
  /** Encoded update frames, in order; `stateVector` is of the replica, these included. */
  show(frames: readonly Uint8Array[], stateVector: () => Uint8Array): void;
  showPresence(bytes: Uint8Array): void;
  /** Whether anything was sent since this was last asked. */
  takeSent(): boolean;
  stored(n: number, lsn: number): void;
  ack(): void;
  refuseFrame(n: number, refusal: Refusal): void;
  end(refusal: Refusal): void;
}

interface Incoming {
  readonly member: Member;
  readonly n: number;
  readonly update: Uint8Array;
}

/** A document live in this process: one replica, its members, and the order in which they saw things. */
export class Room {
  readonly documentId: string;
  readonly epoch: number;
  readonly #world: World;
  readonly #replica: Replica;
  readonly #members = new Set<Member>();
  readonly #presence: RoomPresence;
  readonly #follower: Follower;
  readonly #store: StoreLoop;
  readonly #shift: NightShift;
  readonly #retired: (room: Room) => void;
  readonly #edits = new Set<(refusal: Refusal) => void>();
  /** Refused for good: what else they had sent must not be applied, for the order would have a hole. */
  readonly #cut = new WeakSet<Member>();
  readonly #acking = new Set<Member>();
  #turn: Incoming[] = [];
  #turnBytes = 0;
  #cancelTurn: (() => void) | null = null;
  #cancelIdle: (() => void) | null = null;
  #life: 'open' | 'draining' | 'retired' = 'open';
  #ending: Promise<void> = Promise.resolve();

  /** `retired` is called once, when the room takes nobody any more. Throws if the log's entries cannot be applied. */
  constructor(world: World, documentId: string, loaded: LoadedDocument, retired: (room: Room) => void) {
    this.documentId = documentId;
    this.epoch = loaded.epoch;
    this.#world = world;
    this.#retired = retired;
    this.#replica = new Replica(loaded);
    this.#presence = new RoomPresence(world, this.#members);
    this.#follower = new Follower(world, documentId, loaded.head, (entries) => this.#showEntries(entries));
    this.#follower.onLook = () => this.#look();
    this.#store = new StoreLoop(world, documentId, loaded.epoch, {
      cursor: () => this.#follower.cursor,
      committed: (head, missed, entries) => {
        this.#guard(() => {
          this.#follower.take(missed);
          this.#follower.advance(head);
        });
        world.counters.entries += entries.length;
        this.#shift.stored(entries);
      },
      told: () => this.#told(),
      storage: (state) => {
        for (const member of [...this.#members]) member.tellStorage(state);
      },
      gone: () => void this.#gone(),
    });
    this.#shift = new NightShift(
      world,
      {
        documentId,
        epoch: loaded.epoch,
        replica: this.#replica,
        head: () => this.#follower.cursor,
        clean: () => this.#store.clean,
      },
      loaded,
    );
    if (world.hooks.opened !== undefined) {
      const { update, fault } = this.#replica.change((doc) => world.hooks.opened?.(documentId, doc));
      if (fault !== undefined) throw fault;
      if (update !== null) this.#store.push([{ entry: this.#serverEntry(update, null), stored: ignore }]);
    }
    this.#considerIdle();
  }

  get head(): number {
    return this.#follower.cursor;
  }

  get open(): boolean {
    return this.#life === 'open';
  }

  get members(): number {
    return this.#members.size;
  }

  get present(): number {
    return this.#presence.size;
  }

  get backlogBytes(): number {
    return this.#store.bytes + this.#turnBytes;
  }

  get pendingBytes(): number {
    return this.#replica.pendingBytes();
  }

  get failing(): boolean {
    return this.#store.failing;
  }

  join(member: Member): void {
    this.#members.add(member);
    this.#cancelIdle?.();
    this.#cancelIdle = null;
    if (this.#store.failing) member.tellStorage('failing');
    member.tell({ type: 'sync-step-1', stateVector: this.#replica.stateVector() });
    if (this.#presence.size > 0) member.tell({ type: 'awareness', update: this.#presence.everybody() });
  }

  leave(member: Member): void {
    if (!this.#members.delete(member)) return;
    this.#presence.leave(member);
    this.#considerIdle();
  }

  /** Takes the n-th content frame of a connection; what came in one turn of the event loop is shown together. */
  content(member: Member, n: number, update: Uint8Array): void {
    if (this.#life !== 'open') return;
    this.#world.counters.frames += 1;
    if (this.backlogBytes + update.length > this.#world.settings.roomBacklogBytes) {
      this.#refuse(member, refuse('cannot-store'));
      return;
    }
    this.#turn.push({ member, n, update });
    this.#turnBytes += update.length;
    this.#cancelTurn ??= this.#world.clock.after(0, () => this.#guard(() => this.#runTurn()));
  }

  awareness(member: Member, update: Uint8Array): void {
    const refusal = this.#presence.receive(member, update);
    if (refusal?.refused === 'malformed') member.end(refusal);
    else if (refusal !== null) member.refuseFrame(0, refusal);
  }

  everybody(): Uint8Array {
    return this.#presence.everybody();
  }

  stateVector(): Uint8Array {
    return this.#replica.stateVector();
  }

  /** What the holder of an encoded state vector lacks, or `malformed`. */
  since(stateVector: Uint8Array): Uint8Array | Refusal {
    try {
      return this.#replica.since(stateVector);
    } catch (error) {
      return refuse('malformed', `A state vector that cannot be read (${(error as Error).message}).`);
    }
  }

  /** What a reader missed while it was stale. */
  resync(stateVector: Uint8Array): readonly Frame[] {
    return [
      { type: 'sync-step-2', update: this.#replica.since(stateVector) },
      { type: 'awareness', update: this.#presence.everybody() },
    ];
  }

  read<T>(use: (doc: Y.Doc, at: { epoch: number; head: number }) => T): T {
    return use(this.#replica.doc, { epoch: this.epoch, head: this.head });
  }

  /** One transaction of the server's own. Rejects with what `change` throws, once what it had done is stored. */
  edit(userId: string | null, change: (doc: Y.Doc) => void): Promise<{ lsn: number } | Refusal> {
    if (this.#life !== 'open') return Promise.resolve(refuse('restarting'));
    const { update, fault } = this.#replica.change(change);
    if (update !== null) fanOut(this.#members, [update], null, () => this.stateVector());
    return new Promise((resolve, reject) => {
      this.#edits.add(resolve);
      const stored = (lsn: number) => {
        this.#edits.delete(resolve);
        if (fault === undefined) resolve({ lsn });
        else reject(fault);
        this.#considerIdle();
      };
      this.#store.push([{ entry: update && this.#serverEntry(update, userId), stored }]);
    });
  }

  /** The bell rang for this document. */
  rang(head: number): void {
    this.#follower.heard(head);
    // The answer of an append in flight brings what it missed; a failing one brings nothing.
    if (this.#follower.behind && (!this.#store.inFlight || this.#store.failing)) this.#readOn();
  }

  /** Stores what was received, takes no more, then closes everybody with `refusal` and retires. */
  async drain(refusal: Refusal): Promise<void> {
    if (this.#life === 'open') {
      this.#cancelTurn?.();
      this.#guard(() => this.#runTurn());
    }
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

  #runTurn(): void {
    const turn = this.#turn;
    this.#turn = [];
    this.#turnBytes = 0;
    this.#cancelTurn = null;
    const steps: Step[] = [];
    const shown: Uint8Array[] = [];
    const writers = new Set<Member>();
    const asked = new Set<Member>();
    try {
      for (const incoming of turn) {
        const { member, n, update } = incoming;
        if (this.#cut.has(member)) continue;
        const refusal = this.#admit(incoming);
        if (refusal === 'nothing-new') {
          steps.push({ entry: null, stored: (lsn) => this.#stored(member, n, lsn) });
        } else if (refusal !== null) {
          if (refusal.refused === 'read-only') member.refuseFrame(n, refusal);
          else this.#refuse(member, refusal);
        } else {
          const applied = this.#replica.apply(update, 'frame');
          if (applied.shown !== null) {
            shown.push(applied.shown);
            writers.add(member);
          }
          if (applied.gap) asked.add(member);
          const clientId = this.#presence.clientIdOf(member);
          const entry = applied.stored && { update: applied.stored, userId: member.userId, clientId };
          steps.push({ entry, stored: (lsn) => this.#stored(member, n, lsn) });
        }
      }
    } finally {
      // Also when a bug ends the room half way: what was applied before it is stored.
      const [only] = writers;
      fanOut(this.#members, shown, writers.size === 1 && only ? only : null, () => this.stateVector());
      this.#store.push(steps);
    }
    for (const member of asked) {
      this.#world.counters.gaps += 1;
      member.tell({ type: 'sync-step-1', stateVector: this.stateVector() });
    }
  }

  /** Whether a frame may be applied (null). Changes nothing. */
  #admit({ member, update }: Incoming): Refusal | 'nothing-new' | null {
    const { doc } = this.#replica;
    const decoded = inspect(update, doc);
    if (isRefusal(decoded)) return decoded;
    if (member.access === 'read') {
      // Stock clients answer every step 1, readers too: what they hold from here is no edit.
      return changesNothing(update, decoded, doc) ? 'nothing-new' : refuse('read-only');
    }
    const { settings } = this.#world;
    if (this.#replica.pendingBytes() + update.length > settings.pendingBytes && hasGap(decoded, doc)) {
      return refuse('too-many-gaps');
    }
    if (this.#shift.weight + this.#store.bytes + update.length > settings.documentBytes) {
      const bytes = measure(doc);
      this.#shift.measured(bytes);
      if (bytes + update.length > settings.documentBytes) {
        return refuse('too-large', `A document may have ${settings.documentBytes} bytes.`);
      }
    }
    return null;
  }

  #refuse(member: Member, refusal: Refusal): void {
    this.#cut.add(member);
    member.end(refusal);
  }

  #stored(member: Member, n: number, lsn: number): void {
    member.stored(n, lsn);
    this.#acking.add(member);
  }

  #told(): void {
    for (const member of this.#acking) member.ack();
    this.#acking.clear();
    if (this.#follower.behind) this.#readOn();
    this.#considerIdle();
  }

  #showEntries(entries: readonly LogEntry[]): void {
    const shown: Uint8Array[] = [];
    for (const entry of entries) {
      const applied = this.#replica.apply(entry.update, 'log');
      if (applied.shown !== null) shown.push(applied.shown);
    }
    fanOut(this.#members, shown, null, () => this.stateVector());
    this.#shift.stored(entries);
  }

  #readOn(): void {
    if (this.#life === 'retired') return;
    void this.#follower.readOn((error) => this.#break(error)).then(() => this.#considerIdle());
  }

  /** Now and then: what a lost bell would have told, and a sign of life for stock clients. */
  #look(): void {
    if (!this.#store.inFlight || this.#store.failing) this.#readOn();
    for (const member of [...this.#members]) {
      if (!member.takeSent()) member.tell({ type: 'awareness', update: this.#presence.everybody() });
    }
  }

  #serverEntry(update: Uint8Array, userId: string | null) {
    return { update, userId, clientId: this.#replica.doc.clientID };
  }

  #considerIdle(): void {
    if (this.#life !== 'open' || this.#cancelIdle !== null || !this.#idle()) return;
    this.#cancelIdle = this.#world.clock.after(this.#world.settings.idleMs, () => {
      this.#cancelIdle = null;
      if (this.#idle()) this.retire(refuse('restarting'));
    });
  }

  #idle(): boolean {
    return this.#members.size === 0 && this.#turn.length === 0 && this.#store.clean;
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
    const refusal = await this.#whyGone();
    for (const resolve of this.#edits) resolve(refusal);
    this.#edits.clear();
    this.#shift.abandon();
    this.#leaveHouse(refusal);
  }

  async #whyGone(): Promise<Refusal> {
    try {
      const loaded = await this.#world.log.load(this.documentId);
      if (loaded === null) return refuse('not-found');
      return refuse(loaded.epoch === this.epoch ? 'internal' : 'stale-epoch');
    } catch (error) {
      this.#world.journal.warn('load-failed', { documentId: this.documentId, error: String(error) });
      return refuse('cannot-store');
    }
  }

  #leaveHouse(refusal: Refusal): void {
    if (this.#life === 'retired') return;
    this.#life = 'retired';
    this.#cancelTurn?.();
    this.#cancelIdle?.();
    this.#follower.stop();
    this.#retired(this);
    for (const member of [...this.#members]) member.end(refusal);
    this.#members.clear();
    this.#presence.stop();
  }
}

function ignore(): void {
  // A migration's edit has nobody who waits for it.
}
