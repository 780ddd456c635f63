import { randomUUID } from 'node:crypto';
import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { isPutRefusal, type ObjectStore, type PutRefusal } from '@tidemark/files';
import { limits, type Refusal } from '@tidemark/protocol';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { lookedAt, mediaTypeOf } from './media-type.ts';
import { needObjectsOf } from './objects.ts';
import type { Upload } from './shelf.ts';

/** A file of any type on a document. */
export interface Attachment {
  readonly id: string;
  readonly documentId: string;
  readonly name: string;
  /** Of the bytes as uploaded, hexadecimal. */
  readonly sha256: string;
  readonly size: number;
  /** By content. */
  readonly mediaType: string;
  readonly createdAt: string;
  readonly createdBy: { readonly id: string; readonly name: string } | null;
  /** Since when it is off the document. */
  readonly removedAt: string | null;
}

/** Stored and looked at; no document has it yet. */
export interface Kept {
  readonly id: string;
  readonly name: string;
  readonly sha256: string;
  readonly size: number;
  readonly storedSize: number;
  readonly mediaType: string;
}

/** Files that one document takes, those that were taken off included: they are still stored. */
export const mostAttachments = 1_000;

export interface Attachments {
  /** Whether the document takes one more. */
  hasRoom(reader: Reader, documentId: string): Promise<boolean>;
  /** Stores one upload. `inspect` may refuse it by its bytes; what is refused leaves nothing behind. */
  keep(upload: Upload, inspect?: (bytes: Uint8Array) => Promise<PutRefusal | null>): Promise<Kept | Refusal>;
  add(reader: Reader, documentId: string, kept: Kept): Promise<Attachment>;
  /** The newest first. */
  list(reader: Reader, documentId: string): Promise<readonly Attachment[]>;
  /** Whether the caller may read the document it belongs to is for the caller of this to ask. */
  find(reader: Reader, id: string): Promise<Attachment | null>;
  setRemoved(reader: Reader, id: string, removed: boolean): Promise<void>;
  /** A document's attachments for a copy of it: the ids that they will have there, by those that they have. */
  copies(reader: Reader, documentId: string): Promise<ReadonlyMap<string, string>>;
}

export function createAttachments({ app }: Pick<Database, 'app'>, store: ObjectStore): Attachments {
  return {
    hasRoom({ tenant }, documentId) {
      return inTenant(app, tenant, async (tx) => {
        const { count } = await tx
          .selectFrom('attachments')
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .where('document_id', '=', documentId)
          .executeTakeFirstOrThrow();
        return Number(count) < mostAttachments;
      });
    },

    async keep({ name, sha256, content }, inspect) {
      let start: Uint8Array = new Uint8Array();
      const stored = await store.put(content, {
        maxBytes: limits.fileBytes,
        compress: true,
        ...(sha256 === undefined ? {} : { sha256 }),
        async inspect(stream) {
          const parts: Uint8Array[] = [];
          let size = 0;
          for await (const part of stream as AsyncIterable<Uint8Array>) {
            parts.push(part);
            size += part.byteLength;
            // Nobody asks for more than the start: the rest stays out of memory.
            if (inspect === undefined && size >= lookedAt) break;
          }
          const bytes = Buffer.concat(parts);
          start = bytes.subarray(0, lookedAt);
          return (await inspect?.(bytes)) ?? null;
        },
      });
      if (isPutRefusal(stored)) return stored;
      const object = await store.open(stored.sha256);
      if (!object) throw new Error(`The object ${stored.sha256} is not there after it was stored`);
      object.stream.destroy();
      return {
        ...stored,
        id: randomUUID(),
        name,
        storedSize: object.storedSize,
        mediaType: mediaTypeOf(start, name),
      };
    },

    add({ tenant }, documentId, kept) {
      return inTenant(app, tenant, async (tx) => {
        await insertAttachment(tx, tenant, documentId, kept);
        await needObjectsOf(tx, store, documentId, kept.sha256);
        return attachmentOf(await rows(tx).where('attachments.id', '=', kept.id).executeTakeFirstOrThrow());
      });
    },

    list({ tenant }, documentId) {
      return inTenant(app, tenant, async (tx) => {
        const found = await rows(tx)
          .where('attachments.document_id', '=', documentId)
          .where('attachments.removed_at', 'is', null)
          .orderBy('attachments.created_at', 'desc')
          .orderBy('attachments.id')
          .execute();
        return found.map(attachmentOf);
      });
    },

    find({ tenant }, id) {
      return inTenant(app, tenant, async (tx) => {
        const row = await rows(tx).where('attachments.id', '=', id).executeTakeFirst();
        return row ? attachmentOf(row) : null;
      });
    },

    copies({ tenant }, documentId) {
      return inTenant(app, tenant, async (tx) => {
        const found = await tx
          .selectFrom('attachments')
          .select('id')
          .where('document_id', '=', documentId)
          .where('removed_at', 'is', null)
          .execute();
        return new Map(found.map(({ id }) => [id, randomUUID()]));
      });
    },

    async setRemoved({ tenant }, id, removed) {
      await inTenant(app, tenant, (tx) =>
        tx
          .updateTable('attachments')
          .set({ removed_at: removed ? sql<Date>`now()` : null, removed_by: removed ? tenant.userId : null })
          .where('id', '=', id)
          .execute(),
      );
    },
  };
}

/** Puts what was kept on a document, within the transaction that makes both known. */
export async function insertAttachment(
  tx: TenantTransaction,
  tenant: Reader['tenant'],
  documentId: string,
  { id, name, sha256, size, storedSize, mediaType }: Kept,
): Promise<void> {
  await tx
    .insertInto('attachments')
    .values({
      id,
      company_id: tenant.companyId,
      document_id: documentId,
      sha256: Buffer.from(sha256, 'hex'),
      name,
      media_type: mediaType,
      size,
      stored_size: storedSize,
      created_by: tenant.userId,
    })
    .execute();
}

/** Attachments for the copy of their document: the same objects, under the ids that `ids` gives them. */
export async function copyAttachments(
  tx: TenantTransaction,
  to: string,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  await sql`
    insert into attachments (id, company_id, document_id, sha256, name, media_type, size, stored_size, created_by, created_at)
      select c.copy, a.company_id, ${to}, a.sha256, a.name, a.media_type, a.size, a.stored_size, a.created_by, a.created_at
      from unnest(${[...ids.keys()]}::uuid[], ${[...ids.values()]}::uuid[]) as c (original, copy)
      join attachments a on a.id = c.original`.execute(tx);
}

function rows(tx: TenantTransaction) {
  return tx
    .selectFrom('attachments')
    .leftJoin('auth.user as author', 'author.id', 'attachments.created_by')
    .select([
      'attachments.id',
      'attachments.document_id as documentId',
      'attachments.name',
      'attachments.sha256',
      'attachments.size',
      'attachments.media_type as mediaType',
      'attachments.created_at as createdAt',
      'attachments.removed_at as removedAt',
      'author.id as authorId',
      'author.name as authorName',
    ]);
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

function attachmentOf({ authorId, authorName, ...row }: Row): Attachment {
  return {
    ...row,
    sha256: Buffer.from(row.sha256).toString('hex'),
    createdAt: row.createdAt.toISOString(),
    removedAt: row.removedAt?.toISOString() ?? null,
    createdBy: authorId !== null && authorName !== null ? { id: authorId, name: authorName } : null,
  };
}
