import type { Generated } from 'kysely';

export type CompanyRole = 'owner' | 'editor' | 'viewer';

export interface MembershipsTable {
  company_id: string;
  user_id: string;
  role: CompanyRole;
  created_at: Generated<Date>;
}
