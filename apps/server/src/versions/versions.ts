import { randomUUID } from 'node:crypto';
import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import type { Lobby } from '@tidemark/sync';
import { sql } from 'kysely';
import * as Y from 'yjs';
import type { Reader } from '../company/reader.ts';
import type { Entry } from '../documents/catalogue.ts';
import { type Totals, totalsOf, viewOf } from '../estimates/figures-of.ts';
import { inStep } from './in-step.ts';

/** A state of a document that is kept for good, without the state. */
export interface Version {
  readonly id: string;
  readonly documentId: string;
  /** 1, 2, 3… within the document. */
  readonly number: number;
  readonly kind: 'submitted' | 'named';
  readonly name: string;
  readonly note: string;
  readonly at: string;
  /** As they were called then; without an id when that account is gone. */
  readonly by: { readonly id: string | null; readonly name: string };
  /** Of estimates: what it came to. */
  readonly totals: Totals | null;
  /** The version before it; of another document when this one began with that. Null also when it is gone. */
  readonly parent: { readonly id: string; readonly documentId: string; readonly number: number } | null;
}

/** Who does something, as rows keep them. */
export interface Doer extends Reader {
  readonly user: { readonly id: string; readonly name: string };
}

export interface Versions {
  /** The newest first; those with a lower number than `before`. */
  list(
    reader: Reader,
    documentId: string,
    page: { readonly before: number | null; readonly limit: number },
  ): Promise<{ readonly items: readonly Version[]; readonly next: number | null }>;
  find(reader: Reader, documentId: string, id: string): Promise<Version | null>;
  /** Of several documents, by document, the newest first; of each the newest 50. */
  ofAll(reader: Reader, documentIds: readonly string[]): Promise<ReadonlyMap<string, readonly Version[]>>;
  /** The whole document then, as one v1 update. */
  state(reader: Reader, documentId: string, id: string): Promise<Uint8Array | null>;
  /** Names the state of now. What everybody has stored by now is in it; resolves when all of it is stored. */
  keep(
    doer: Doer,
    document: Entry,
    said: { readonly name: string; readonly note: string },
  ): Promise<Version | Refusal>;
}

const mostOfEach = 50;
/** Named versions that one document takes. */
const mostNamed = 1_000;

export function createVersions(
  { app }: Pick<Database, 'app'>,
  lobby: Pick<Lobby, 'read' | 'edit' | 'tell'>,
): Versions {
  const find = ({ tenant }: Reader, documentId: string, id: string) =>
    inTenant(app, tenant, async (tx) => {
      const row = await recorded(tx, [documentId]).where('versions.id', '=', id).executeTakeFirst();
      return row ? versionOf(row) : null;
    });

  return {
    find,

    list({ tenant }, documentId, { before, limit }) {
      return inTenant(app, tenant, async (tx) => {
        let query = rows(tx, [documentId])
          .orderBy('versions.number', 'desc')
          .limit(limit + 1);
        if (before !== null) query = query.where('versions.number', '<', before);
        const found = await query.execute();
        const items = found.slice(0, limit).map(versionOf);
        return { items, next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
      });
    },

    ofAll({ tenant }, documentIds) {
      return inTenant(app, tenant, async (tx) => {
        const newest = sql<boolean>`versions.id in (
          select n.id from (
            select v.id, row_number() over (partition by v.document_id order by v.number desc) as place
            from versions v where v.document_id = any (${[...documentIds]}::uuid[]) and v.confirmed_at is not null
          ) as n where n.place <= ${mostOfEach})`;
        const found = await rows(tx, documentIds).where(newest).orderBy('versions.number', 'desc').execute();
        return Map.groupBy(found.map(versionOf), ({ documentId }) => documentId);
      });
    },

    state({ tenant }, documentId, id) {
      return inTenant(app, tenant, async (tx) => {
        const row = await tx
          .selectFrom('versions')
          .select('state')
          .where('id', '=', id)
          .where('document_id', '=', documentId)
          .executeTakeFirst();
        return row?.state ?? null;
      });
    },

    async keep(doer, { id: documentId, kind }, { name, note }) {
      const { tenant, user } = doer;
      const at = await inStep(lobby, app, tenant, documentId);
      if (isRefusal(at)) return at;
      let kept: { state: Uint8Array; totals: Totals | null } | null = null;
      // Changes nothing: it resolves when all that it has read is stored.
      const stored = await lobby.edit(documentId, user.id, (doc) => {
        kept = {
          state: Y.encodeStateAsUpdate(doc),
          totals: kind === 'estimate' ? totalsOf(viewOf(doc)) : null,
        };
      });
      if (isRefusal(stored)) return stored;
      if (kept === null) throw new Error('An edit was stored that was never made');
      const { state, totals }: { state: Uint8Array; totals: Totals | null } = kept;
      const id = randomUUID();
      const refusal = await inTenant(app, tenant, async (tx) => {
        // Under the document's row, so that two people take numbers one after the other.
        const document = await tx
          .selectFrom('documents')
          .select('epoch')
          .where('id', '=', documentId)
          .forNoKeyUpdate()
          .executeTakeFirst();
        if (!document) return refuse('not-found');
        if (document.epoch !== at.epoch) return refuse('stale-epoch');
        const { count } = await tx
          .selectFrom('versions')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('document_id', '=', documentId)
          .where('kind', '=', 'named')
          .executeTakeFirstOrThrow();
        if (Number(count) >= mostNamed)
          return refuse('too-large', `A document keeps ${mostNamed} named versions.`);
        await insertVersion(tx, doer, documentId, {
          ...(await nextVersion(tx, documentId)),
          id,
          kind: 'named',
          name,
          note,
          state,
          epoch: at.epoch,
          lsn: stored.lsn,
          totals,
          at: new Date(),
          confirmed: true,
        });
        return null;
      });
      if (refusal) return refusal;
      lobby.tell(documentId, 'versions');
      return (await find(doer, documentId, id)) ?? refuse('not-found');
    },
  };
}

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
}

/** Rejects with Postgres' 23505 when the number was taken meanwhile. */
export async function insertVersion(
  tx: TenantTransaction,
  { tenant, user }: Doer,
  documentId: string,
  { id, number, parentId, kind, name, note, state, epoch, lsn, totals, at, confirmed }: NewVersion,
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
    })
    .execute();
}

/** What lists tell: versions whose edit is known to be stored. */
function rows(tx: TenantTransaction, documentIds: readonly string[]) {
  return recorded(tx, documentIds).where('versions.confirmed_at', 'is not', null);
}

/**
 * Confirmed or about to be. Who asks by id read that id in the document, which people see before the edit is stored: the
 * version is as good as the word that names it.
 */
function recorded(tx: TenantTransaction, documentIds: readonly string[]) {
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

function versionOf(row: Row): Version {
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
