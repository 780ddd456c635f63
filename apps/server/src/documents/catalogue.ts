import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import type { KindName } from '@tidemark/documents';
import type { ObjectStore } from '@tidemark/files';
import { sql } from 'kysely';
import { defaultBinDays } from '../bin/bin.ts';
import type { Reader } from '../company/reader.ts';
import { needObjectsOf } from '../files/objects.ts';
import { insertFile, type Verified } from '../files/shelf.ts';
import { type Entry, entryOf, rows } from './entries.ts';
import { accessInSpace } from './rights.ts';

export type { Entry };

export interface Listing {
  readonly space?: string | undefined;
  readonly bin: boolean;
  /** Templates instead of all others; the bin has both. */
  readonly templates: boolean;
  /** Words looked for in titles, and in clients and numbers of estimates. */
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
  /** Those that the reader may know of, by id. */
  findAll(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Entry>>;
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
  /** What is in the bin is deleted for good after so many days as the server is set to. */
  setBinned(reader: Reader, id: string, binned: boolean): Promise<void>;
  /** Whether the reader may do that in both spaces is for the caller of this to ask. */
  setPlace(
    reader: Reader,
    id: string,
    place: { readonly spaceId?: string | undefined; readonly template?: boolean | undefined },
  ): Promise<void>;
  /** The title as lists show it; works for the server itself, not for a person. */
  projectTitle(id: string, title: string): Promise<void>;
}

export function createCatalogue(
  { app }: Pick<Database, 'app'>,
  store: Pick<ObjectStore, 'exists'>,
  { binDays = defaultBinDays }: { readonly binDays?: number } = {},
): Catalogue {
  return {
    find(reader, id) {
      return inTenant(app, reader.tenant, async (tx) => {
        const row = await rows(tx).where('documents.id', '=', id).executeTakeFirst();
        return row ? entryOf(row, reader) : null;
      });
    },

    findAll(reader, ids) {
      return inTenant(app, reader.tenant, async (tx) => {
        if (ids.length === 0) return new Map();
        const found = await rows(tx)
          .where('documents.id', 'in', [...ids])
          .execute();
        const entries = found.map((row) => entryOf(row, reader)).filter((entry) => entry !== null);
        return new Map(entries.map((entry) => [entry.id, entry]));
      });
    },

    list(reader, { space, bin, templates, q, after, limit }) {
      return inTenant(app, reader.tenant, async (tx) => {
        const time = bin ? 'documents.deleted_at' : 'documents.updated_at';
        // The bin's are known to editors alone (`documentFor`).
        const seesShared =
          !bin ||
          accessInSpace({ kind: 'company', ownerId: null }, reader.tenant.userId, reader.role) === 'edit';
        let query = rows(tx)
          .where('documents.deleted_at', bin ? 'is not' : 'is', null)
          .where((where) =>
            where.or([
              ...(seesShared ? [where('spaces.kind', '=', 'company')] : []),
              where('spaces.owner_id', '=', reader.tenant.userId),
            ]),
          )
          .orderBy(time, 'desc')
          .orderBy('documents.id')
          .limit(limit + 1);
        if (space !== undefined) query = query.where('documents.space_id', '=', space);
        if (!bin) query = query.where('documents.is_template', '=', templates);
        for (const word of words(q)) {
          const like = `%${escaped(word)}%`;
          query = query.where((where) =>
            where.or([
              where('documents.title', 'ilike', like),
              where('figures.client', 'ilike', like),
              where('figures.number', 'ilike', like),
            ]),
          );
        }
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
        await needObjectsOf(tx, store, id);
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
          .set({
            deleted_at: binned ? sql<Date>`now()` : null,
            deleted_by: binned ? tenant.userId : null,
            purge_at: binned ? sql<Date>`now() + make_interval(days => ${binDays})` : null,
          })
          .where('id', '=', id)
          .execute(),
      );
    },

    async setPlace({ tenant }, id, { spaceId, template }) {
      await inTenant(app, tenant, async (tx) => {
        // Only what changes: moving a document makes everybody's rights to it be asked for again.
        if (spaceId !== undefined) {
          await tx
            .updateTable('documents')
            .set({ space_id: spaceId })
            .where('id', '=', id)
            .where('space_id', '!=', spaceId)
            .execute();
        }
        if (template !== undefined)
          await tx.updateTable('documents').set({ is_template: template }).where('id', '=', id).execute();
      });
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

function words(q: string | undefined): string[] {
  return (q ?? '').split(/\s+/).filter(Boolean).slice(0, 10);
}

function escaped(word: string): string {
  return word.replaceAll(/[\\%_]/g, '\\$&');
}
