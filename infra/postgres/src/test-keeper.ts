/**
 * A process that keeps the shared test cluster: `node test-keeper.ts <directory> <pid of the test run>`. It starts
 * Postgres, writes the connection to answer.json, and ends with the run.
 */
import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { identity } from './process-table.ts';
import { startPostgres } from './start-postgres.ts';

const [directory = '', run = ''] = process.argv.slice(2);
const pid = Number(run);
const began = identity(pid);
const note = (level: string) => (event: string, fields?: Record<string, unknown>) =>
  appendFileSync(join(directory, 'keeper.log'), `${JSON.stringify({ level, event, ...fields })}\n`);
const log = { info: note('info'), warn: note('warn'), error: note('error') };

function answer(content: unknown): void {
  const temporary = join(directory, 'answer.tmp');
  writeFileSync(temporary, JSON.stringify(content), { mode: 0o600 });
  renameSync(temporary, join(directory, 'answer.json'));
}

process.on('SIGINT', () => undefined); // Ctrl-C is for the run; this process follows it.
try {
  const postgres = await startPostgres({ dataDir: directory, log });
  answer(postgres.connection);
  while (began !== null && identity(pid) === began) await pause(250);
  await postgres.stop();
} catch (error) {
  answer({ failed: (error as Error).message });
  while (identity(pid) === began) await pause(250);
}
rmSync(directory, { recursive: true, force: true });
