import type { ColumnType, Generated } from 'kysely';

/** A verified object in the store, of any type, and the document it is attached to. */
export interface AttachmentsTable {
  id: Generated<string>;
  company_id: string;
  document_id: string;
  /** Of the bytes as they were uploaded. */
  sha256: Uint8Array;
  name: string;
  /** By content. */
  media_type: string;
  /** Bytes as uploaded. */
  size: number;
  /** Bytes as kept, perhaps compressed. */
  stored_size: number;
  created_by: string | null;
  created_at: Generated<Date>;
  removed_at: Date | null;
  removed_by: string | null;
}

/** That a document was imported, from which attachment, and what became of what the file said. */
export interface ImportsTable {
  document_id: string;
  company_id: string;
  attachment_id: string;
  report: ColumnType<Record<string, unknown>, string, never>;
  created_at: Generated<Date>;
}
