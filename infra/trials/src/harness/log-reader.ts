import { startPostgres } from '@tidemark/postgres';
import pg from 'pg';
import * as Y from 'yjs';

/** A document as the log's rows alone give it. */
export interface LoggedDocument {
  readonly lsns: readonly number[];
  readonly doc: Y.Doc;
}

/** Starts the embedded Postgres of a stopped server, reads the update log with plain SQL, and stops it again. */
export async function readLog(
  dataDir: string,
  documentIds: readonly string[],
): Promise<Map<string, LoggedDocument>> {
  const silent = () => undefined;
  const postgres = await startPostgres({
    dataDir,
    log: { info: silent, warn: silent, error: silent },
  });
  const client = new pg.Client(postgres.connection);
  await client.connect();
  const documents = new Map<string, LoggedDocument>();
  for (const id of documentIds) {
    const { rows } = await client.query<{ lsn: string; update: Buffer }>(
      'select lsn, update from document_updates where document_id = $1 order by lsn',
      [id],
    );
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const row of rows) Y.applyUpdate(doc, new Uint8Array(row.update));
    });
    documents.set(id, { lsns: rows.map((row) => Number(row.lsn)), doc });
  }
  await client.end();
  await postgres.stop();
  return documents;
}
