import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Connection } from './connection.ts';
import { identity } from './process-table.ts';

/** A database of its own for one test file. */
export interface TestDatabase {
  readonly connection: Connection;
  readonly url: string;
  /** Removes it, closing whoever is still connected. */
  drop(): Promise<void>;
}

const startWithinMs = 300_000;

/**
 * The cluster that all test files of one run share: the one named by DATABASE_URL (its role needs CREATEDB and CREATEROLE),
 * or an embedded one in the temporary directory. The embedded one is kept by a process of its own, which ends it and
 * removes its files when the test run has ended, however that came.
 */
export async function startTestPostgres(): Promise<Connection> {
  const url = process.env.DATABASE_URL;
  if (url !== undefined && url !== '') return parse(url);
  // Vitest's workers are children of the run, or threads in it.
  const run = process.send === undefined ? process.pid : process.ppid;
  // The end of the identity is the start: two runs may begin at the same hundredth of a second, and a pid may come again.
  const name = `${run}-${(identity(run) ?? '').replace(/[^\w]/g, '').slice(-12)}`;
  const directory = join(tmpdir(), `tidemark-test-${name}`);
  if (claim(directory)) keep(directory, run);
  const answer = join(directory, 'answer.json');
  for (const deadline = Date.now() + startWithinMs; Date.now() < deadline; await pause(20)) {
    if (!existsSync(answer)) continue;
    const said = JSON.parse(readFileSync(answer, 'utf8')) as Connection | { failed: string };
    if ('failed' in said) throw new Error(`The test Postgres did not start: ${said.failed}`);
    return said;
  }
  throw new Error(`The test Postgres did not start within ${startWithinMs / 1000} s; see ${directory}.`);
}

/** A fresh database in the shared cluster. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const cluster = await startTestPostgres();
  const database = `tidemark_test_${randomBytes(6).toString('hex')}`;
  await administer(cluster, `create database ${database}`);
  const connection = { ...cluster, database };
  return {
    connection,
    url: toUrl(connection),
    drop: () => dropDatabase(cluster, database),
  };
}

/** The connection as a URL; a socket directory travels as the `host` parameter. */
export function toUrl({ host, port, user, password, database }: Connection): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const path = encodeURIComponent(database);
  if (!host.startsWith('/')) return `postgres://${login}@${host}:${port}/${path}`;
  return `postgres://${login}@/${path}?host=${encodeURIComponent(host)}&port=${port}`;
}

function parse(url: string): Connection {
  const { host, port, user, password, database } = new pg.Client(url);
  return { host, port, user: user ?? '', password: password ?? '', database: database ?? '' };
}

/**
 * In three steps: `drop database … with (force)` is refused to whoever is no superuser while an autovacuum worker is at the database, which a
 * plain drop sends away by itself.
 */
async function dropDatabase(cluster: Connection, database: string): Promise<void> {
  await administer(
    cluster,
    `alter database ${database} with allow_connections false`,
    `select pg_terminate_backend(pid, 60000) from pg_stat_activity
     where datname = '${database}' and backend_type = 'client backend'`,
    `drop database ${database}`,
  );
}

async function administer(cluster: Connection, ...statements: string[]): Promise<void> {
  const client = new pg.Client(cluster);
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

function claim(directory: string): boolean {
  try {
    mkdirSync(directory, { mode: 0o711 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function keep(directory: string, run: number): void {
  const keeper = fileURLToPath(new URL('./test-keeper.ts', import.meta.url));
  spawn(process.execPath, [keeper, directory, String(run)], { detached: true, stdio: 'ignore' }).unref();
}
