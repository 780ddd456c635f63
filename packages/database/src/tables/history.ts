import type { AutomaticReason, Touched } from '@tidemark/history';
import type { ColumnType, Generated } from 'kysely';

/** How far the work on a document's past has come; no row: nowhere yet. `packed` and `thinned` move by functions alone. */
export interface HistoryPlacesTable {
  document_id: ColumnType<string, string, never>;
  company_id: ColumnType<string, string, never>;
  settled_lsn: Generated<number>;
  packed_lsn: ColumnType<number, never, never>;
  thinned_lsn: ColumnType<number, never, never>;
}

/** Log entries in place of their rows: written by `pack_updates`, removed by `thin_history`. */
export interface DocumentSegmentsTable {
  document_id: ColumnType<string, never, never>;
  first_lsn: ColumnType<number, never, never>;
  last_lsn: ColumnType<number, never, never>;
  company_id: ColumnType<string, never, never>;
  content: ColumnType<Uint8Array, never, never>;
  /** Of the updates, one after the other, and their bytes. */
  sha256: ColumnType<Uint8Array, never, never>;
  bytes: ColumnType<number, never, never>;
  from_at: ColumnType<Date, never, never>;
  to_at: ColumnType<Date, never, never>;
}

/** A compressed state as of an LSN. Removed by `thin_history`. */
export interface HistoryCheckpointsTable {
  document_id: ColumnType<string, string, never>;
  lsn: ColumnType<number, number, never>;
  company_id: ColumnType<string, string, never>;
  state: ColumnType<Uint8Array, Uint8Array, never>;
  created_at: ColumnType<Date, never, never>;
}

export interface HistorySessionsTable {
  document_id: string;
  first_lsn: number;
  last_lsn: number;
  company_id: string;
  user_id: string | null;
  from_at: Date;
  to_at: Date;
  edits: number;
  bytes: number;
  touched: ColumnType<Touched, string, string>;
  stops: ColumnType<[lsn: number, at: number][], string, string>;
}

/** A moment with a reason, without a state. Removed by `thin_history`. */
export interface AutomaticVersionsTable {
  id: Generated<string>;
  document_id: ColumnType<string, string, never>;
  company_id: ColumnType<string, string, never>;
  lsn: ColumnType<number, number, never>;
  at: ColumnType<Date, Date, never>;
  reason: ColumnType<AutomaticReason, AutomaticReason, never>;
  user_id: ColumnType<string | null, string | null, never>;
  about: ColumnType<string, string, never>;
}

/** What people were called who wrote in a company's documents, when they wrote last. */
export interface HistoryWritersTable {
  company_id: string;
  user_id: string;
  name: string;
}
