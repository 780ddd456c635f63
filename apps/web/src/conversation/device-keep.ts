import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Keep, Waiting } from './keep.ts';
import type { Mark, Message, Named, Thread } from './wire.ts';

type OfDocument<T> = T & { readonly document: string };

interface Talk extends DBSchema {
  /** How far a document's conversation is known, and who can be named in it. */
  documents: { key: string; value: { document: string; seq: number; people: readonly Named[] } };
  threads: { key: [string, string]; value: OfDocument<Thread>; indexes: { document: string } };
  messages: { key: [string, string]; value: OfDocument<Message>; indexes: { document: string } };
  marks: { key: [string, string]; value: OfDocument<Mark>; indexes: { document: string } };
  waiting: {
    key: number;
    value: OfDocument<Omit<Waiting, 'key'>> & { key?: number };
    indexes: { document: string };
  };
}

const rowStores = ['threads', 'messages', 'marks'] as const;

/** On this device, for one person: two who share a browser must not read or send each other's. */
export async function openDeviceKeep(personId: string, document: string): Promise<Keep> {
  const db = await openTalk(personId);
  return {
    lasting: true,
    async known() {
      const tx = db.transaction(['documents', ...rowStores]);
      const [about, threads, messages, marks] = await Promise.all([
        tx.objectStore('documents').get(document),
        tx.objectStore('threads').index('document').getAll(document),
        tx.objectStore('messages').index('document').getAll(document),
        tx.objectStore('marks').index('document').getAll(document),
      ]);
      return { seq: about?.seq ?? 0, people: about?.people ?? [], threads, messages, marks };
    },

    async learn(changes) {
      const tx = db.transaction(['documents', ...rowStores], 'readwrite');
      const documents = tx.objectStore('documents');
      const about = (await documents.get(document)) ?? { document, seq: 0, people: [] };
      // Another tab may have been faster; and over a hole nothing is built.
      if (!changes.anew && (changes.from > about.seq || changes.seq <= about.seq)) return tx.done;
      if (changes.anew) {
        for (const store of rowStores) {
          for (const key of await tx.objectStore(store).index('document').getAllKeys(document)) {
            void tx.objectStore(store).delete(key);
          }
        }
      }
      for (const thread of changes.threads) void tx.objectStore('threads').put({ ...thread, document });
      for (const message of changes.messages) void tx.objectStore('messages').put({ ...message, document });
      for (const mark of changes.marks) void tx.objectStore('marks').put({ ...mark, document });
      void documents.put({ ...about, seq: changes.seq });
      return tx.done;
    },

    async meet(people) {
      const tx = db.transaction('documents', 'readwrite');
      const about = (await tx.store.get(document)) ?? { document, seq: 0 };
      void tx.store.put({ ...about, people });
      return tx.done;
    },

    async waiting() {
      const rows = await db.getAllFromIndex('waiting', 'document', document);
      return rows
        .flatMap(({ document: _, key, ...row }) => (key === undefined ? [] : [{ ...row, key }]))
        .sort((a, b) => a.key - b.key);
    },

    add: (waiting) => db.add('waiting', { ...waiting, document }),

    async put(waiting) {
      const tx = db.transaction('waiting', 'readwrite');
      if ((await tx.store.getKey(waiting.key)) !== undefined) void tx.store.put({ ...waiting, document });
      return tx.done;
    },

    async drop(keys) {
      const tx = db.transaction('waiting', 'readwrite');
      for (const key of keys) void tx.store.delete(key);
      return tx.done;
    },
  };
}

const databases = new Map<string, Promise<IDBPDatabase<Talk>>>();

function openTalk(personId: string): Promise<IDBPDatabase<Talk>> {
  const name = `tidemark-talk ${personId}`;
  const open =
    databases.get(name) ??
    openDB<Talk>(name, 1, {
      upgrade(made) {
        made.createObjectStore('documents', { keyPath: 'document' });
        for (const store of ['threads', 'messages'] as const) {
          made.createObjectStore(store, { keyPath: ['document', 'id'] }).createIndex('document', 'document');
        }
        made
          .createObjectStore('marks', { keyPath: ['document', 'thread'] })
          .createIndex('document', 'document');
        made
          .createObjectStore('waiting', { keyPath: 'key', autoIncrement: true })
          .createIndex('document', 'document');
      },
      terminated: () => databases.delete(name),
    });
  databases.set(name, open);
  open.catch(() => databases.delete(name));
  return open;
}
