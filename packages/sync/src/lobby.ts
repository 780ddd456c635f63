import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type * as Y from 'yjs';
import { createCounters } from './counters.ts';
import type { Lobby, LobbyOptions } from './front-door.ts';
import { Gate } from './gate.ts';
import { HeadCompare } from './head-compare.ts';
import { Neighbours } from './neighbours.ts';
import { Newsroom } from './newsroom.ts';
import { Opener } from './opener.ts';
import type { Principal, Socket } from './ports.ts';
import { createJournalQuarantine, createSettingAside } from './quarantine.ts';
import type { RoomReport } from './report.ts';
import { RightsWatch } from './rights-watch.ts';
import { Room } from './room.ts';
import { RoomSession, type Session } from './session.ts';
import { defaultSettings } from './settings.ts';
import { type LobbyStats, sumUp } from './statistics.ts';
import { inlineWorkbench } from './workbench.ts';
import type { World } from './world.ts';

/** The engine's front door: opens, shares and closes rooms. */
export function createLobby(options: LobbyOptions): Lobby {
  return new RoomLobby(options);
}

/** A room on its way. `heard` is the highest head the bell rang meanwhile. */
interface Loading {
  readonly room: Promise<Room | Refusal>;
  heard: number;
}

class RoomLobby implements Lobby {
  readonly #world: World;
  readonly #rights: RightsWatch;
  readonly #rooms = new Map<string, Room>();
  readonly #loading = new Map<string, Loading>();
  /** Rooms that take nobody any more but have not finished. */
  readonly #ending = new Set<Promise<void>>();
  readonly #sessions = new Map<string, Set<RoomSession>>();
  readonly #opener: Opener;
  readonly #compare: HeadCompare;
  readonly #newsroom: Newsroom;
  readonly #stopHearing: () => void;
  #draining = false;

