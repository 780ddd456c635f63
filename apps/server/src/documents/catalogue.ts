import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import type { KindName } from '@tidemark/documents';
import type { Access } from '@tidemark/protocol';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { insertFile, type Verified } from '../files/shelf.ts';
import { accessInSpace } from './rights.ts';

/** One line of a list of documents. */
export interface Entry {
  readonly id: string;
  readonly kind: KindName;
  readonly title: string;
  readonly projectId: string;
  readonly access: Access;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly updatedBy: { readonly id: string; readonly name: string } | null;
  /** Since when it is in the bin. */
  readonly deletedAt: string | null;
  /** Version of its thumbnail, if it has one. */
  readonly thumbnail: string | null;
  /** Whether the thumbnail should be another one by now. */
  readonly thumbnailStale: boolean;
}

export interface Listing {
  readonly space?: string | undefined;
  readonly bin: boolean;
  /** Words looked for in titles. */
  readonly q?: string | undefined;
  readonly after?: Position | undefined;
  readonly limit: number;
}

/** A place in a list: by time, the newest first, then by id. */
export interface Position {
  readonly at: string;
  readonly id: string;
}

/** Writes what appears together with a new document. */
export type Along = (tx: TenantTransaction, documentId: string) => Promise<void>;

/** The rows of documents: what lists show, without opening any document. */
export interface Catalogue {
  find(reader: Reader, id: string): Promise<Entry | null>;
  list(reader: Reader, listing: Listing): Promise<{ items: readonly Entry[]; next: Position | null }>;
  /** A document, its first update in the log, and the files that refers to: all of it or nothing. */
  create(
    reader: Reader,
    document: {
      kind: KindName;
      title: string;
      spaceId: string;
      state: Uint8Array;
      files: readonly Verified[];
    },
    along?: Along,
  ): Promise<string>;
  /** A new life for a document, its former log kept; null when it is not there. */
  beginAnew(reader: Reader, id: string, state: Uint8Array): Promise<{ epoch: number; head: number } | null>;
  setBinned(reader: Reader, id: string, binned: boolean): Promise<void>;
  /** The title as lists show it; works for the server itself, not for a person. */
  projectTitle(id: string, title: string): Promise<void>;
}

export function createCatalogue({ app }: Pick<Database, 'app'>): Catalogue {
  return {
    find(reader, id) {
      return inTenant(app, reader.tenant, async (tx) => {
        const row = await rows(tx).where('documents.id', '=', id).executeTakeFirst();
        return row ? entryOf(row, reader) : null;
      });
    },

    list(reader, { space, bin, q, after, limit }) {
      return inTenant(app, reader.tenant, async (tx) => {
        const time = bin ? 'documents.deleted_at' : 'documents.updated_at';
        let query = rows(tx)
          .where('documents.deleted_at', bin ? 'is not' : 'is', null)
          .where((where) =>
            where.or([
              where('spaces.kind', '=', 'company'),
              where('spaces.owner_id', '=', reader.tenant.userId),
            ]),
          )
          .orderBy(time, 'desc')
          .orderBy('documents.id')
          .limit(limit + 1);
        if (space !== undefined) query = query.where('documents.space_id', '=', space);
        for (const word of words(q)) query = query.where('documents.title', 'ilike', `%${escaped(word)}%`);
        if (after !== undefined) {
          const at = sql<Date>`${after.at}::timestamptz`;
          query = query.where((where) =>
            where.or([
              where(time, '<', at),
              where.and([where(time, '=', at), where('documents.id', '>', after.id)]),
            ]),
          );
        }
        const found = await query.execute();
        const page = found.slice(0, limit);
        const last = page.at(-1);
        return {
          items: page.map((row) => entryOf(row, reader)).filter((entry) => entry !== null),
          next:
            found.length > limit && last
              ? { at: bin ? last.binnedExactly : last.updatedExactly, id: last.id }
              : null,
        };
      });
    },

    create({ tenant }, { kind, title, spaceId, state, files }, along) {
      return inTenant(app, tenant, async (tx) => {
        const { id, epoch } = await tx
          .insertInto('documents')
          .values({
            company_id: tenant.companyId,
            space_id: spaceId,
            kind,
            title,
            created_by: tenant.userId,
            updated_by: tenant.userId,
          })
          .returning(['id', 'epoch'])
          .executeTakeFirstOrThrow();
        await sql`select * from tidemark.append_updates(
          documents => ${[id]}::uuid[], epochs => ${[epoch]}::integer[], afters => ${[0]}::bigint[],
          content => ${Buffer.from(state)}::bytea, owners => ${[1]}::integer[], sizes => ${[state.byteLength]}::integer[],
          users => ${[tenant.userId]}::text[], clients => ${[0]}::bigint[])`.execute(tx);
        for (const file of files) await insertFile(tx, tenant, id, file);
        await along?.(tx, id);
        return id;
      });
    },

    beginAnew({ tenant }, id, state) {
      return inTenant(app, tenant, async (tx) => {
        const { rows } = await sql<{ epoch: number; head: number }>`
          select epoch, head from tidemark.begin_anew(${id}, ${Buffer.from(state)}::bytea)`.execute(tx);
        return rows[0] ?? null;
      });
    },

    async setBinned({ tenant }, id, binned) {
      await inTenant(app, tenant, (tx) =>
        tx
          .updateTable('documents')
          .set({ deleted_at: binned ? sql<Date>`now()` : null, deleted_by: binned ? tenant.userId : null })
          .where('id', '=', id)
          .execute(),
      );
    },

    async projectTitle(id, title) {
      await inTenant(app, { companyId: null, userId: null }, async (tx) => {
        await sql`select tidemark.enter_companies_of(${[id]}::uuid[])`.execute(tx);
        await tx
          .updateTable('documents')
          .set({ title })
          .where('id', '=', id)
          .where('title', '!=', title)
          .execute();
      });
    },
  };
}

