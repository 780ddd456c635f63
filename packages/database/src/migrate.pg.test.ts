import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@tidemark/postgres/testing';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createDocument, createHousehold, createJournal, packAll } from './house.testing.ts';
import { DatabaseSetupError, inTenant, openDatabase } from './index.ts';
import { migrations } from './migrations/index.ts';
import { ensureRoles } from './roles.ts';

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

/** The database as an older version of the server left it. */
async function migrateUpTo(connection: TestDatabase['connection'], last: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  await ensureRoles(client);
  await client.end();
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: new pg.Pool(connection) }) });
  const older = Object.entries(migrations).filter(([name]) => name.slice(0, last.length) <= last);
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(older) },
    migrationTableSchema: 'tidemark',
  });
  const { error } = await migrator.migrateToLatest();
  await db.destroy();
  if (error !== undefined) throw error;
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

  test('TIME-2 documents of the time before segments are read as they were, and can be packed', async () => {
    await migrateUpTo(made.connection, '0015');
    const { database } = opened();
    const household = await createHousehold(database);
    const documentId = await createDocument(database, household);
    const call = <T>(statement: ReturnType<typeof sql<T>>) =>
      inTenant(database.app, household, async (tx) => (await statement.execute(tx)).rows);
    /** An entry for each character. */
    const append = (epoch: number, after: number, text: string) => {
      const each = <T>(value: T) => Array.from(text, () => value);
      return call(sql`select * from tidemark.append_updates(${[documentId]}::uuid[], ${[epoch]}::integer[], ${[after]}::bigint[],
        ${Buffer.from(text)}, ${each(1)}::integer[], ${each(1)}::integer[], ${each(household.userId)}::text[], ${each(7)}::bigint[])`);
    };
    const save = (epoch: number, lsn: number) =>
      call(
        sql`select tidemark.save_checkpoint(${documentId}, ${epoch}, ${lsn}, ${Buffer.from(`${lsn}`)}, 2)`,
      );
    await append(1, 0, 'former');
    const [{ epoch }] = (await call(
      sql<{ epoch: number }>`select epoch from tidemark.begin_anew(${documentId})`,
    )) as [{ epoch: number }];
    await append(epoch, 7, 'lives');
    await save(epoch, 9);
    await save(epoch, 11);
    const load = () => call(sql`select * from tidemark.load_document(${documentId})`);
    const before = await load();

    await database.migrate();
    expect(await load()).toEqual(before);
    expect(await database.history.place(documentId)).toMatchObject({ head: 12, packed: 0, packable: 9 });
    const entries = await database.updateLog.readAfter(documentId, epoch, 6, 10);
    expect(entries).toHaveLength(6);
    expect(await packAll(database, documentId)).toBe(9);
    expect(await load()).toEqual(before);
    expect(await database.updateLog.load(documentId)).toMatchObject({ head: 12, checkpoint: { lsn: 11 } });
    const again = await database.updateLog.readAfter(documentId, epoch, 6, 10);
    expect(JSON.stringify(again)).toBe(JSON.stringify(entries));
    await database.close();
  });

  test('the connection may be given as a URL', async () => {
    const database = openDatabase({ connection: made.url, journal: createJournal() });
    await database.migrate();
    expect(await database.ready()).toBe(true);
    await database.close();
  });
});
