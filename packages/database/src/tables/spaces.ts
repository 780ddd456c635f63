import type { Generated } from 'kysely';

/** A place for documents: the company's shared one, or a person's own. */
export interface SpacesTable {
  id: Generated<string>;
  company_id: string;
  kind: 'company' | 'personal';
  /** Of a personal space; null for the company's, and when that account is gone. */
  owner_id: string | null;
  name: string;
  created_at: Generated<Date>;
}
