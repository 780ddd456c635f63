import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { type Refusal, refuse } from '@tidemark/protocol';
import type { Role } from './accounts.ts';
import type { Reader } from './reader.ts';

/** Who belongs to a company, and as what. Live sessions of whoever is changed hear of it by themselves. */
export interface Members {
  list(reader: Reader): Promise<readonly Member[]>;
  /** `not-found`: nobody of the company; `last-owner`: it would have none. */
  appoint(reader: Reader, userId: string, role: Role): Promise<Member | Refusal>;
  /** Takes their tokens for this company too; what is in their personal space waits for them. Refusals as of `appoint`. */
  remove(reader: Reader, userId: string): Promise<Refusal | null>;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** ISO 8601. */
  readonly joinedAt: string;
}

export function createMembers({ app }: Pick<Database, 'app'>): Members {
  return {
    list: ({ tenant }) => inTenant(app, tenant, (tx) => membersOf(tx, tenant.companyId)),

    appoint({ tenant }, userId, role) {
      return inTenant(app, tenant, async (tx) => {
        const refusal = await lacks(tx, tenant.companyId, userId, role);
        if (refusal) return refusal;
        await tx
          .updateTable('memberships')
          .set({ role })
          .where('company_id', '=', tenant.companyId)
          .where('user_id', '=', userId)
          .execute();
        const [member] = await membersOf(tx, tenant.companyId, userId);
        return member ?? refuse('not-found');
      });
    },

    remove({ tenant }, userId) {
      return inTenant(app, tenant, async (tx) => {
        const refusal = await lacks(tx, tenant.companyId, userId, null);
        if (refusal) return refusal;
        for (const table of ['api_tokens', 'memberships'] as const) {
          await tx
            .deleteFrom(table)
            .where('company_id', '=', tenant.companyId)
            .where('user_id', '=', userId)
            .execute();
        }
        return null;
      });
    },
  };
}

/** Why somebody cannot be given this role (null: none). The owners stay locked, so that two cannot each leave the other behind. */
async function lacks(
  tx: TenantTransaction,
  companyId: string,
  userId: string,
  role: Role | null,
): Promise<Refusal | null> {
  const locked = await tx
    .selectFrom('memberships')
    .select(['user_id as id', 'role'])
    .where('company_id', '=', companyId)
    .where((where) => where.or([where('role', '=', 'owner'), where('user_id', '=', userId)]))
    .orderBy('user_id')
    .forUpdate()
    .execute();
  if (!locked.some(({ id }) => id === userId)) return refuse('not-found', 'Nobody of this company.');
  const ownersLeft = locked.some((one) => one.role === 'owner' && one.id !== userId);
  return role === 'owner' || ownersLeft ? null : refuse('last-owner');
}

async function membersOf(tx: TenantTransaction, companyId: string, userId?: string): Promise<Member[]> {
  let query = tx
    .selectFrom('memberships')
    .innerJoin('auth.user as person', 'person.id', 'memberships.user_id')
    .select([
      'person.id',
      'person.name',
      'person.email',
      'memberships.role',
      'memberships.created_at as joined',
    ])
    .where('memberships.company_id', '=', companyId)
    .orderBy('memberships.created_at');
  if (userId !== undefined) query = query.where('memberships.user_id', '=', userId);
  const rows = await query.execute();
  return rows.map(({ joined, ...member }) => ({ ...member, joinedAt: joined.toISOString() }));
}
