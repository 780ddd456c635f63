/** The command `npm run epochs`: begins documents anew after a backup was restored. The servers are stopped meanwhile. */
import { beginAnew, DatabaseSetupError, openDatabase } from '@tidemark/database';
import { StartError, startPostgres } from '@tidemark/postgres';
import * as z from 'zod';
import { readConfig, StartRefusal } from './config.ts';
import { prepareDataDirectory } from './data-directory.ts';
import { createLogger, journalOf } from './journal.ts';

const usage = `Usage: npm run epochs -- --all
       npm run epochs -- DOCUMENT-ID …
Begins documents anew after a backup was restored: they keep what they hold, and copies that are ahead of the backup are set
aside on their devices and offered for export instead of being merged. Stop the servers first.
`;

async function main(given: readonly string[]): Promise<number> {
  const ids = z.array(z.uuid()).min(1).safeParse(given);
  const all = given.length === 1 && given[0] === '--all';
  if (!all && !ids.success) {
    process.stderr.write(usage);
    return 1;
  }
  const config = readConfig(process.env);
  const journal = journalOf(createLogger('warn'));
  const dataDir = config.databaseUrl === null ? await prepareDataDirectory(config.dataDir) : config.dataDir;
  const postgres = config.databaseUrl === null ? await startPostgres({ dataDir, log: journal }) : null;
  const connection = config.databaseUrl ?? postgres!.connection;
  const database = openDatabase({ connection, journal });
  try {
    await database.migrate();
    const begun = await beginAnew(connection, ids.success && !all ? ids.data : null);
    process.stdout.write(`${begun} ${begun === 1 ? 'document' : 'documents'} begun anew.\n`);
    return 0;
  } finally {
    await database.close();
    await postgres?.stop();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const expected =
    error instanceof StartRefusal || error instanceof StartError || error instanceof DatabaseSetupError;
  process.stderr.write(`tidemark: ${expected ? error.message : ((error as Error).stack ?? String(error))}\n`);
  process.exitCode = 1;
}
