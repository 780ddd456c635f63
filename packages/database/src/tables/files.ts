import type { ColumnType, Generated } from 'kysely';

/** A verified object in the store, and the document it belongs to. */
export interface FilesTable {
  id: Generated<string>;
  company_id: string;
  document_id: string;
  /** Of the bytes as they were uploaded. */
  sha256: Uint8Array;
  name: string;
  media_type: string;
  /** Bytes as uploaded. */
  size: number;
  /** Bytes as kept, perhaps compressed. */
  stored_size: number;
  metadata: ColumnType<Record<string, unknown>, string | undefined, string>;
  created_by: string | null;
  created_at: Generated<Date>;
}
