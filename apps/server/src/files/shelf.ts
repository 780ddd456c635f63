import { randomUUID } from 'node:crypto';
import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { isPutRefusal, type ObjectStore } from '@tidemark/files';
import { isRefusal, limits, type Refusal } from '@tidemark/protocol';
import type { Reader } from '../company/reader.ts';
import { needObjectsOf } from './objects.ts';
import { checkTable, type TableShape } from './table-check.ts';

/** A verified file of a document: the object is stored before the row is, so a row never points at nothing. */
export interface StoredFile extends TableShape {
  readonly id: string;
  readonly documentId: string;
  readonly name: string;
  /** Of the bytes as uploaded, hexadecimal. */
  readonly sha256: string;
  readonly size: number;
  readonly createdAt: string;
}

/** Stored and looked at, with the id it will have; no document has it yet. */
export interface Verified extends Omit<StoredFile, 'documentId' | 'createdAt'> {
  readonly storedSize: number;
}

export interface Upload {
  readonly name: string;
  readonly sha256?: string | undefined;
  readonly content: AsyncIterable<Uint8Array>;
}

/** The files of documents. */
export interface Shelf {
  /** Stores and verifies one upload; what is refused leaves nothing behind. The same upload again gives the same file. */
  add(reader: Reader, documentId: string, upload: Upload): Promise<StoredFile | Refusal>;
  /** The first half of `add`: what it resolves with can be put on a document. */
  verify(upload: Upload): Promise<Verified | Refusal>;
  /** Whether the caller may read the document it belongs to is for the caller of this to ask. */
  find(reader: Reader, id: string): Promise<StoredFile | null>;
  list(reader: Reader, documentId: string): Promise<readonly StoredFile[]>;
  /** A document's files for another document: the same objects under ids of their own, by the ids they have now. */
  copies(reader: Reader, documentId: string): Promise<ReadonlyMap<string, Verified>>;
}

export function createShelf({ app }: Pick<Database, 'app'>, store: ObjectStore): Shelf {
  async function verify({ name, sha256, content }: Upload): Promise<Verified | Refusal> {
    const shape: TableShape[] = [];
    const stored = await store.put(content, {
      maxBytes: limits.fileBytes,
      compress: true,
      ...(sha256 === undefined ? {} : { sha256 }),
      async inspect(bytes) {
        const checked = await checkTable(bytes);
        if (isRefusal(checked)) return { refused: 'not-a-table', detail: checked.detail };
        shape.push(checked);
        return null;
      },
    });
    if (isPutRefusal(stored)) return stored;
    const [table] = shape;
    const object = await store.open(stored.sha256);
    if (!table || !object) throw new Error(`The object ${stored.sha256} is not there after it was stored`);
    object.stream.destroy();
    return { ...table, ...stored, id: randomUUID(), name, storedSize: object.storedSize };
  }

  return {
    verify,

    async add({ tenant }, documentId, upload) {
      const verified = await verify(upload);
      if (isRefusal(verified)) return verified;
      return inTenant(app, tenant, async (tx) => {
        const same = await rows(tx)
          .where('document_id', '=', documentId)
          .where('sha256', '=', Buffer.from(verified.sha256, 'hex'))
          .where('name', '=', verified.name)
          .executeTakeFirst();
        if (same) return fileOf(same);
        await insertFile(tx, tenant, documentId, verified);
        await needObjectsOf(tx, store, documentId, verified.sha256);
        return fileOf(await rows(tx).where('id', '=', verified.id).executeTakeFirstOrThrow());
      });
    },

    find({ tenant }, id) {
      return inTenant(app, tenant, async (tx) => {
        const row = await rows(tx).where('id', '=', id).executeTakeFirst();
        return row ? fileOf(row) : null;
      });
    },

    list({ tenant }, documentId) {
      return inTenant(app, tenant, async (tx) => {
        const found = await rows(tx).where('document_id', '=', documentId).orderBy('created_at').execute();
        return found.map(fileOf);
      });
    },

    copies({ tenant }, documentId) {
      return inTenant(app, tenant, async (tx) => {
        const found = await rows(tx)
          .select('stored_size as storedSize')
          .where('document_id', '=', documentId)
          .execute();
        return new Map(
          found.map((row) => [row.id, { ...fileOf(row), storedSize: row.storedSize, id: randomUUID() }]),
        );
      });
    },
  };
}

/** Puts a verified file on a document, within the transaction that makes both known. */
export async function insertFile(
  tx: TenantTransaction,
  tenant: Reader['tenant'],
  documentId: string,
  { id, name, sha256, size, storedSize, rows: count, columns, encoding, delimiter }: Verified,
): Promise<void> {
  const metadata: TableShape = { rows: count, columns, encoding, delimiter };
  await tx
    .insertInto('files')
    .values({
      id,
      company_id: tenant.companyId,
      document_id: documentId,
      sha256: Buffer.from(sha256, 'hex'),
      name,
      media_type: 'text/csv',
      size,
      stored_size: storedSize,
      metadata: JSON.stringify(metadata),
      created_by: tenant.userId,
    })
    .execute();
}

function rows(tx: TenantTransaction) {
  return tx
    .selectFrom('files')
    .select(['id', 'document_id', 'sha256', 'name', 'size', 'metadata', 'created_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof rows>['executeTakeFirstOrThrow']>>;

function fileOf(row: Row): StoredFile {
  // Written above and nowhere else.
  const { rows: count, columns, encoding, delimiter } = row.metadata as unknown as TableShape;
  return {
    id: row.id,
    documentId: row.document_id,
    name: row.name,
    sha256: Buffer.from(row.sha256).toString('hex'),
    size: row.size,
    createdAt: row.created_at.toISOString(),
    rows: count,
    columns,
    encoding,
    delimiter,
  };
}
