/**
 * The replica on this device: the offline store, the other tabs, and the account of edits that only this device has.
 * The document's life (epoch) is guarded here: nothing of another life is ever merged.
 */
import type { Access } from '@tidemark/protocol';
import { uuidv4 } from 'lib0/random';
import * as Y from 'yjs';
import type { Clock } from './clock.ts';
import type { Loaded, Marker } from './document-database.ts';
import { discardSetAside, type Ended, nameOfLife } from './lives.ts';
import { createOfflineStore } from './offline-store.ts';
import { createTabs, type Tabs } from './tabs.ts';

/** A device that does not answer holds up the connection no longer than this, milliseconds. */
const loadWithin = 5_000;
const loadAgainAfter = 5_000;

export interface DeviceOptions {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly clock: Clock;
  /** This writer's unacknowledged edits. */
  marker(): Marker | null;
  /** Edits of writers that are gone are now this one's to bring to the server. */
  adopted(marker: Marker): void;
  presence(update: Uint8Array): void;
  presenceOfSelf(): { readonly clientId: number; readonly update: Uint8Array } | null;
  presenceGone(clientId: number): void;
  changed(): void;
  /** What this person might do when the document was last met. */
  remembered(access: Access): void;
  /** What this device holds belongs to an earlier life of the document. */
  stale(): void;
}

export interface Device {
  /** This device's copy is in the replica, or it can't be for now. */
  readonly loaded: Promise<void>;
  state(): 'loading' | 'ok' | 'failing';
  unkept(): number;
  /** Whether a transaction's origin is this device, so that it is no edit. */
  owns(origin: unknown): boolean;
  /** The replica changed; `edit`: by a person at this writer. */
  updated(update: Uint8Array, origin: unknown, edit: boolean): void;
  /** The number of unacknowledged edits changed. */
  recount(): void;
  /** The life of the document that this device knows; null before it met the server. */
  epoch(): number | null;
  /** The server told the document's life; false when it is not the one we know. */
  greeted(epoch: number): boolean;
  /** The replica's life is over: sets aside what is here, however often the browser must be asked. */
  setAside(): void;
  /** All of this life that the device holds is set aside: a replica of the next one may begin. */
  outlived(): boolean;
  /** Ends this life and deletes its copy, unless other tabs left edits in it. Rejects when the browser does not keep that. */
  discard(): Promise<void>;
  /** The server told what this person may do. */
  permitted(access: Access): void;
  tellPresence(clientId: number, update: Uint8Array): void;
  clientIdsOfTabs(): ReadonlySet<number>;
  leaving(): void;
  close(): Promise<void>;
}

const fromStore: unique symbol = Symbol('tidemark store');
const fromTab: unique symbol = Symbol('tidemark tab');
/** From a tab that could not keep it, or with content that waited for it: this tab keeps it as well. */
const fromTabUnkept: unique symbol = Symbol('tidemark tab, unkept');

