import type { Generated } from 'kysely';

export interface InvitationsTable {
  id: Generated<string>;
  company_id: string;
  /** SHA-256 of the code in the link; the code itself is not kept. */
  code_hash: Uint8Array;
  role: 'editor' | 'viewer';
  created_by: string | null;
  created_at: Generated<Date>;
  expires_at: Date;
  withdrawn_at: Date | null;
  max_uses: Generated<number>;
  uses: Generated<number>;
  /** Who used it last, and when. */
  used_by: string | null;
  used_at: Date | null;
}
