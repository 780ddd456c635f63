import type { FileReport } from '@tidemark/bpmn';
import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import * as z from 'zod';
import type { Reader } from '../company/reader.ts';

/** Of a report's notes, by what became of what they are about. */
export const Counts = z.object({ kept: z.int(), changed: z.int(), lost: z.int() });

/** That a document was imported, and what became of the file. */
export interface Import {
  readonly attachmentId: string;
  readonly importedAt: string;
  readonly report: FileReport;
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
        const report = row.report as unknown as FileReport;
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
  report: FileReport,
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
