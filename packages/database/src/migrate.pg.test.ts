import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@tidemark/postgres/testing';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createJournal } from './house.testing.ts';
import { DatabaseSetupError, openDatabase } from './index.ts';
import { migrations } from './migrations/index.ts';

let made: TestDatabase;
beforeEach(async () => {
  made = await createTestDatabase();
});
afterEach(() => made.drop());

const opened = () => {
  const journal = createJournal();
  return { journal, database: openDatabase({ connection: made.connection, journal }) };
};

/** A process of its own that migrates the database. */
async function migrateElsewhere(connection: TestDatabase['connection']): Promise<string> {
  const index = fileURLToPath(new URL('./index.ts', import.meta.url));
  const script = `
    const { openDatabase } = await import(${JSON.stringify(index)});
    const quiet = () => undefined;
    const journal = { debug: quiet, info: quiet, warn: quiet, error: quiet };
    const database = openDatabase({ connection: JSON.parse(process.env.CONNECTION), journal });
    await database.migrate();
    console.log(await database.ready());
    await database.close();`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, CONNECTION: JSON.stringify(connection) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = Promise.all([text(child.stdout), text(child.stderr)]);
  await once(child, 'close');
  return (await said).join('').trim();
}

describe('migrations', () => {
  test('a second run finds nothing to do', async () => {
    const { journal, database } = opened();
    await database.migrate();
    expect(journal.events).toHaveLength(Object.keys(migrations).length);
    await database.migrate();
    expect(journal.events).toHaveLength(Object.keys(migrations).length);
    expect(await database.ready()).toBe(true);
    await database.close();
  });

  test('two processes may start on an empty database at once', async () => {
    const said = await Promise.all([migrateElsewhere(made.connection), migrateElsewhere(made.connection)]);
    expect(said).toEqual(['true', 'true']);
  });

  test('several databases of one cluster may be set up at once', async () => {
    const others = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
    const said = await Promise.all(others.map(({ connection }) => migrateElsewhere(connection)));
    expect(said).toEqual(['true', 'true', 'true']);
    for (const other of others) await other.drop();
  });

  test('a login role without the rights is told so in one sentence', async () => {
    const { database } = opened();
    await database.migrate();
    await database.close();
    const client = new pg.Client(made.connection);
    await client.connect();
    const name = `bare_${process.pid}`;
    await client.query(`create role ${name} login password 'bare'`);
    const bare = openDatabase({
      connection: { ...made.connection, user: name, password: 'bare' },
      journal: createJournal(),
    });
    try {
      await expect(bare.migrate()).rejects.toBeInstanceOf(DatabaseSetupError);
      await expect(bare.migrate()).rejects.toThrow(/may not create or act as the role tidemark_app/);
      expect(await bare.ready()).toBe(false);
    } finally {
      await bare.close();
      await client.query(`drop role ${name}`);
      await client.end();
    }
  });

  test.each([
    ['a port where nobody listens', { host: '127.0.0.1', port: 1 }],
    ['a host that is not there', { host: 'nowhere.invalid', port: 5432 }],
    ['a wrong password', { password: 'wrong' }],
    ['a database that is not there', { database: 'tidemark_not_there' }],
  ])('%s is told in one sentence', async (_, change) => {
    const database = openDatabase({
      connection: { ...made.connection, ...change },
      journal: createJournal(),
    });
    await expect(database.migrate()).rejects.toBeInstanceOf(DatabaseSetupError);
    await expect(database.migrate()).rejects.toThrow(
      /^The database cannot be reached \(.+\): start it, or correct DATABASE_URL\.$/,
    );
    await database.close();
  });

  test('the connection may be given as a URL', async () => {
    const database = openDatabase({ connection: made.url, journal: createJournal() });
    await database.migrate();
    expect(await database.ready()).toBe(true);
    await database.close();
  });
});
