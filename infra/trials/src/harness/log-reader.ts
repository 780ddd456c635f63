import { startPostgres } from '@tidemark/postgres';
import pg from 'pg';
import * as Y from 'yjs';
import { storedUpdates } from './stored-updates.ts';

/** A document as the log alone gives it. */
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
    const updates = await storedUpdates(client, id);
    const doc = new Y.Doc();
    doc.transact(() => {
      for (const { update } of updates) Y.applyUpdate(doc, update);
    });
    documents.set(id, { lsns: updates.map(({ lsn }) => lsn), doc });
  }
  await client.end();
  await postgres.stop();
  return documents;
}
