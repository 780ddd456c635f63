import type { ColumnType, Generated } from 'kysely';

export type DocumentKind = 'dashboard' | 'estimate' | 'diagram';

/** What lists show, and the place of the log's end. `head` and `log_bytes` move by appending alone. */
export interface DocumentsTable {
  id: Generated<string>;
  company_id: string;
  space_id: string;
  kind: DocumentKind;
  title: string;
  epoch: Generated<number>;
  head: ColumnType<number, never, never>;
  /** The log up to here belongs to former epochs. */
  base_lsn: ColumnType<number, never, never>;
  /** Bytes ever logged in this epoch. */
  log_bytes: ColumnType<number, never, number>;
  created_by: string | null;
  created_at: Generated<Date>;
  updated_by: string | null;
  /** Within a second of the last change. */
  updated_at: Generated<Date>;
  /** Since when it is in the bin. */
  deleted_at: Date | null;
  deleted_by: string | null;
  /** When it is deleted for good, unless somebody restores it; null of what is not in the bin. */
  purge_at: Date | null;
  is_template: Generated<boolean>;
  /** The document that it was begun from, and the version of that one, if it is there still. */
  parent_document_id: string | null;
  parent_version_id: string | null;
}
