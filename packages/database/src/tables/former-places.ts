import type { ColumnType } from 'kysely';

/** Spaces that documents were in, also purged ones. Written by triggers alone. */
export interface FormerPlacesTable {
  id: ColumnType<number, never, never>;
  document_id: ColumnType<string, never, never>;
  company_id: ColumnType<string, never, never>;
  space_id: ColumnType<string, never, never>;
  came_at: ColumnType<Date, never, never>;
  left_at: ColumnType<Date, never, never>;
  left_by: ColumnType<string | null, never, never>;
  /** Since when it was in the bin as it left. */
  binned_at: ColumnType<Date | null, never, never>;
}
