import type { ColumnType, Generated } from 'kysely';

/** The last number that was given in a document's conversation; moved by `next_changes`. */
export interface ConversationsTable {
  document_id: ColumnType<string, never, never>;
  company_id: ColumnType<string, never, never>;
  seq: ColumnType<number, never, never>;
}

export interface ThreadsTable {
  document_id: string;
  id: string;
  company_id: string;
  /** Of the last change of this row. */
  seq: number;
  anchor_kind: string | null;
  anchor_id: string | null;
  anchor_place: string | null;
  anchor_label: string | null;
  created_by: string | null;
  created_at: Generated<Date>;
  resolved_at: Date | null;
  resolved_by: string | null;
}

export interface MessagesTable {
  document_id: string;
  id: string;
  thread_id: string;
  company_id: string;
  /** The place in the conversation. */
  n: number;
  /** Of the last change of this row. */
  seq: number;
  author_id: string | null;
  author_name: string;
  text: string;
  mentions: ColumnType<readonly { readonly id: string; readonly name: string }[], string, string>;
  created_at: Generated<Date>;
  edited_at: Date | null;
  deleted_at: Date | null;
}

/** How far a person has read a thread. */
export interface ThreadMarksTable {
  document_id: string;
  thread_id: string;
  user_id: string;
  company_id: string;
  seq: number;
  n: number;
}
