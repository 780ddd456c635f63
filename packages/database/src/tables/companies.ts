import type { Generated } from 'kysely';

/** The tenant. Rows are made by the function `create_company` alone. */
export interface CompaniesTable {
  id: Generated<string>;
  name: string;
  created_at: Generated<Date>;
  /** Days for which every edit is kept; null: for good. */
  history_days: Generated<number | null>;
}
