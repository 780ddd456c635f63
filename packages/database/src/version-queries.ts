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

/** One of the same reason at the same LSN stays. Throws where the document is gone. */
export async function addAutomatic(
  tx: TenantTransaction,
  documentId: string,
  { lsn, at, reason, userId, about }: Omit<AutomaticVersion, 'id'>,
): Promise<AutomaticVersion> {
  await sql`insert into tidemark.automatic_versions (document_id, company_id, lsn, at, reason, user_id, about)
    select d.id, d.company_id, ${lsn}, ${new Date(at)}, ${reason}, ${userId}, ${about}
    from tidemark.documents d where d.id = ${documentId} for key share
    on conflict do nothing`.execute(tx);
  const row = await tx
    .selectFrom('automatic_versions')
    .selectAll()
    .where('document_id', '=', documentId)
    .where('lsn', '=', lsn)
    .where('reason', '=', reason)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`Document ${documentId} is gone.`);
  return toVersion(row);
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
