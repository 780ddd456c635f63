import { type Database, inTenant } from '@tidemark/database';
import { type Refusal, refuse } from '@tidemark/protocol';
import { sql } from 'kysely';
import { hashCode } from '../login/codes.ts';

export type Role = 'owner' | 'editor' | 'viewer';

export interface Membership {
  readonly companyId: string;
  readonly companyName: string;
  readonly role: Role;
}

export interface InvitationAtTheDoor {
  readonly companyName: string;
  readonly role: 'editor' | 'viewer';
  readonly inviter: string | null;
}

/** People, companies and who belongs where: what has to be known before a request's company is. */
export interface Accounts {
  /** In the order of joining. */
  memberships(userId: string): Promise<readonly Membership[]>;
  /** A company of one's own, with its shared space and the owner's personal one. */
  createCompany(userId: string, name: string): Promise<string>;
  /** `not-found` for a code that never was, `already-used` for one that is used, withdrawn or expired. */
  invitation(code: string): Promise<InvitationAtTheDoor | Refusal>;
  /** Harmless for somebody who belongs to the company already. */
  accept(userId: string, code: string): Promise<{ companyId: string } | Refusal>;
}

export function createAccounts({ app }: Pick<Database, 'app'>): Accounts {
  return {
    async memberships(userId) {
      return inTenant(app, { companyId: null, userId }, (tx) =>
        tx
          .selectFrom('memberships')
          .innerJoin('companies', 'companies.id', 'memberships.company_id')
          .select(['companies.id as companyId', 'companies.name as companyName', 'memberships.role'])
          .where('memberships.user_id', '=', userId)
          .orderBy('memberships.created_at')
          .execute(),
      );
    },

    async createCompany(userId, name) {
      return inTenant(app, { companyId: null, userId }, async (tx) => {
        const made = await sql<{
          company_id: string;
        }>`select * from tidemark.create_company(${name})`.execute(tx);
        return made.rows[0]!.company_id;
      });
    },

    async invitation(code) {
      return inTenant(app, { companyId: null, userId: null }, async (tx) => {
        const found = await sql<{
          company_name: string;
          role: 'editor' | 'viewer';
          open: boolean;
          inviter: string | null;
        }>`
          select * from tidemark.find_invitation(${hashCode(code)})`.execute(tx);
        const row = found.rows[0];
        if (!row) return refuse('not-found', 'There is no such invitation.');
        if (!row.open) return refuse('already-used');
        return { companyName: row.company_name, role: row.role, inviter: row.inviter ?? null };
      });
    },

    async accept(userId, code) {
      return inTenant(app, { companyId: null, userId }, async (tx) => {
        const done = await sql<{ outcome: string; company_id: string | null }>`
          select * from tidemark.accept_invitation(${hashCode(code)})`.execute(tx);
        const { outcome, company_id: companyId } = done.rows[0]!;
        if (outcome === 'unknown') return refuse('not-found', 'There is no such invitation.');
        if (outcome === 'closed' || companyId === null) return refuse('already-used');
        return { companyId };
      });
    },
  };
}
