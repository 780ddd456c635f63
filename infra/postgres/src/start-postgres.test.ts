import { chmodSync, cpSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { usableBinaries } from './binaries.ts';
import { asRoot, makeDirectory, ordinary, query } from './child.testing.ts';
import { type Postgres, StartError, startPostgres } from './index.ts';
import { findDistribution } from './platform.ts';
import { identity } from './process-table.ts';
import { chooseRunner } from './runner.ts';
import { explain } from './start-error.ts';

/** Hears what the supervisor writes; `next` resolves when an event comes. */
function createLog() {
  const waiting = new Map<string, () => void>();
  const hear = (event: string) => {
    waiting.get(event)?.();
    waiting.delete(event);
  };
  const next = (event: string) => new Promise<void>((resolve) => void waiting.set(event, resolve));
  return { info: hear, warn: hear, error: hear, next };
}

describe('the embedded Postgres', () => {
  const log = createLog();
  let directory: ReturnType<typeof makeDirectory>;
  let postgres: Postgres;
  beforeAll(async () => {
    directory = makeDirectory();
    postgres = await startPostgres({ dataDir: directory.path, log });
  });
  afterAll(async () => {
    await postgres.stop();
    directory.remove();
  });

  test('serves an ordinary role that owns its database, with fsync on', async () => {
    const rows = await query(
      postgres.connection,
      `select rolsuper, rolbypassrls, current_setting('fsync') as fsync,
         pg_get_userbyid((select datdba from pg_database where datname = current_database())) as owner
       from pg_roles where rolname = current_user`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, fsync: 'on', owner: 'tidemark' }]);
  });

  test('lets nobody in without the password, and keeps the password to itself', async () => {
    await expect(query({ ...postgres.connection, password: 'wrong' }, 'select')).rejects.toMatchObject({
      code: '28P01',
    });
    const inside = join(directory.path, 'postgres');
    expect(statSync(join(inside, 'password')).mode & 0o777).toBe(0o600);
    for (const name of ['data', 'run']) expect(statSync(join(inside, name)).mode & 0o077).toBe(0);
  });

  test('is started again when it dies alone', async () => {
    await query(postgres.connection, 'create table kept (n integer)');
    const before = postgres.pid!;
    const back = log.next('postgres.started');
    process.kill(before, 'SIGKILL');
    await back;
    expect(postgres.state).toBe('running');
    expect(postgres.pid).not.toBe(before);
    expect(await query(postgres.connection, 'select count(*)::integer as n from kept')).toEqual([{ n: 0 }]);
  });

  test('a start in the same process is refused while it runs', async () => {
    await expect(startPostgres({ dataDir: directory.path, log })).rejects.toBeInstanceOf(StartError);
  });
});

describe('starts of all kinds', () => {
  const log = createLog();
  let directory: ReturnType<typeof makeDirectory>;
  beforeEach(() => {
    directory = makeDirectory();
  });
  afterEach(() => directory.remove());

  test('stop ends it, twice is once, and the next start finds the data', async () => {
    const first = await startPostgres({ dataDir: directory.path, log });
    await query(first.connection, 'create table kept (n integer)');
    const { pid } = first;
    await Promise.all([first.stop(), first.stop(), first.exited]);
    expect(first.state).toBe('stopped');
    expect(identity(pid!)).toBeNull();
    const second = await startPostgres({ dataDir: directory.path, log });
    expect(await query(second.connection, 'select * from kept')).toEqual([]);
    await second.stop();
  });

  test('a path too long for a socket: the socket lies elsewhere and goes with the server', async () => {
    const dataDir = join(directory.path, 'a'.repeat(60), 'b'.repeat(60));
    const postgres = await startPostgres({ dataDir, log });
    const { host } = postgres.connection;
    expect(host.startsWith(directory.path)).toBe(false);
    expect(statSync(host).mode & 0o077).toBe(0);
    expect(await query(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(() => statSync(host)).toThrow('ENOENT');
  });

  test('a path with spaces, quotes and commas', async () => {
    const postgres = await startPostgres({ dataDir: join(directory.path, `a b, c's "ü"`), log });
    expect(await query(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  test('data of another major version is told, and left alone', async () => {
    const postgres = await startPostgres({ dataDir: directory.path, log });
    await postgres.stop();
    writeFileSync(join(directory.path, 'postgres', 'data', 'PG_VERSION'), '16\n');
    await expect(startPostgres({ dataDir: directory.path, log })).rejects.toThrow(
      /was written by PostgreSQL 16, and this Tidemark brings 18: /,
    );
  });

  test('an emptied lock, and one whose pid belongs to another process now, are stale', async () => {
    const inside = join(directory.path, 'postgres');
    mkdirSync(inside);
    writeFileSync(join(inside, 'lock-3'), '');
    await (await startPostgres({ dataDir: directory.path, log })).stop();
    writeFileSync(
      join(inside, 'lock-9'),
      JSON.stringify({ pid: process.pid, identity: 'an earlier boot:1' }),
    );
    await (await startPostgres({ dataDir: directory.path, log })).stop();
    expect(readdirSync(inside).filter((name) => name.startsWith('lock'))).toEqual(['lock-10']);
  });

  test('a machine without an embedded Postgres is told to set DATABASE_URL', () => {
    for (const [machine, musl] of [
      ['linux-x64', true],
      ['win32-arm64', false],
      ['sunos-x64', false],
    ] as const) {
      expect(() => findDistribution(machine, musl)).toThrow(/set DATABASE_URL/);
    }
  });

  test('a full disk and a closed directory are told in one sentence', () => {
    const told = (code: string) => explain(Object.assign(new Error(code), { code }), '/data');
    expect(told('ENOSPC')).toMatchObject({
      sentence: 'The disk that holds DATA_DIR (/data) is full: make room and start again.',
    });
    expect(told('EACCES')).toBeInstanceOf(StartError);
    expect(told('EIO')).not.toBeInstanceOf(StartError);
  });

  // What only root meets; an ordinary user runs Postgres directly and proves the same words hold for it.
  test('DATA_DIR below a closed home works', async () => {
    const home = join(directory.path, 'home');
    mkdirSync(home, { mode: 0o700 });
    const postgres = await startPostgres({ dataDir: join(home, 'tidemark'), log });
    expect(await query(postgres.connection, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
  });

  test('binaries that the user cannot reach are copied, once', () => {
    const distribution = findDistribution();
    const home = join(directory.path, 'home');
    const inside = join(directory.path, 'postgres');
    mkdirSync(home);
    mkdirSync(inside);
    chmodSync(directory.path, 0o711);
    const root = join(home, 'native');
    cpSync(distribution.root, root, { recursive: true, verbatimSymlinks: true });
    chmodSync(home, 0o700);
    const runner = chooseRunner(inside, join(inside, 'data'));
    const used = usableBinaries({ ...distribution, root }, runner, inside);
    expect(dirname(used)).toBe(asRoot ? inside : home);
    expect(usableBinaries({ ...distribution, root }, runner, inside)).toBe(used);
    if (asRoot) expect(runner.account?.uid).toBe(ordinary.uid);
  });
});
