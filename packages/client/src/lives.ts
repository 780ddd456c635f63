/**
 * A document's lives on one device. Each life has a database of its own; the first one's bears the document's name and
 * also holds the register of lives. When a life ends, the next begins in a fresh database and the old one stays where
 * it is, untouched: nothing is copied, so a full disk can't break it in the middle.
 */
import * as Y from 'yjs';
import { type Marker, markerKey, markersIn } from './document-database.ts';
import { answered, completed, openDatabase, updatesStore, valuesStore } from './indexed-db.ts';

/** The server began the document anew, or a person gave up what was not sent. */
export type Ended = 'begun-anew' | 'discarded';

/** A life that is over and whose copy is kept. `at`: when it was set aside, milliseconds since 1970. */
interface Past {
  readonly life: number;
  readonly epoch: number | null;
  readonly why: Ended;
  readonly at: number;
}

interface Lives {
  readonly current: number;
  readonly past: readonly Past[];
}

const register = 'lives';
const first: Lives = { current: 0, past: [] };

export function nameOfLife(name: string, life: number): string {
  return life === 0 ? name : `${name} life ${life}`;
}

async function inDatabase<T>(name: string, use: (database: IDBDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase(name);
  try {
    return await use(database);
  } finally {
    database.close();
  }
}

/** Opens the database of the present life. */
export async function openPresent(name: string): Promise<{ database: IDBDatabase; life: number }> {
  const home = await openDatabase(name);
  const { current } = await readLives(home);
  if (current === 0) return { database: home, life: 0 };
  home.close();
  return { database: await openDatabase(nameOfLife(name, current)), life: current };
}

async function readLives(home: IDBDatabase): Promise<Lives> {
  const transaction = home.transaction(valuesStore, 'readonly');
  const found = transaction.objectStore(valuesStore).get(register) as IDBRequest<Lives | undefined>;
  await completed(transaction);
  return found.result ?? first;
}

/** Puts what `change` makes of the register, in one transaction; null leaves it as it is. */
async function changeLives(name: string, change: (lives: Lives) => Lives | null): Promise<void> {
  await inDatabase(name, async (home) => {
    const transaction = home.transaction(valuesStore, 'readwrite', { durability: 'strict' });
    const values = transaction.objectStore(valuesStore);
    answered(values.get(register) as IDBRequest<Lives | undefined>, (lives) => {
      const next = change(lives ?? first);
      if (next !== null) values.put(next, register);
    });
    await completed(transaction);
  });
}

/**
 * Ends `life`. Raising its database's version waits until every other tab has written what it had and let go; then
 * the register says so in one transaction. A crash in between leaves the life going on, to be ended again.
 */
export async function endLife(name: string, life: number, told: Omit<Past, 'life'>): Promise<void> {
  const place = nameOfLife(name, life);
  const version = await inDatabase(place, async (database) => database.version);
  const alone = await openDatabase(place, version + 1);
  alone.close();
  await changeLives(name, (lives) => {
    if (lives.past.some((each) => each.life === life)) return null;
    return {
      current: Math.max(lives.current, life + 1),
      past: [...lives.past, { life, ...told }],
    };
  });
}

/** A copy of an earlier life of a document, kept on this device until a person discards it. */
export interface SetAside {
  /** Names this copy for `readSetAside` and `discardSetAside`. */
  readonly name: string;
  readonly documentId: string;
  readonly life: number;
  /** The life's number on the server; null when the document never met it. */
  readonly epoch: number | null;
  /** When it was set aside, milliseconds since 1970. */
  readonly since: number;
  /** `discarded`: a person gave up what one tab had not sent, and other tabs had more. */
  readonly why: Ended;
  /** Edits that the server never acknowledged. */
  readonly unsent: number;
  readonly bytes: number;
}

const prefixOf = (name: string) => `tidemark ${name} `;

/** Where a document is kept: `name` is that of the `offline` option, or the provider's `url`. */
export function placeOf(name: string, documentId: string): string {
  return `${prefixOf(name)}${documentId}`;
}

/** The first lives' databases of all documents under `name`. */
async function homesOf(name: string): Promise<string[]> {
  const prefix = prefixOf(name);
  const stored = (await indexedDB.databases()).flatMap((each) => each.name ?? []);
  return stored.filter((each) => each.startsWith(prefix) && !each.slice(prefix.length).includes(' '));
}

/**
 * The ids of all documents that are on this device under `name` (that of the `offline` option, or the provider's `url`),
 * and so open where no server answers. Empty where the browser keeps nothing; rejects when its store is broken.
 */
export async function listOnDevice(name: string): Promise<string[]> {
  if (typeof indexedDB === 'undefined') return [];
  const found: string[] = [];
  for (const home of await homesOf(name)) {
    const { database } = await openPresent(home);
    const rows = await countRows(database).finally(() => database.close());
    if (rows > 0) found.push(home.slice(prefixOf(name).length));
  }
  return found;
}

async function countRows(database: IDBDatabase): Promise<number> {
  const transaction = database.transaction(updatesStore, 'readonly');
  const count = transaction.objectStore(updatesStore).count();
  await completed(transaction);
  return count.result;
}

/**
 * What was set aside on this device under `name` (that of the `offline` option, or the provider's `url`), of one document
 * or of all; oldest first. Empty where the browser keeps nothing; rejects when the browser's store is broken.
 */
export async function listSetAside(name: string, documentId?: string): Promise<SetAside[]> {
  if (typeof indexedDB === 'undefined') return [];
  const prefix = prefixOf(name);
  const homes = (await homesOf(name)).filter(
    (each) => documentId === undefined || each === prefix + documentId,
  );
  const found: SetAside[] = [];
  for (const home of homes) {
    for (const past of (await inDatabase(home, readLives)).past) {
      const copy = await inDatabase(nameOfLife(home, past.life), measure);
      if (copy.bytes === 0) continue;
      const { at: since, ...rest } = past;
      found.push({ name: home, documentId: home.slice(prefix.length), since, ...rest, ...copy });
    }
  }
  return found.sort((a, b) => a.since - b.since);
}

async function measure(database: IDBDatabase): Promise<{ unsent: number; bytes: number }> {
  const [rows, markers] = await Promise.all([rowsOf(database), markersIn(database)]);
  const unsent = [...markers.values()].reduce((sum, marker: Marker) => sum + marker.count, 0);
  return { unsent, bytes: rows.reduce((sum, row) => sum + row.byteLength, 0) };
}

async function rowsOf(database: IDBDatabase): Promise<Uint8Array[]> {
  const transaction = database.transaction(updatesStore, 'readonly');
  const rows = transaction.objectStore(updatesStore).getAll() as IDBRequest<Uint8Array[]>;
  await completed(transaction);
  return rows.result;
}

/** The whole copy as one Yjs update (v1): for a file, or to look at in a Y.Doc of its own. Merge it nowhere blindly. */
export async function readSetAside({ name, life }: SetAside): Promise<Uint8Array> {
  const rows = await inDatabase(nameOfLife(name, life), rowsOf);
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const row of rows) Y.applyUpdate(doc, row);
  });
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/**
 * Deletes a copy for good. What `writers` left unsent goes; what others did holds the copy back, and they are asked
 * themselves. Without `writers` all of it goes.
 */
export async function discardSetAside(
  copy: Pick<SetAside, 'name' | 'life'>,
  writers?: readonly string[],
): Promise<void> {
  const { name, life } = copy;
  const place = nameOfLife(name, life);
  const emptied = await inDatabase(place, (database) => emptyLife(database, writers));
  if (!emptied) return;
  await changeLives(name, (lives) => ({ ...lives, past: lives.past.filter((each) => each.life !== life) }));
  // The first life's database stays: the register is in it.
  if (life > 0) indexedDB.deleteDatabase(place);
}

async function emptyLife(database: IDBDatabase, writers: readonly string[] | undefined): Promise<boolean> {
  const markers = await markersIn(database);
  const transaction = database.transaction([updatesStore, valuesStore], 'readwrite', {
    durability: 'strict',
  });
  const values = transaction.objectStore(valuesStore);
  const going = [...markers.keys()].filter((writer) => writers === undefined || writers.includes(writer));
  for (const writer of going) values.delete(markerKey(writer));
  const empty = going.length === markers.size;
  if (empty) transaction.objectStore(updatesStore).clear();
  await completed(transaction);
  return empty;
}
