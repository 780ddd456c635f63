import pg from 'pg';
import { type Connection, clientConfig } from './connection.ts';

/**
 * For operators, after a backup was restored: these documents, or all (null), keep what they hold and begin their next epoch,
 * so that no copy that is ahead of the backup merges into them. Returns how many did. Call `migrate` first.
 */
export async function beginAnew(
  connection: Connection,
  documentIds: readonly string[] | null,
): Promise<number> {
  // As the login role: the application's own roles may not do this.
  const client = new pg.Client(
    clientConfig(connection, { role: null, searchPath: 'tidemark', statementTimeout: null }),
  );
  await client.connect();
  try {
    const { rows } = await client.query<{ begun: number }>('select tidemark.begin_all_anew($1) as begun', [
      documentIds,
    ]);
    return rows[0]?.begun ?? 0;
  } finally {
    await client.end();
  }
}