export function createDevice(options: DeviceOptions): Device {
  const { doc, clock } = options;
  const writer = uuidv4();
  const firstAttempt = Promise.withResolvers<void>();
  let epoch: number | null = null;
  let closed = false;
  let stale = false;
  /** The life is ended in the store as well. */
  let ended = false;
  /** Loaded, and what earlier visits left unsent is counted. */
  let ready = false;
  let tabs: Tabs | null = null;
  let settingAside: Promise<void> | null = null;

  const store = createOfflineStore({
    name: options.name,
    writer,
    doc,
    clock,
    origin: fromStore,
    marker: options.marker,
    wrote: (update, kept) => tabs?.tellUpdate(update, kept),
    changed: options.changed,
    takenAway() {
      ended = true;
      becomeStale();
    },
  });

  /** Tabs that show another life of the document are out of earshot. */
  function talk(place: string): Tabs {
    if (tabs?.name === place) return tabs;
    tabs?.close();
    tabs = createTabs({
      name: place,
      writer,
      epoch: () => epoch,
      sameLife,
      update: fromOtherTab,
      since: (stateVector) => Y.encodeStateAsUpdate(doc, stateVector),
      stateVector: () => Y.encodeStateVector(doc),
      presence: options.presence,
      presenceOfSelf: options.presenceOfSelf,
      gone(gone, clientId) {
        if (clientId !== null) options.presenceGone(clientId);
        void store.adopt([gone], options.adopted);
      },
    });
    return tabs;
  }

  function becomeStale() {
    if (stale) return;
    stale = true;
    firstAttempt.resolve();
    options.stale();
  }

  function setAside(why: Ended): Promise<void> {
    // First: becoming stale is told at once, and whoever hears it asks for this again, with another reason.
    settingAside ??= endLife(why);
    becomeStale();
    return settingAside;
  }

  async function endLife(why: Ended) {
    while (!closed && !ended) {
      try {
        await store.endLife(epoch, why);
        ended = true;
      } catch {
        // The status goes on saying what is not kept; a person may free some room.
        await pause(loadAgainAfter);
      }
    }
    options.changed();
  }

  const pause = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  /** A replica that never met the server takes the life of the first that it merges. */
  function sameLife(theirs: number | null): boolean {
    if (stale) return false;
    if (epoch === null && theirs !== null && store.state() !== 'loading') learn(theirs);
    return theirs === null || theirs === epoch;
  }

  function learn(known: number) {
    epoch = known;
    store.note({ epoch: known });
  }

  function fromOtherTab(update: Uint8Array, kept: boolean) {
    const gaps = doc.store.pendingStructs !== null || doc.store.pendingDs !== null;
    Y.applyUpdate(doc, update, kept && !gaps ? fromTab : fromTabUnkept);
    if (!gaps && (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)) tabs?.catchUp();
  }

  /** What is stored, however often the browser must be asked; null once there is nothing to load for. */
  async function read(): Promise<Loaded | null> {
    while (!closed && !stale) {
      try {
        return await store.load();
      } catch {
        // The browser gives no database for now: the status says so, and tabs can still talk.
        firstAttempt.resolve();
        talk(options.name).catchUp();
        options.changed();
        await pause(loadAgainAfter);
      }
    }
    return null;
  }

  async function load(): Promise<void> {
    const found = await read();
    if (found === null || closed || stale) return;
    if (epoch !== null && found.epoch !== null && found.epoch !== epoch) {
      // The server was quicker than this device, and the replica is of the new life already.
      try {
        await store.endLife(found.epoch, 'begun-anew');
      } catch {
        await pause(loadAgainAfter);
      }
      return load();
    }
    epoch ??= found.epoch;
    store.accept(found);
    if (epoch !== null) store.note({ epoch });
    if (found.access !== null) options.remembered(found.access);
    const neighbours = talk(nameOfLife(options.name, store.life()));
    neighbours.catchUp();
    const dead = await neighbours.dead([...found.markers.keys()]);
    await store.adopt(dead, options.adopted);
    ready = true;
    firstAttempt.resolve();
  }

  const cancelWait = clock.after(loadWithin, firstAttempt.resolve);
  void load().finally(options.changed);
  void firstAttempt.promise.then(cancelWait);

  return {
    loaded: firstAttempt.promise,
    state: () => (store.state() === 'ok' && !ready ? 'loading' : store.state()),
    unkept: () => store.unkept(),
    owns: (origin) => origin === fromStore || origin === fromTab || origin === fromTabUnkept,
    updated(update, origin, edit) {
      if (origin === fromStore || origin === fromTab) return;
      store.keep(update, edit);
    },
    recount: () => store.note(),
    epoch: () => epoch,
    greeted(told) {
      if (stale || (epoch !== null && epoch !== told)) return false;
      if (epoch === null) learn(told);
      return true;
    },
    setAside: () => void setAside('begun-anew'),
    outlived: () => ended && store.unkept() === 0,
    async discard() {
      await setAside('discarded');
      await discardSetAside({ name: options.name, life: store.life() }, [writer]);
    },
    permitted: (access) => store.note({ access }),
    tellPresence: (clientId, update) => tabs?.tellPresence(clientId, update),
    clientIdsOfTabs: () => tabs?.clientIds() ?? new Set(),
    leaving: () => store.hurry(),
    async close() {
      closed = true;
      await store.close();
      // The lock is let go last: only then may others take over what is unsent.
      tabs?.close();
    },
  };
}
