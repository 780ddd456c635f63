import type { AutomaticVersion } from '@tidemark/history';
import { type Selectable, sql } from 'kysely';
import type { AutomaticVersionsTable } from './tables/history.ts';
import type { TenantTransaction } from './tenant.ts';

/** The newest first; those before an LSN. */
export async function readAutomatic(
  tx: TenantTransaction,
  documentId: string,
  before: number | null,
  limit: number,
): Promise<AutomaticVersion[]> {
  const rows = await tx
    .selectFrom('automatic_versions')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('lsn', '<', before ?? Number.MAX_SAFE_INTEGER)
    .orderBy('lsn', 'desc')
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toVersion);
}

/** One of the same reason at the same LSN stays. */
export async function addAutomatic(
  tx: TenantTransaction,
  documentId: string,
  { lsn, at, reason, userId, about }: Omit<AutomaticVersion, 'id'>,
): Promise<AutomaticVersion | 'gone'> {
  await sql`select from tidemark.documents where id = ${documentId} for key share`.execute(tx);
  // No thinning goes on until this is there.
  await sql`select from tidemark.history_places where document_id = ${documentId} for share`.execute(tx);
  await sql`insert into tidemark.automatic_versions (document_id, company_id, lsn, at, reason, user_id, about)
    select d.id, d.company_id, ${lsn}, ${new Date(at)}, ${reason}, ${userId}, ${about}
    from tidemark.documents d where d.id = ${documentId} and (
      ${lsn} = 0
      or not exists (select from tidemark.history_places p where p.document_id = d.id and p.thinned_lsn >= ${lsn})
      or exists (select from tidemark.history_checkpoints c where c.document_id = d.id and c.lsn = ${lsn}))
    on conflict do nothing`.execute(tx);
  const row = await tx
    .selectFrom('automatic_versions')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('lsn', '=', lsn)
    .where('reason', '=', reason)
    .executeTakeFirst();
  return row === undefined ? 'gone' : toVersion(row);
}

function toVersion({
  id,
  lsn,
  at,
  reason,
  user_id,
  about,
}: Selectable<AutomaticVersionsTable>): AutomaticVersion {
  return { id, lsn, at: at.getTime(), reason, userId: user_id, about };
}
