import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';

/** How a document looks, small, by daylight and in the dark. Null: there is nothing to be seen. */
export interface Looks {
  /** Another one means that it looks different. */
  readonly version: string;
  readonly light: Uint8Array;
  readonly dark: Uint8Array;
}

/** Which state of a document. */
export interface At {
  readonly epoch: number;
  readonly head: number;
}

/** The thumbnails' table. Whoever draws claims the document first, so that of several processes one does. */
export interface Thumbnails {
  /** Whether the caller may read the document is for the caller of this to ask. */
  find(
    reader: Reader,
    documentId: string,
    theme: 'light' | 'dark',
  ): Promise<{ readonly version: string; readonly png: Uint8Array } | null>;
  /** `taken`: another process is at it. `fresh`: it is up to date, not a diagram, or gone. A claim ends by itself after two minutes. */
  claim(documentId: string): Promise<'claimed' | 'taken' | 'fresh'>;
  /** Stores it, unless a later state is there, and ends the claim. Answers whether it looks different now. */
  keep(documentId: string, at: At, looks: Looks | null): Promise<boolean>;
  /** Ends the claim with nothing drawn. */
  release(documentId: string): Promise<void>;
}

export function createThumbnails({ app }: Pick<Database, 'app'>): Thumbnails {
  /** The server's own work: nobody's rights are asked for. */
  function inDocument<T>(id: string, use: (tx: TenantTransaction) => Promise<T>): Promise<T> {
    return inTenant(app, { companyId: null, userId: null }, async (tx) => {
      await sql`select tidemark.enter_companies_of(${[id]}::uuid[])`.execute(tx);
      return use(tx);
    });
  }

  return {
    find({ tenant }, documentId, theme) {
      return inTenant(app, tenant, async (tx) => {
        const row = await tx
          .selectFrom('thumbnails')
          .select(['version', `${theme} as png`])
          .where('document_id', '=', documentId)
          .executeTakeFirst();
        return row?.version != null && row.png !== null ? { version: row.version, png: row.png } : null;
      });
    },

    claim(documentId) {
      return inDocument(documentId, async (tx) => {
        const document = await tx
          .selectFrom('documents')
          .leftJoin('thumbnails as t', 't.document_id', 'documents.id')
          .select([
            'documents.kind',
            'documents.company_id',
            sql<boolean>`t.epoch = documents.epoch and t.head = documents.head`.as('fresh'),
          ])
          .where('documents.id', '=', documentId)
          .where('documents.deleted_at', 'is', null)
          .executeTakeFirst();
        if (document === undefined || document.kind !== 'diagram' || document.fresh) return 'fresh';
        const claimed_until = sql<Date>`now() + interval '2 minutes'`;
        const claimed = await tx
          .insertInto('thumbnails')
          .values({ document_id: documentId, company_id: document.company_id, claimed_until })
          .onConflict((conflict) =>
            conflict
              .column('document_id')
              .doUpdateSet({ claimed_until })
              .where(sql<boolean>`coalesce(thumbnails.claimed_until < now(), true)`),
          )
          .returning('document_id')
          .executeTakeFirst();
        return claimed === undefined ? 'taken' : 'claimed';
      });
    },

    keep(documentId, { epoch, head }, looks) {
      return inDocument(documentId, async (tx) => {
        const before = await tx
          .selectFrom('thumbnails')
          .select(['version', 'epoch', 'head'])
          .where('document_id', '=', documentId)
          .forUpdate()
          .executeTakeFirst();
        if (before === undefined) return false;
        const isLater =
          before.epoch !== null &&
          (before.epoch > epoch || (before.epoch === epoch && (before.head ?? 0) > head));
        const picture = {
          epoch,
          head,
          version: looks?.version ?? null,
          light: looks === null ? null : Buffer.from(looks.light),
          dark: looks === null ? null : Buffer.from(looks.dark),
          drawn_at: sql<Date>`now()`,
        };
        await tx
          .updateTable('thumbnails')
          .set({ claimed_until: null, ...(isLater ? {} : picture) })
          .where('document_id', '=', documentId)
          .execute();
        return !isLater && before.version !== picture.version;
      });
    },

    async release(documentId) {
      await inDocument(documentId, (tx) =>
        tx
          .updateTable('thumbnails')
          .set({ claimed_until: null })
          .where('document_id', '=', documentId)
          .execute(),
      );
    },
  };
}
