/**
 * One document on this device: what waits to be written, what is kept, and what to do when the browser will not.
 * One transaction at a time; what comes meanwhile goes together into the next.
 */
import * as Y from 'yjs';
import { assert } from './assert.ts';
import type { Clock } from './clock.ts';
import {
  adopt,
  append,
  applyRows,
  type Loaded,
  type Marker,
  read,
  rewrite,
  type Told,
  type Values,
} from './document-database.ts';
import { type Ended, endLife, openPresent } from './lives.ts';
import { mergeInParts } from './merge.ts';

/** Rows after which they are merged into one. */
const trimSize = 500;
/** Until a store that failed is tried again, milliseconds. */
const mendAfter = 5_000;

export interface OfflineStoreOptions {
  readonly name: string;
  readonly writer: string;
  readonly doc: Y.Doc;
  readonly clock: Clock;
  /** Origin of what comes from the store. */
  readonly origin: unknown;
  /** This writer's marker at this moment. */
  marker(): Marker | null;
  /** An edit of this writer is kept, or could not be. An edit may be told twice. */
  wrote(update: Uint8Array, kept: boolean): void;
  changed(): void;
  /** Another tab ended this life of the document; all that was given to `keep` before is kept. */
  takenAway(): void;
}

export interface OfflineStore {
  state(): 'loading' | 'ok' | 'failing';
  /** Edits given to `keep` that are not in a completed transaction. */
  unkept(): number;
  /** Reads; nothing is applied yet. Rejects when the browser gives no database; may be called again then. */
  load(): Promise<Loaded>;
  /** Applies what `load` read; from now on things are written. */
  accept(loaded: Loaded): void;
  /** `own`: an edit of this writer. */
  keep(update: Uint8Array, own: boolean): void;
  /** The marker changed, or something was `learnt` from the server: write it with the next transaction. */
  note(learnt?: Partial<Told>): void;
  /** Takes over the markers of writers that are gone, with all their edits; `taken` hears of it before anything is written. */
  adopt(writers: readonly string[], taken: (marker: Marker) => void): Promise<void>;
  /** Begins writing what waits, even while another transaction is under way: the page may be gone soon. */
  hurry(): void;
  life(): number;
  /**
   * Ends the life that is open and lets go of it; other tabs lose their hold on it too. What is stored stays, set aside
   * under `epoch`. Until `accept`, `load` then begins with the next life. Rejects when the browser does not keep that.
   */
  endLife(epoch: number | null, why: Ended): Promise<void>;
  /** Writes what waits and lets go. */
  close(): Promise<void>;
}

