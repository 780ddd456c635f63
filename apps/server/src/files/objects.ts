import type { TenantTransaction } from '@tidemark/database';
import type { ObjectStore } from '@tidemark/files';

/**
 * Makes sure, before rows of a document's files are committed, that the objects behind them are there: one that nothing else referred to may
 * have been removed since it was stored. The rows keep it there from now on (see the migration `purge`). Rejects with a passing fault.
 * `sha256`: only this one.
 */
export async function needObjectsOf(
  tx: TenantTransaction,
  store: Pick<ObjectStore, 'exists'>,
  documentId: string,
  sha256?: string,
): Promise<void> {
  const hashes = sha256 === undefined ? await hashesOf(tx, documentId) : [sha256];
  for (const hash of hashes) {
    if (await store.exists(hash)) continue;
    const fault = new Error(`The object ${hash} was removed while a row that refers to it was written.`);
    throw Object.assign(fault, { code: 'ENOENT' });
  }
}

async function hashesOf(tx: TenantTransaction, documentId: string): Promise<Set<string>> {
  const hashes = new Set<string>();
  for (const table of ['files', 'attachments'] as const) {
    const rows = await tx.selectFrom(table).select('sha256').where('document_id', '=', documentId).execute();
    for (const row of rows) hashes.add(Buffer.from(row.sha256).toString('hex'));
  }
  return hashes;
}
