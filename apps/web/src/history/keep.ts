import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { HistoryPage, OwnEntry } from '../api/history.ts';

/** What this device keeps of the past of documents: what was looked at, for when the server cannot be reached. */
interface Kept extends DBSchema {
  states: {
    key: [document: string, moment: string];
    value: { document: string; moment: string; state: Uint8Array; size: number; used: number };
    indexes: { used: number };
  };
  pages: { key: string; value: { document: string; page: HistoryPage } };
  /** Restores that the server has not been told of. */
  restores: {
    key: number;
    value: UntoldRestore & { document: string; key?: number };
    indexes: { document: string };
  };
}

interface UntoldRestore {
  readonly about: string;
  /** What was written; undefined where that is not known. */
  readonly entry?: OwnEntry;
}

/** Bytes of states that are kept at most; those that were not looked at for longest go first. */
const most = 48 * 2 ** 20;

export async function keepState(personId: string, document: string, moment: string, state: Uint8Array) {
  const db = await openKept(personId);
  const tx = db.transaction('states', 'readwrite');
  await tx.store.put({ document, moment, state, size: state.byteLength, used: Date.now() });
  let total = 0;
  for (let at = await tx.store.index('used').openCursor(null, 'prev'); at; at = await at.continue()) {
    total += at.value.size;
    if (total > most) await at.delete();
  }
  await tx.done;
}

/** Null where it is not kept. */
export async function keptState(personId: string, document: string, moment: string) {
  const db = await openKept(personId);
  return (await db.get('states', [document, moment]))?.state ?? null;
}

export async function keepPage(personId: string, document: string, page: HistoryPage) {
  await (await openKept(personId)).put('pages', { document, page });
}

export async function keptPage(personId: string, document: string) {
  return (await (await openKept(personId)).get('pages', document))?.page ?? null;
}

export async function keepRestore(personId: string, document: string, restore: UntoldRestore) {
  await (await openKept(personId)).add('restores', { document, ...restore });
}

/** The restores of a document that the server has not been told of; each is forgotten when `tell` has resolved. */
export async function tellRestores(
  personId: string,
  document: string,
  tell: (restore: UntoldRestore) => Promise<unknown>,
): Promise<void> {
  const db = await openKept(personId);
  for (const key of await db.getAllKeysFromIndex('restores', 'document', document)) {
    const kept = await db.get('restores', key);
    if (kept) await tell(kept);
    await db.delete('restores', key);
  }
}

const databases = new Map<string, Promise<IDBPDatabase<Kept>>>();

/** Each person's own: two who share a browser see nothing of each other's. */
function openKept(personId: string): Promise<IDBPDatabase<Kept>> {
  const name = `tidemark-past ${personId}`;
  const open =
    databases.get(name) ??
    openDB<Kept>(name, 1, {
      upgrade(made) {
        made.createObjectStore('states', { keyPath: ['document', 'moment'] }).createIndex('used', 'used');
        made.createObjectStore('pages', { keyPath: 'document' });
        made
          .createObjectStore('restores', { keyPath: 'key', autoIncrement: true })
          .createIndex('document', 'document');
      },
      terminated: () => databases.delete(name),
    });
  databases.set(name, open);
  open.catch(() => databases.delete(name));
  return open;
}