export function createOfflineStore(options: OfflineStoreOptions): OfflineStore {
  const { doc, clock } = options;
  let database: IDBDatabase | null = null;
  let life = 0;
  let state: ReturnType<OfflineStore['state']> = 'loading';
  let loaded = false;
  let closed = false;
  let given = 0;
  let kept = 0;
  let rows = 0;
  /** Rows up to this key are in the replica. */
  let seen = 0;
  let told: Told = { epoch: null, access: null };
  let own: Uint8Array[] = [];
  let others: Uint8Array[] = [];
  let noted = false;
  let busy = 0;
  /** A transaction failed: rows may be missing, only the whole replica makes the store complete again. */
  let broken = false;
  let cancelMending: (() => void) | null = null;
  let atRest: (() => void)[] = [];

  const values = (): Values => ({ writer: options.writer, marker: options.marker(), ...told });
  const apply = (found: readonly Uint8Array[]) => applyRows(doc, found, options.origin);

  async function open(): Promise<IDBDatabase> {
    const { database: opened, life: openedLife } = await openPresent(options.name);
    if (loaded && openedLife !== life) lose();
    if (closed) {
      opened.close();
      throw new Error('The store was closed while its database opened.');
    }
    // Deleted while edits of this tab are unsent: made anew. Otherwise a tab ended this life.
    opened.onversionchange = (event) => {
      if (event.newVersion !== null || options.marker() === null) return void letGo(opened);
      opened.close();
      if (database === opened) database = null;
      fail();
    };
    // The person cleared the site's data, or the disk failed under the browser.
    opened.onclose = () => {
      if (database === opened) database = null;
      fail();
    };
    database = opened;
    life = openedLife;
    return opened;
  }

  /** Writes what waits, then lets go: whoever ends this life waits for it. */
  async function letGo(opened: IDBDatabase) {
    await rest();
    opened.close();
    if (database === opened) lose();
  }

  function lose() {
    database = null;
    closed = true;
    cancelMending?.();
    options.takenAway();
  }

  const waiting = () => own.length + others.length > 0 || noted;
  const writable = () => loaded && !broken && database !== null && !closed;

  function fail() {
    if (closed) return;
    state = 'failing';
    // Before the first loading there is nothing to make complete: it is loaded again.
    if (!loaded) return options.changed();
    broken = true;
    for (const part of mergeInParts(own)) options.wrote(part, false);
    cancelMending?.();
    cancelMending = clock.after(mendAfter, () => void mend());
    options.changed();
  }

  async function mend() {
    const done = begin();
    try {
      await replaceRows(database ?? (await open()));
      broken = false;
      state = 'ok';
    } catch {
      // The status has said so since the first failure; this comes again.
      fail();
    }
    done();
  }

  async function replaceRows(target: IDBDatabase) {
    let covered = 0;
    seen = await rewrite(target, seen, apply, () => {
      // The whole replica holds all that waits.
      own = [];
      others = [];
      noted = false;
      covered = given;
      return { state: Y.encodeStateAsUpdate(doc), values: values() };
    });
    rows = 1;
    kept = Math.max(kept, covered);
  }

  /** Marks something as under way; the returned function ends it and goes on with what waits. */
  function begin(): () => void {
    busy += 1;
    return () => {
      busy -= 1;
      options.changed();
      if (busy > 0) return;
      if (waiting() && writable()) return write();
      const resolves = atRest;
      atRest = [];
      for (const resolve of resolves) resolve();
    };
  }

  function write() {
    if (database !== null && waiting() && writable()) void writeBatch(database, begin());
  }

  async function writeBatch(target: IDBDatabase, done: () => void) {
    const mine = own;
    const added = mergeInParts([...others, ...mine]);
    const covered = given;
    own = [];
    others = [];
    noted = false;
    let ok = true;
    try {
      // A person's edit should outlive the machine; what others wrote is on the server.
      await append(target, added, values(), mine.length > 0);
      rows += added.length;
    } catch {
      ok = false;
      fail();
    }
    if (ok && !broken) kept = Math.max(kept, covered);
    for (const part of mergeInParts(mine)) options.wrote(part, ok);
    if (ok && rows >= trimSize && busy === 1) await trim(target);
    done();
  }

  async function trim(target: IDBDatabase) {
    try {
      await replaceRows(target);
    } catch {
      // All rows are still there, only not merged; but some of what waited may have been taken for covered.
      fail();
    }
  }

  function soon() {
    queueMicrotask(() => busy === 0 && write());
  }

  async function rest() {
    write();
    if (busy > 0) await new Promise<void>((resolve) => atRest.push(resolve));
  }

  return {
    state: () => state,
    unkept: () => given - kept,
    async load() {
      try {
        return await read(database ?? (await open()));
      } catch (error) {
        state = 'failing';
        throw error;
      }
    },
    accept(found) {
      state = 'failing';
      apply(found.rows);
      seen = found.lastKey;
      rows = found.rows.length;
      told = { epoch: found.epoch, access: told.access ?? found.access };
      loaded = true;
      state = 'ok';
      soon();
    },
    keep(update, mine) {
      if (mine) given += 1;
      if (closed) return;
      (mine ? own : others).push(update);
      if (mine && broken) options.wrote(update, false);
      soon();
    },
    note(learnt) {
      told = { ...told, ...learnt };
      noted = true;
      soon();
    },
    async adopt(writers, taken) {
      await rest();
      if (database === null || broken || closed || writers.length === 0) return;
      const done = begin();
      try {
        const marker = await adopt(database, writers, seen, apply, values());
        if (marker !== null) taken(marker);
      } catch {
        fail();
      }
      done();
    },
    hurry: write,
    life: () => life,
    async endLife(epoch, why) {
      await rest();
      if (loaded && (state !== 'ok' || given > kept)) throw new Error('Not all of it is kept yet.');
      database?.close();
      database = null;
      try {
        await endLife(options.name, life, { epoch, why, at: clock.now() });
        closed = loaded;
      } catch (error) {
        fail();
        throw error;
      }
    },
    async close() {
      await rest();
      assert(busy === 0, 'a store at rest has nothing under way');
      closed = true;
      cancelMending?.();
      database?.close();
    },
  };
}
