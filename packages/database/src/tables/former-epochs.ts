import type { ColumnType } from 'kysely';

/** Lives of documents that have ended, also of purged ones. Written by functions and triggers alone. */
export interface FormerEpochsTable {
  document_id: ColumnType<string, never, never>;
  epoch: ColumnType<number, never, never>;
  company_id: ColumnType<string, never, never>;
  last_lsn: ColumnType<number, never, never>;
  reason: ColumnType<'reset' | 'restored' | 'purged', never, never>;
  ended_at: ColumnType<Date, never, never>;
  ended_by: ColumnType<string | null, never, never>;
}