/** An edit of a moment ago is on its way to be drawn; one of long ago was forgotten by a process that died. */
const thumbnailStale = sql<boolean>`documents.kind = 'diagram' and documents.deleted_at is null
  and (thumbnails.head is distinct from documents.head or thumbnails.epoch is distinct from documents.epoch)
  and (thumbnails.drawn_at is null or documents.updated_at < now() - interval '1 minute')`.as(
  'thumbnailStale',
);

function rows(tx: TenantTransaction) {
  return tx
    .selectFrom('documents')
    .innerJoin('spaces', 'spaces.id', 'documents.space_id')
    .leftJoin('auth.user as editor', 'editor.id', 'documents.updated_by')
    .leftJoin('thumbnails', 'thumbnails.document_id', 'documents.id')
    .select([
      'documents.id',
      'documents.kind',
      'documents.title',
      'documents.space_id as spaceId',
      'documents.created_at as createdAt',
      'documents.updated_at as updatedAt',
      'documents.deleted_at as deletedAt',
      'spaces.kind as spaceKind',
      'spaces.owner_id as ownerId',
      'editor.id as editorId',
      'editor.name as editorName',
      'thumbnails.version as thumbnail',
      thumbnailStale,
      // A Date holds milliseconds; a place in a list needs all that the database holds.
      sql<string>`documents.updated_at::text`.as('updatedExactly'),
      sql<string>`documents.deleted_at::text`.as('binnedExactly'),
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

function entryOf(row: Row, { tenant, role }: Reader): Entry | null {
  const access = accessInSpace({ kind: row.spaceKind, ownerId: row.ownerId }, tenant.userId, role);
  if (access === null) return null;
  return {
    id: row.id,
    kind: row.kind,
    title: row.title,
    projectId: row.spaceId,
    access,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    updatedBy:
      row.editorId !== null && row.editorName !== null ? { id: row.editorId, name: row.editorName } : null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
    thumbnail: row.thumbnail,
    thumbnailStale: row.thumbnailStale,
  };
}

function words(q: string | undefined): string[] {
  return (q ?? '').split(/\s+/).filter(Boolean).slice(0, 10);
}

function escaped(word: string): string {
  return word.replaceAll(/[\\%_]/g, '\\$&');
}
