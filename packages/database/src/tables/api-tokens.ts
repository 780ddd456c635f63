import type { Generated } from 'kysely';

/** A token acts as its user within one company, while the user belongs to it. */
export interface ApiTokensTable {
  id: Generated<string>;
  company_id: string;
  user_id: string;
  name: string;
  /** SHA-256 of the token; the token itself is not kept. */
  token_hash: Uint8Array;
  access: Generated<'edit' | 'read'>;
  created_at: Generated<Date>;
  expires_at: Date | null;
  /** To the minute. */
  last_used_at: Date | null;
}
