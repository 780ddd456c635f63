import type { ColumnType } from 'kysely';

/** The log: written by `append_updates` alone, never changed. */
export interface DocumentUpdatesTable {
  document_id: ColumnType<string, never, never>;
  lsn: ColumnType<number, never, never>;
  epoch: ColumnType<number, never, never>;
  company_id: ColumnType<string, never, never>;
  update: ColumnType<Uint8Array, never, never>;
  user_id: ColumnType<string | null, never, never>;
  client_id: ColumnType<number, never, never>;
  stored_at: ColumnType<Date, never, never>;
}
