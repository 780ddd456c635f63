import { unpackEntries } from '@tidemark/history';
import type { LogEntry } from '@tidemark/sync';
import { brotli } from './packer.ts';

export interface EntryRow {
  readonly lsn: number;
  readonly update: Buffer;
  readonly user_id: string | null;
  readonly client_id: number;
  readonly stored_at: Date;
}

/** An entry, or with `first_lsn` a segment: `lsn` is that of its last entry, `update` its content. */
export interface LogRow extends EntryRow {
  readonly first_lsn: number | null;
}

/** The entries in (after, upTo] of rows in order. Throws where a segment cannot be read, or does not meet what follows it. */
export function toEntries(rows: readonly LogRow[], after: number, upTo: number): LogEntry[] {
  if (rows.every(({ first_lsn }) => first_lsn === null)) return rows.map(toEntry);
  const entries: LogEntry[] = [];
  for (const row of rows) {
    const some = row.first_lsn === null ? [toEntry(row)] : unpackEntries(row.update, brotli);
    for (const entry of some) {
      if (entry.lsn <= after || entry.lsn > upTo) continue;
      const last = entries.at(-1)?.lsn ?? entry.lsn - 1;
      if (entry.lsn !== last + 1) throw new Error(`The log has ${entry.lsn} after ${last}.`);
      entries.push(entry);
    }
  }
  return entries;
}

export function toEntry({ lsn, update, user_id, client_id, stored_at }: EntryRow): LogEntry {
  return { lsn, update, userId: user_id, clientId: client_id, at: stored_at.getTime() };
}
