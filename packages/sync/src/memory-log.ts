import type { Appended, Batch, Checkpoint, LoadedDocument, LogEntry, UpdateLog } from './ports.ts';

/** An update log in memory: for tests and for trying the engine. Nothing of it survives the process. */
export interface MemoryLog extends UpdateLog {
  /** Makes an empty document. */
  create(documentId: string): void;
  /** Removes a document and all its entries. */
  purge(documentId: string): void;
  /** Begins a document's history anew: the next epoch, nothing in it but the empty entry that says so; LSNs go on. */
  renew(documentId: string): void;
  /** All entries of a document, in order. */
  entries(documentId: string): readonly LogEntry[];
}

interface Stored {
  epoch: number;
  head: number;
  entries: LogEntry[];
  checkpoint: Checkpoint | null;
}

/** `now` gives the time of an entry: milliseconds since 1970, UTC. */
export function createMemoryLog(now: () => number = Date.now): MemoryLog {
  const documents = new Map<string, Stored>();
  /** The last epoch that ended, so that a document made again under its old id is not taken for the old one. */
  const former = new Map<string, number>();
  const listeners = new Map<string, Set<(head: number) => void>>();
  // Every answer comes later, as that of a database does.
  const later = () => Promise.resolve();

  return {
    create(documentId) {
      const epoch = (former.get(documentId) ?? 0) + 1;
      documents.set(documentId, { epoch, head: 0, entries: [], checkpoint: null });
    },
    purge(documentId) {
      former.set(documentId, documents.get(documentId)?.epoch ?? former.get(documentId) ?? 0);
      documents.delete(documentId);
    },
    renew(documentId) {
      const document = documents.get(documentId);
      if (document === undefined) throw new Error(`There is no document ${documentId}.`);
      const head = document.head + 1;
      const begin = { lsn: head, update: new Uint8Array([0, 0]), userId: null, clientId: 0, at: now() };
      documents.set(documentId, { epoch: document.epoch + 1, head, entries: [begin], checkpoint: null });
      former.set(documentId, document.epoch);
    },
    entries(documentId) {
      return [...(documents.get(documentId)?.entries ?? [])];
    },

    async load(documentId): Promise<LoadedDocument | null> {
      await later();
      const document = documents.get(documentId);
      if (document === undefined) return null;
      const { epoch, head, checkpoint, entries } = document;
      const after = checkpoint?.lsn ?? 0;
      return {
        epoch,
        head,
        checkpoint: checkpoint && { lsn: checkpoint.lsn, state: checkpoint.state },
        tail: entries.filter((entry) => entry.lsn > after),
      };
    },

    async append(batch: Batch): Promise<Appended> {
      await later();
      const document = documents.get(batch.documentId);
      if (document === undefined || document.epoch !== batch.epoch) return { outcome: 'gone' };
      const missed = document.entries.filter((entry) => entry.lsn > batch.after);
      const at = now();
      for (const { update, userId, clientId } of batch.entries) {
        document.head += 1;
        document.entries.push({ update: update.slice(), userId, clientId, lsn: document.head, at });
      }
      const { head } = document;
      if (batch.entries.length > 0) {
        void later().then(() => {
          for (const listener of listeners.get(batch.documentId) ?? []) listener(head);
        });
      }
      return { outcome: 'stored', head, missed };
    },

    async readAfter(documentId, epoch, lsn, limit) {
      await later();
      const document = documents.get(documentId);
      if (document?.epoch !== epoch) return 'gone';
      return document.entries.filter((entry) => entry.lsn > lsn).slice(0, limit);
    },

    async saveCheckpoint(checkpoint) {
      await later();
      const document = documents.get(checkpoint.documentId);
      if (document === undefined || document.epoch !== checkpoint.epoch) return 'outdated';
      if (document.checkpoint !== null && document.checkpoint.lsn >= checkpoint.lsn) return 'outdated';
      document.checkpoint = { ...checkpoint, state: checkpoint.state.slice() };
      return 'stored';
    },

    async heads(documentIds) {
      await later();
      const found = new Map<string, number>();
      for (const id of documentIds) {
        const document = documents.get(id);
        if (document !== undefined) found.set(id, document.head);
      }
      return found;
    },

    onAppended(documentId, listener) {
      const here = listeners.get(documentId) ?? new Set();
      listeners.set(documentId, here.add(listener));
      return () => {
        here.delete(listener);
        if (here.size === 0 && listeners.get(documentId) === here) listeners.delete(documentId);
      };
    },
  };
}
