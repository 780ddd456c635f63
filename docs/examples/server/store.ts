import { fileURLToPath } from 'node:url';
import { type Database, inTenant, openDatabase } from '@tidemark/database';
import { startPostgres } from '@tidemark/postgres';
import { sql } from 'kysely';
import { journal } from './journal.ts';

/**
 * Tidemark's log in Postgres: the one of `DATABASE_URL`, else an embedded one whose data lie beside this file. The
 * documents are made if they are not there: the log stores nothing for a document that nobody made.
 */
export async function openStore(databaseUrl: string | undefined, documents: readonly string[]) {
  const dataDir = fileURLToPath(new URL('data', import.meta.url));
  const postgres = databaseUrl === undefined ? await startPostgres({ dataDir, log: journal }) : null;
  const database = openDatabase({ connection: databaseUrl ?? postgres!.connection, journal });
  await database.migrate();
  await makeDocuments(database, documents);
  return {
    log: database.updateLog,
    bus: database.bus,
    async close() {
      await database.close();
      await postgres?.stop();
    },
  };
}

/** Documents belong to a space of a company, a company to somebody: one of each is enough here. */
async function makeDocuments(database: Database, documents: readonly string[]): Promise<void> {
  const userId = 'example';
  const person = { id: userId, name: 'Example', email: 'example@example.org' };
  const { numInsertedOrUpdatedRows: isNew } = await database.auth
    .insertInto('user')
    .values(person)
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst();
  if (isNew !== 1n) return;
  await inTenant(database.app, { companyId: null, userId }, async (tx) => {
    const { rows } = await sql<{ company_id: string; space_id: string }>`
      select company_id, space_id from create_company('Example')`.execute(tx);
    const { company_id, space_id } = rows[0]!;
    await sql`select set_config('tidemark.company', ${company_id}, true)`.execute(tx);
    const rest = { company_id, space_id, kind: 'dashboard', title: 'Example', created_by: userId } as const;
    await tx
      .insertInto('documents')
      .values(documents.map((id) => ({ id, ...rest })))
      .execute();
  });
}