  constructor(options: LobbyOptions) {
    const { log, access, clock, journal, bus, hooks = {}, settings = {} } = options;
    const counters = createCounters();
    const allSettings = { ...defaultSettings, ...settings };
    this.#world = {
      log,
      clock,
      journal,
      hooks,
      settings: allSettings,
      counters,
      neighbours: bus === undefined ? null : new Neighbours(bus, clock, journal, allSettings),
      workbench: options.workbench ?? inlineWorkbench,
      setAside: createSettingAside(options.quarantine ?? createJournalQuarantine(journal), journal, counters),
      compactions: new Gate(allSettings.compactionsAtOnce),
      observe: options.observe ?? (() => undefined),
    };
    this.#opener = new Opener(this.#world);
    this.#compare = new HeadCompare(this.#world, () => this.#rooms);
    this.#rights = new RightsWatch(this.#world, access, this.#sessions, (changed) => this.#lookAt(changed));
    this.#newsroom = new Newsroom(bus ?? null, this.#sessions);
    this.#stopHearing = bus?.onReconnected(() => void this.#compare.look()) ?? (() => undefined);
  }

  connect(socket: Socket, principal: Principal, documentId: string, epoch: number | null = null): Session {
    const session = new RoomSession(this.#world, socket, principal, documentId, (ended) => this.#left(ended));
    if (this.#draining) {
      session.end(refuse('restarting'));
      return session;
    }
    const sessions = this.#sessions.get(documentId) ?? new Set();
    this.#sessions.set(documentId, sessions.add(session));
    this.#sessionsChanged(documentId);
    void this.#join(session, epoch);
    return session;
  }

  async read<T>(
    documentId: string,
    use: (doc: Y.Doc, at: { epoch: number; head: number }) => T,
  ): Promise<T | Refusal> {
    const room = await this.#open(documentId);
    return isRefusal(room) ? room : room.read(use);
  }

  async edit(
    documentId: string,
    userId: string | null,
    change: (doc: Y.Doc) => void,
  ): Promise<{ lsn: number } | Refusal> {
    const room = await this.#open(documentId);
    return isRefusal(room) ? room : room.edit(userId, change);
  }

  tell(documentId: string, topic: string): void {
    this.#newsroom.tell(documentId, topic);
  }

  dismiss(documentId: string, refusal: Refusal): void {
    // A load under way may have begun before the reason for the dismissal.
    this.#loading.delete(documentId);
    this.#rooms.get(documentId)?.retire(refusal);
    for (const session of [...(this.#sessions.get(documentId) ?? [])]) session.end(refusal);
  }

  release(documentId: string): void {
    this.#opener.release(documentId);
  }

  stats(): LobbyStats {
    const { clock, counters } = this.#world;
    const ending = this.#ending.size;
    return {
      ...counters,
      ...sumUp([...this.#rooms.values()], this.#sessions, clock.now()),
      endingRooms: ending,
    };
  }

  rooms(): readonly RoomReport[] {
    return Array.from(this.#rooms.values(), (room) => room.report());
  }

  async drain(): Promise<void> {
    this.#draining = true;
    const refusal = refuse('restarting');
    await Promise.all([...this.#loading.values()].map(({ room }) => room));
    await Promise.all([...this.#rooms.values()].map((room) => room.drain(refusal)));
    for (const sessions of [...this.#sessions.values()]) {
      for (const session of [...sessions]) session.end(refusal);
    }
    await Promise.all(this.#ending);
    this.#compare.stop();
    this.#rights.stop();
    this.#stopHearing();
    this.#newsroom.stop();
    this.#world.neighbours?.leave();
  }

  async #join(session: RoomSession, epoch: number | null): Promise<void> {
    try {
      for (;;) {
        const allowed = await this.#rights.ask(session);
        if (isRefusal(allowed)) return session.end(allowed);
        if (session.state === 'closed') return;
        const room = await this.#open(session.documentId);
        if (isRefusal(room)) return session.end(room);
        if (this.#rights.doubts(session)) continue;
        if (epoch !== null && epoch !== room.epoch) return session.end(refuse('stale-epoch'));
        // The room may have closed between its promise and this line.
        return room.open ? session.joined(room, allowed) : session.end(refuse('restarting'));
      }
    } catch (error) {
      this.#world.journal.error('join-failed', { documentId: session.documentId, error: String(error) });
      session.end(refuse('cannot-store'));
    }
  }

  /** The live room, or a freshly loaded one; everybody who asks meanwhile waits for the same load. */
  async #open(documentId: string): Promise<Room | Refusal> {
    for (;;) {
      if (this.#draining) return refuse('restarting');
      const live = this.#rooms.get(documentId);
      if (live !== undefined) return live;
      let loading = this.#loading.get(documentId);
      if (loading === undefined) {
        loading = { room: Promise.resolve().then(() => this.#load(documentId)), heard: 0 };
        this.#loading.set(documentId, loading);
      }
      const mine = loading;
      const room = await mine.room;
      if (isRefusal(room) || room.open) return room;
    }
  }

  async #load(documentId: string): Promise<Room | Refusal> {
    const mine = this.#loading.get(documentId);
    // Heard before it is read, so that nothing falls in between.
    const stopBell = this.#world.log.onAppended(documentId, (head) => this.#rang(documentId, head));
    const opened = await this.#opener.open(documentId);
    const current = this.#loading.get(documentId) === mine;
    if (current) this.#loading.delete(documentId);
    if (isRefusal(opened)) {
      stopBell();
      return opened;
    }
    try {
      const room = new Room(this.#world, documentId, opened, (retired) => {
        stopBell();
        this.#retire(retired);
      });
      if (mine === undefined || !current) {
        room.retire(refuse('restarting'));
        return room;
      }
      this.#rooms.set(documentId, room);
      this.#compare.roomsChanged();
      room.prepare();
      room.rang(mine.heard);
      return room;
    } catch (error) {
      stopBell();
      this.#world.journal.error('open-failed', { documentId, error: String(error) });
      return refuse('internal', 'The document cannot be opened.');
    }
  }

  #retire(room: Room): void {
    if (this.#rooms.get(room.documentId) === room) this.#rooms.delete(room.documentId);
    this.#compare.roomsChanged();
    // The room says when it has finished only after this call.
    const ending = Promise.resolve()
      .then(() => room.whenEnded())
      .finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  #rang(documentId: string, head: number): void {
    this.#rooms.get(documentId)?.rang(head);
    const loading = this.#loading.get(documentId);
    if (loading !== undefined) loading.heard = Math.max(loading.heard, head);
  }

  /** The document may have been begun anew (null: any): its room reads on, and learns it. */
  #lookAt(documentId: string | null): void {
    if (documentId === null) void this.#compare.look();
    else this.#rang(documentId, Number.MAX_SAFE_INTEGER);
  }

  #left(session: RoomSession): void {
    const sessions = this.#sessions.get(session.documentId);
    sessions?.delete(session);
    if (sessions?.size === 0) this.#sessions.delete(session.documentId);
    this.#sessionsChanged(session.documentId);
  }

  #sessionsChanged(documentId: string): void {
    this.#rights.sessionsChanged();
    this.#newsroom.sessionsChanged(documentId);
  }
}
