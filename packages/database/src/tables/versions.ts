import type { ColumnType, Generated } from 'kysely';

export type EstimateStatus = 'draft' | 'submitted' | 'won' | 'lost';

/** A state of a document that is kept for good. Unconfirmed: the edit that it belongs to is not known to be stored. */
export interface VersionsTable {
  id: Generated<string>;
  company_id: string;
  document_id: string;
  /** 1, 2, 3… within the document. */
  number: ColumnType<number, number, never>;
  kind: ColumnType<'submitted' | 'named', 'submitted' | 'named', never>;
  name: ColumnType<string, string, never>;
  note: ColumnType<string, string, never>;
  /** The whole document, one Yjs update (v1). */
  state: ColumnType<Uint8Array, Uint8Array, never>;
  epoch: ColumnType<number, number, never>;
  lsn: number | null;
  totals: ColumnType<Record<string, unknown> | null, string | null, never>;
  created_by: string | null;
  created_by_name: string;
  created_at: Generated<Date>;
  parent_version_id: string | null;
  confirmed_at: Date | null;
  /** When its state stood, of a moment that was named later; null: when it was made. */
  moment_at: ColumnType<Date | null, Date | null | undefined, never>;
}

/** Who changed the status of an estimate, when and why. */
export interface StatusChangesTable {
  id: Generated<string>;
  company_id: string;
  document_id: string;
  from_status: EstimateStatus;
  to_status: EstimateStatus;
  note: string;
  /** What was submitted, won, lost or opened again. */
  version_id: string | null;
  created_by: string | null;
  created_by_name: string;
  created_at: Generated<Date>;
  confirmed_at: Date | null;
}
