import type { Appended, Batch, Checkpoint, LoadedDocument, LogEntry } from '@tidemark/sync';

export interface Table {
  epoch: number;
  head: number;
  /** All of this epoch: their LSNs go on from those of the last one. */
  entries: LogEntry[];
  checkpoint: Checkpoint | null;
}

/** Hears of every commit at its instant. */
export interface Auditor {
  appended(entries: readonly LogEntry[], missed: readonly LogEntry[]): void;
  asked(batch: Batch, by: string): void;
  /** Whoever appended has heard that it is stored. */
  answered(batch: Batch, by: string): void;
  checkpointed(checkpoint: Checkpoint): void;
  /** The document's history was begun anew with this entry. */
  renewed(begin: LogEntry): void;
}

/**
 * What is committed: it outlives every process. Each method is one transaction and does what Postgres enforces: LSNs
 * without a gap, the epoch, checkpoints that only go forward.
 */
export class Tables {
  readonly #documents = new Map<string, Table>();
  readonly #auditor: Auditor;
  readonly #now: () => number;

  constructor(auditor: Auditor, now: () => number) {
    this.#auditor = auditor;
    this.#now = now;
  }

  create(documentId: string): void {
    this.#documents.set(documentId, { epoch: 1, head: 0, entries: [], checkpoint: null });
  }

  /** The document's history begins anew. */
  renew(documentId: string): void {
    const { epoch, head } = this.of(documentId);
    const begin = {
      lsn: head + 1,
      update: new Uint8Array([0, 0]),
      userId: null,
      clientId: 0,
      at: this.#now(),
    };
    this.#documents.set(documentId, { epoch: epoch + 1, head: head + 1, entries: [begin], checkpoint: null });
    this.#auditor.renewed(begin);
  }

  of(documentId: string): Table {
    const table = this.#documents.get(documentId);
    if (table === undefined) throw new Error(`There is no document ${documentId}.`);
    return table;
  }

  load(documentId: string): LoadedDocument | null {
    const table = this.#documents.get(documentId);
    if (table === undefined) return null;
    const { epoch, head, checkpoint } = table;
    return {
      epoch,
      head,
      checkpoint: checkpoint && { lsn: checkpoint.lsn, state: checkpoint.state },
      tail: after(table, checkpoint?.lsn ?? 0),
    };
  }

  append(batch: Batch): Appended {
    const table = this.#documents.get(batch.documentId);
    if (table === undefined || table.epoch !== batch.epoch) return { outcome: 'gone' };
    const missed = after(table, batch.after);
    const before = table.head;
    const at = this.#now();
    const added = batch.entries.map((entry, i) => ({
      ...entry,
      update: entry.update.slice(),
      lsn: before + 1 + i,
      at,
    }));
    table.entries.push(...added);
    table.head += added.length;
    this.#auditor.appended(added, missed);
    return { outcome: 'stored', head: table.head, missed };
  }

  readAfter(documentId: string, epoch: number, lsn: number, limit: number): readonly LogEntry[] | 'gone' {
    const table = this.#documents.get(documentId);
    return table?.epoch === epoch ? after(table, lsn).slice(0, limit) : 'gone';
  }

  heads(documentIds: readonly string[]): ReadonlyMap<string, number> {
    const heads = new Map<string, number>();
    for (const id of documentIds) {
      const table = this.#documents.get(id);
      if (table !== undefined) heads.set(id, table.head);
    }
    return heads;
  }

  asked(batch: Batch, by: string): void {
    this.#auditor.asked(batch, by);
  }

  answered(batch: Batch, by: string): void {
    this.#auditor.answered(batch, by);
  }

  saveCheckpoint(checkpoint: Checkpoint): 'stored' | 'outdated' {
    const table = this.#documents.get(checkpoint.documentId);
    if (table === undefined || table.epoch !== checkpoint.epoch) return 'outdated';
    if (table.checkpoint !== null && table.checkpoint.lsn >= checkpoint.lsn) return 'outdated';
    table.checkpoint = { ...checkpoint, state: checkpoint.state.slice() };
    this.#auditor.checkpointed(checkpoint);
    return 'stored';
  }
}

function after(table: Table, lsn: number): readonly LogEntry[] {
  return table.entries.filter((entry) => entry.lsn > lsn);
}
