import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './tables/index.ts';

/** For whom a transaction works. Without a company only the person's own memberships and companies show. */
export interface Tenant {
  readonly companyId: string | null;
  readonly userId: string | null;
}

export type TenantTransaction = Transaction<Tables>;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Runs `use` in one transaction that sees one company's rows, and is the only way to tenant tables: without it row-level
 * security shows nothing. Rolls back and rejects when `use` rejects.
 */
export function inTenant<T>(
  app: Kysely<Tables>,
  { companyId, userId }: Tenant,
  use: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  // The setting may name several companies, for the update log; from here it is exactly one.
  if (companyId !== null && !uuid.test(companyId))
    return Promise.reject(new TypeError('A company id is a UUID.'));
  return app.transaction().execute(async (tx) => {
    await sql`select set_config('tidemark.company', ${companyId ?? ''}, true),
      set_config('tidemark.user', ${userId ?? ''}, true)`.execute(tx);
    return use(tx);
  });
}
