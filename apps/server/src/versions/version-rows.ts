import type { TenantTransaction } from '@tidemark/database';
import { sql } from 'kysely';
import type { Totals } from '../estimates/figures-of.ts';
import type { Doer, Version } from './versions.ts';

export interface NextVersion {
  readonly number: number;
  readonly parentId: string | null;
}

/** What the next version of a document follows, and its number. */
export async function nextVersion(tx: TenantTransaction, documentId: string): Promise<NextVersion> {
  const { rows: found } = await sql<{ number: number; parent: string | null }>`
    select coalesce((select max(v.number) from versions v where v.document_id = d.id), 0) + 1 as number,
      coalesce((select v.id from versions v where v.document_id = d.id and v.confirmed_at is not null
        order by v.number desc limit 1), d.parent_version_id) as parent
    from documents d where d.id = ${documentId}`.execute(tx);
  const next = found[0];
  if (!next) throw new Error(`There is no document ${documentId} to give a version to`);
  return { number: next.number, parentId: next.parent };
}

export interface NewVersion {
  readonly id: string;
  readonly number: number;
  readonly parentId: string | null;
  readonly kind: Version['kind'];
  readonly name: string;
  readonly note: string;
  readonly state: Uint8Array;
  readonly epoch: number;
  readonly lsn: number | null;
  readonly totals: Totals | null;
  readonly at: Date;
  readonly confirmed: boolean;
  /** When its state stood, of a moment that is named later. */
  readonly momentAt?: Date | null;
}

/** Rejects with Postgres' 23505 when the number was taken meanwhile. */
export async function insertVersion(
  tx: TenantTransaction,
  { tenant, user }: Doer,
  documentId: string,
  {
    id,
    number,
    parentId,
    kind,
    name,
    note,
    state,
    epoch,
    lsn,
    totals,
    at,
    confirmed,
    momentAt = null,
  }: NewVersion,
): Promise<void> {
  await tx
    .insertInto('versions')
    .values({
      id,
      company_id: tenant.companyId,
      document_id: documentId,
      number,
      kind,
      name,
      note,
      state: Buffer.from(state),
      epoch,
      lsn,
      totals: totals === null ? null : JSON.stringify(totals),
      created_by: user.id,
      created_by_name: user.name,
      created_at: at,
      parent_version_id: parentId,
      confirmed_at: confirmed ? at : null,
      moment_at: momentAt,
    })
    .execute();
}

/** What lists tell: versions whose edit is known to be stored. */
export function rows(tx: TenantTransaction, documentIds: readonly string[]) {
  return recorded(tx, documentIds).where('versions.confirmed_at', 'is not', null);
}

/**
 * Confirmed or about to be. Who asks by id read that id in the document, which people see before the edit is stored: the
 * version is as good as the word that names it.
 */
export function recorded(tx: TenantTransaction, documentIds: readonly string[]) {
  return tx
    .selectFrom('versions')
    .leftJoin('versions as parent', 'parent.id', 'versions.parent_version_id')
    .select([
      'versions.id',
      'versions.document_id',
      'versions.number',
      'versions.kind',
      'versions.name',
      'versions.note',
      'versions.totals',
      'versions.created_at',
      'versions.created_by',
      'versions.created_by_name',
      'parent.id as parentId',
      'parent.document_id as parentDocument',
      'parent.number as parentNumber',
    ])
    .where('versions.document_id', 'in', [...documentIds]);
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

export function versionOf(row: Row): Version {
  const { parentId, parentDocument, parentNumber } = row;
  return {
    id: row.id,
    documentId: row.document_id,
    number: row.number,
    kind: row.kind,
    name: row.name,
    note: row.note,
    at: row.created_at.toISOString(),
    by: { id: row.created_by, name: row.created_by_name },
    // Written by insertVersion and nowhere else.
    totals: row.totals as Totals | null,
    parent:
      parentId !== null && parentDocument !== null && parentNumber !== null
        ? { id: parentId, documentId: parentDocument, number: parentNumber }
        : null,
  };
}

/** When the state of a version stood. */
export const stood = sql<Date>`coalesce(versions.moment_at, versions.created_at)`;
