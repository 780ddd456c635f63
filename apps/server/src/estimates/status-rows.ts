import { inTenant, type Tables, type TenantTransaction } from '@tidemark/database';
import type { Status, StatusName } from '@tidemark/documents/estimate';
import { type Kysely, sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { insertVersion, type NewVersion } from '../versions/version-rows.ts';
import type { Doer } from '../versions/versions.ts';

/** One change of an estimate's status, as it was recorded. */
export interface StatusChange {
  readonly id: string;
  readonly from: StatusName;
  readonly to: StatusName;
  readonly note: string;
  readonly at: string;
  readonly by: { readonly id: string | null; readonly name: string };
  /** What was submitted, won, lost or opened again. */
  readonly version: { readonly id: string; readonly number: number } | null;
}

/** A change on its way: recorded first, then made in the document, then confirmed. */
export interface Plan {
  readonly id: string;
  readonly documentId: string;
  readonly from: StatusName;
  readonly to: StatusName;
  readonly note: string;
  readonly at: Date;
  /** The version that is frozen by it. */
  readonly frozen: NewVersion | null;
  /** The version it is about, frozen now or before. */
  readonly versionId: string | null;
}

/** The rows of changes of status. `db` may be one connection: each call is one transaction. */
export async function recordPlan(db: Kysely<Tables>, doer: Doer, plan: Plan): Promise<void> {
  const { tenant, user } = doer;
  await inTenant(db, tenant, async (tx) => {
    if (plan.frozen) await insertVersion(tx, doer, plan.documentId, plan.frozen);
    // A version that the document names and nobody knows was never ours: a hostile client's.
    const { versionId } = plan;
    const known =
      versionId !== null && (plan.frozen !== null || (await isVersion(tx, plan.documentId, versionId)));
    await tx
      .insertInto('status_changes')
      .values({
        id: plan.id,
        company_id: tenant.companyId,
        document_id: plan.documentId,
        from_status: plan.from,
        to_status: plan.to,
        note: plan.note,
        version_id: known ? versionId : null,
        created_by: user.id,
        created_by_name: user.name,
        created_at: plan.at,
        confirmed_at: null,
      })
      .execute();
  });
}

async function isVersion(tx: TenantTransaction, documentId: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from versions where document_id = ${documentId} and id::text = ${id}`.execute(tx);
  return rows.length > 0;
}

/** From now on it stands for good. `lsn`: null when it is not known. */
export async function confirmPlan(
  db: Kysely<Tables>,
  { tenant }: Reader,
  plan: { readonly id: string; readonly frozenId: string | null },
  lsn: number | null,
): Promise<void> {
  await inTenant(db, tenant, async (tx) => {
    const now = sql<Date>`now()`;
    if (plan.frozenId !== null) {
      await tx
        .updateTable('versions')
        .set({ confirmed_at: now, lsn })
        .where('id', '=', plan.frozenId)
        .where('confirmed_at', 'is', null)
        .execute();
    }
    await tx
      .updateTable('status_changes')
      .set({ confirmed_at: now })
      .where('id', '=', plan.id)
      .where('confirmed_at', 'is', null)
      .execute();
  });
}

/** Takes away what was recorded and never made. */
export async function withdrawPlan(
  db: Kysely<Tables>,
  { tenant }: Reader,
  plan: { readonly id: string; readonly frozenId: string | null },
): Promise<void> {
  await inTenant(db, tenant, async (tx) => {
    await tx
      .deleteFrom('status_changes')
      .where('id', '=', plan.id)
      .where('confirmed_at', 'is', null)
      .execute();
    if (plan.frozenId === null) return;
    await tx
      .deleteFrom('versions')
      .where('id', '=', plan.frozenId)
      .where('confirmed_at', 'is', null)
      .execute();
  });
}

/** A change whose process died, or could not tell what became of it. */
export interface OpenPlan {
  readonly id: string;
  readonly to: StatusName;
  readonly at: Date;
  readonly frozenId: string | null;
}

export function openPlans(db: Kysely<Tables>, { tenant }: Reader, documentId: string): Promise<OpenPlan[]> {
  return inTenant(db, tenant, async (tx) => {
    const found = await tx
      .selectFrom('status_changes')
      .select(['id', 'to_status', 'created_at', 'version_id'])
      .where('document_id', '=', documentId)
      .where('confirmed_at', 'is', null)
      .orderBy('created_at')
      .execute();
    return found.map((row) => ({
      id: row.id,
      to: row.to_status,
      at: row.created_at,
      frozenId: row.to_status === 'submitted' ? row.version_id : null,
    }));
  });
}

/** Whether the document says that this change was made. */
export function wasMade(plan: OpenPlan, status: Status): boolean {
  if (plan.frozenId !== null) return status.versionId === plan.frozenId;
  return status.is === plan.to && status.at === plan.at.toISOString();
}

/** The newest first. */
export async function listChanges(
  tx: TenantTransaction,
  documentId: string,
  limit: number,
): Promise<readonly StatusChange[]> {
  const found = await tx
    .selectFrom('status_changes as c')
    .leftJoin('versions as v', 'v.id', 'c.version_id')
    .select([
      'c.id',
      'c.from_status as from',
      'c.to_status as to',
      'c.note',
      'c.created_at',
      'c.created_by',
      'c.created_by_name',
      'v.id as versionId',
      'v.number as versionNumber',
    ])
    .where('c.document_id', '=', documentId)
    .where('c.confirmed_at', 'is not', null)
    .orderBy('c.created_at', 'desc')
    .orderBy('c.id')
    .limit(limit)
    .execute();
  return found.map(({ id, from, to, note, versionId, versionNumber, ...row }) => ({
    id,
    from,
    to,
    note,
    at: row.created_at.toISOString(),
    by: { id: row.created_by, name: row.created_by_name },
    version: versionId !== null && versionNumber !== null ? { id: versionId, number: versionNumber } : null,
  }));
}
