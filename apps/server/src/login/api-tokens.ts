import { type Database, inTenant, type Tenant } from '@tidemark/database';
import type { Access } from '@tidemark/protocol';
import { sql } from 'kysely';
import { hashCode, newCode } from './codes.ts';
import type { Person } from './login.ts';

/** An API token without its secret, as lists show it. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly access: Access;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** To the minute. */
  readonly lastUsedAt: Date | null;
}

/** Tokens act as their maker within one company; only their hash is kept. */
export interface ApiTokens {
  create(
    tenant: Tenant & { companyId: string; userId: string },
    token: { name: string; access: Access; expiresAt: Date | null },
  ): Promise<{ id: string; token: string }>;
  list(tenant: Tenant & { userId: string }): Promise<readonly ApiToken[]>;
  /** False when there is no such token of this person. */
  remove(tenant: Tenant & { userId: string }, id: string): Promise<boolean>;
  /** Whose token this is; null when it is wrong, withdrawn or expired. */
  find(token: string): Promise<{ id: string; user: Person; companyId: string; access: Access } | null>;
}

export function createApiTokens({ app }: Pick<Database, 'app'>): ApiTokens {
  return {
    async create(tenant, { name, access, expiresAt }) {
      const token = newCode('tm_');
      const { id } = await inTenant(app, tenant, (tx) =>
        tx
          .insertInto('api_tokens')
          .values({
            company_id: tenant.companyId,
            user_id: tenant.userId,
            token_hash: hashCode(token),
            name,
            access,
            expires_at: expiresAt,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      );
      return { id, token };
    },

    list(tenant) {
      return inTenant(app, tenant, (tx) =>
        tx
          .selectFrom('api_tokens')
          .select([
            'id',
            'name',
            'access',
            'created_at as createdAt',
            'expires_at as expiresAt',
            'last_used_at as lastUsedAt',
          ])
          .where('user_id', '=', tenant.userId)
          .orderBy('created_at', 'desc')
          .execute(),
      );
    },

    async remove(tenant, id) {
      const gone = await inTenant(app, tenant, (tx) =>
        tx
          .deleteFrom('api_tokens')
          .where('id', '=', id)
          .where('user_id', '=', tenant.userId)
          .returning('id')
          .executeTakeFirst(),
      );
      return gone !== undefined;
    },

    async find(token) {
      const found = await inTenant(app, { companyId: null, userId: null }, async (tx) => {
        const { rows } = await sql<{ token_id: string; company_id: string; user_id: string; access: Access }>`
          select token_id, company_id, user_id, access from tidemark.find_token(${hashCode(token)})`.execute(
          tx,
        );
        return rows[0];
      });
      if (!found) return null;
      const { token_id: id, company_id: companyId, user_id: userId, access } = found;
      const user = await inTenant(app, { companyId, userId }, (tx) =>
        tx
          .selectFrom('auth.user')
          .select(['id', 'name', 'email'])
          .where('id', '=', userId)
          .executeTakeFirst(),
      );
      return user ? { id, user, companyId, access } : null;
    },
  };
}
