import { type Database, inTenant, type Tenant, type TenantTransaction } from '@tidemark/database';
import { refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import { sql } from 'kysely';

/** Days that what is moved to the bin stays there, unless the server is set to others. */
export const defaultBinDays = 30;

/** Deleting for good: a document goes with its log, its history, its versions, its conversation, its files and all that was derived from it. */
export interface Bin {
  /** False: it is not in the bin, or not any more. */
  purge(tenant: Tenant, documentId: string): Promise<boolean>;
  /** Those of a space that were in the bin at a time (null: now), so many at most; how many went, and how many are left. */
  empty(
    tenant: Tenant,
    spaceId: string,
    upTo: string | null,
    most: number,
  ): Promise<{ readonly purged: number; readonly left: number }>;
  /** Those of all companies whose time is over; how many went. */
  purgeDue(): Promise<number>;
}

const page = 100;

export function createBin({ app }: Pick<Database, 'app'>, lobby: Pick<Lobby, 'dismiss'>): Bin {
  async function purge(
    tenant: Tenant,
    id: string,
    { dueOnly = false }: { readonly dueOnly?: boolean } = {},
  ): Promise<boolean> {
    const gone = await inTenant(app, tenant, async (tx) => {
      let query = tx
        .deleteFrom('documents')
        .where('id', '=', id)
        .where('deleted_at', 'is not', null)
        .returning('id');
      // Restored, or restored and binned again, since it was found.
      if (dueOnly) query = query.where('purge_at', '<=', sql<Date>`now()`);
      return query.executeTakeFirst();
    });
    if (gone === undefined) return false;
    lobby.dismiss(id, refuse('not-found', 'The document was deleted for good.'));
    return true;
  }

  return {
    purge: (tenant, id) => purge(tenant, id),

    async empty(tenant, spaceId, upTo, most) {
      const ids = await inTenant(app, tenant, (tx) =>
        inBin(tx, spaceId, upTo).select('id').orderBy('deleted_at').orderBy('id').limit(most).execute(),
      );
      let purged = 0;
      for (const { id } of ids) if (await purge(tenant, id)) purged += 1;
      const { left } = await inTenant(app, tenant, (tx) =>
        inBin(tx, spaceId, upTo)
          .select(({ fn }) => fn.countAll<number>().as('left'))
          .executeTakeFirstOrThrow(),
      );
      return { purged, left: Number(left) };
    },

    async purgeDue() {
      let purged = 0;
      for (;;) {
        const { rows } = await sql<{ document_id: string; company_id: string }>`
          select document_id, company_id from tidemark.due_for_purge(${page})`.execute(app);
        let now = 0;
        for (const { document_id, company_id } of rows) {
          if (await purge({ companyId: company_id, userId: null }, document_id, { dueOnly: true })) now += 1;
        }
        purged += now;
        // Others are at it too, or there is nothing more.
        if (rows.length < page || now === 0) return purged;
      }
    },
  };
}

function inBin(tx: TenantTransaction, spaceId: string, upTo: string | null) {
  const query = tx
    .selectFrom('documents')
    .where('space_id', '=', spaceId)
    .where('deleted_at', 'is not', null);
  // People know times of milliseconds.
  return upTo === null
    ? query
    : query.where(sql<boolean>`date_trunc('milliseconds', deleted_at) <= ${upTo}::timestamptz`);
}
