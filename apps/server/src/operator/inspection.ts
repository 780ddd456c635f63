import { type Database, inTenant } from '@tidemark/database';
import { sql } from 'kysely';

/** A document as operators see it: what its log weighs, not what it says. Times are ISO 8601. */
export interface InspectedDocument {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly company: string;
  readonly epoch: number;
  readonly head: number;
  readonly logBytes: number;
  readonly checkpoint: { readonly lsn: number; readonly bytes: number; readonly at: string } | null;
  readonly updatedAt: string;
  readonly binnedAt: string | null;
}

export interface InspectedPerson {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Row {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly company: string;
  readonly epoch: number;
  readonly head: number;
  readonly log_bytes: number;
  readonly checkpoint_lsn: number | null;
  readonly checkpoint_bytes: number | null;
  readonly checkpoint_at: Date | null;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
}

export function inspectDocuments(
  { app }: Pick<Database, 'app'>,
  userId: string,
  ids: readonly string[],
): Promise<readonly InspectedDocument[]> {
  return inTenant(app, { companyId: null, userId }, async (tx) => {
    const { rows } = await sql<Row>`select * from tidemark.inspect_documents(${ids}::uuid[])`.execute(tx);
    return rows.map((row) => ({
      id: row.id,
      title: row.title,
      kind: row.kind,
      company: row.company,
      epoch: row.epoch,
      head: row.head,
      logBytes: row.log_bytes,
      checkpoint:
        row.checkpoint_lsn === null || row.checkpoint_bytes === null || row.checkpoint_at === null
          ? null
          : { lsn: row.checkpoint_lsn, bytes: row.checkpoint_bytes, at: row.checkpoint_at.toISOString() },
      updatedAt: row.updated_at.toISOString(),
      binnedAt: row.deleted_at?.toISOString() ?? null,
    }));
  });
}

export function inspectPeople(
  { app }: Pick<Database, 'app'>,
  userId: string,
  ids: readonly string[],
): Promise<readonly InspectedPerson[]> {
  return inTenant(app, { companyId: null, userId }, async (tx) => {
    const { rows } =
      await sql<InspectedPerson>`select * from tidemark.inspect_people(${ids}::text[])`.execute(tx);
    return rows;
  });
}
