import type { ColumnType } from 'kysely';

/** Written by `save_checkpoint` alone; a load takes the newest of the document's epoch. */
export interface DocumentCheckpointsTable {
  document_id: ColumnType<string, never, never>;
  lsn: ColumnType<number, never, never>;
  epoch: ColumnType<number, never, never>;
  company_id: ColumnType<string, never, never>;
  state: ColumnType<Uint8Array, never, never>;
  created_at: ColumnType<Date, never, never>;
}
