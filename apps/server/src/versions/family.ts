import { type Database, inTenant } from '@tidemark/database';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import type { Catalogue, Entry } from '../documents/catalogue.ts';
import type { Version, Versions } from './versions.ts';

/** A document of a family, and where it began. */
export interface Relative extends Entry {
  /** Null for the first one, and when what it began with is gone. */
  readonly origin: {
    readonly documentId: string;
    readonly versionId: string | null;
    readonly number: number | null;
  } | null;
  /** The newest first, at most 50. */
  readonly versions: readonly Version[];
}

/** Generations looked at in each direction; versions of versions go no deeper in practice. */
const deepest = 50;
const mostRelatives = 200;

/**
 * All documents that come from one another by versions, as far as the caller knows of them: from the first ancestor on, in the
 * order they were made.
 */
export async function familyOf(
  { app }: Pick<Database, 'app'>,
  { catalogue, versions }: { catalogue: Pick<Catalogue, 'findAll'>; versions: Pick<Versions, 'ofAll'> },
  reader: Reader,
  documentId: string,
): Promise<readonly Relative[]> {
  const origins = await inTenant(app, reader.tenant, async (tx) => {
    const { rows } = await sql<{
      id: string;
      documentId: string | null;
      versionId: string | null;
      number: number | null;
    }>`
      with recursive up as (
        select d.id, d.parent_document_id, 0 as depth from documents d where d.id = ${documentId}
        union all
        select d.id, d.parent_document_id, up.depth + 1 from up join documents d on d.id = up.parent_document_id
          where up.depth < ${deepest}
      ), down as (
        select id, depth from (select up.id, 0 as depth from up order by up.depth desc limit 1) as first
        union all
        select d.id, down.depth + 1 from down join documents d on d.parent_document_id = down.id
          where down.depth < ${2 * deepest}
      )
      select d.id, d.parent_document_id as "documentId", d.parent_version_id as "versionId", v.number
      from down join documents d on d.id = down.id left join versions v on v.id = d.parent_version_id
      order by d.created_at, d.id limit ${mostRelatives}`.execute(tx);
    return rows;
  });
  const ids = origins.map(({ id }) => id);
  const entries = await catalogue.findAll(reader, ids);
  const frozen = await versions.ofAll(reader, ids);
  return origins.flatMap(({ id, documentId: from, versionId, number }) => {
    const entry = entries.get(id);
    // What is in the bin is known to those alone who may take it out.
    if (!entry || (entry.deletedAt !== null && entry.access === 'read')) return [];
    const origin = from === null ? null : { documentId: from, versionId, number };
    return [{ ...entry, origin, versions: frozen.get(id) ?? [] }];
  });
}
