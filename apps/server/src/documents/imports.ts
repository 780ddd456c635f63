import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import * as z from 'zod';
import type { Reader } from '../company/reader.ts';

/** Of a report's notes, by what became of what they are about. */
export const Counts = z.object({ kept: z.int(), changed: z.int(), lost: z.int() });

/** What became of a file: the shape that the reports of all kinds have. */
export interface ImportReport {
  readonly encoding: string;
  readonly elements: number;
  readonly counts: z.infer<typeof Counts>;
  readonly notes: readonly {
    readonly code: string;
    readonly fate: 'kept' | 'changed' | 'lost';
    readonly element: {
      readonly id: string | null;
      readonly type: string;
      readonly name: string | null;
    } | null;
    readonly line: number | null;
    readonly detail: string;
  }[];
  readonly renamed: Readonly<Record<string, string>>;
}

/** That a document was imported, and what became of the file. */
export interface Import {
  readonly attachmentId: string;
  readonly importedAt: string;
  readonly report: ImportReport;
}

export interface Imports {
  find(reader: Reader, documentId: string): Promise<Import | null>;
}

export function createImports({ app }: Pick<Database, 'app'>): Imports {
  return {
    find({ tenant }, documentId) {
      return inTenant(app, tenant, async (tx) => {
        const row = await tx
          .selectFrom('imports')
          .select(['attachment_id', 'created_at', 'report'])
          .where('document_id', '=', documentId)
          .executeTakeFirst();
        if (!row) return null;
        // Written below and nowhere else.
        const report = row.report as unknown as ImportReport;
        return { attachmentId: row.attachment_id, importedAt: row.created_at.toISOString(), report };
      });
    },
  };
}

/** Within the transaction that makes the document and its original known. */
export async function insertImport(
  tx: TenantTransaction,
  { companyId }: Reader['tenant'],
  documentId: string,
  attachmentId: string,
  report: ImportReport,
): Promise<void> {
  await tx
    .insertInto('imports')
    .values({
      company_id: companyId,
      document_id: documentId,
      attachment_id: attachmentId,
      // Postgres can't hold U+0000; no file that was read has any.
      report: JSON.stringify(report),
    })
    .execute();
}
