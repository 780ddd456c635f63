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

interface OfferedRow {
  invitation_id: string;
  company_id: string;
  company_name: string;
  role: 'editor' | 'viewer';
  open: boolean;
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
      const found = await inTenant(app, { companyId: null, userId: null }, async (tx) => {
        const { rows } =
          await sql<OfferedRow>`select * from tidemark.find_invitation(${hashCode(code)})`.execute(tx);
        return rows[0];
      });
      if (!found) return refuse('not-found', 'There is no such invitation.');
      if (!found.open) return refuse('already-used');
      // Whoever has the code speaks for the company this far: they may know who wrote it.
      const inviter = await inTenant(app, { companyId: found.company_id, userId: null }, (tx) =>
        tx
          .selectFrom('invitations')
          .innerJoin('auth.user as person', 'person.id', 'invitations.created_by')
          .select('person.name')
          .where('invitations.id', '=', found.invitation_id)
          .executeTakeFirst(),
      );
      return { companyName: found.company_name, role: found.role, inviter: inviter?.name ?? null };
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
