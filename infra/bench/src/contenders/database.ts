import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Connection, startPostgres } from '@tidemark/postgres';
import pg from 'pg';
import { unpin } from './child.ts';

/** One Postgres for all who use one; who works at the moment is told by whose turn it is. */
export interface Database {
  readonly connection: Connection;
  readonly url: string;
  readonly sql: pg.Client;
  /** Microseconds of CPU of all its processes so far. */
  cpu(): number;
  stop(): Promise<void>;
}

export async function openDatabase(dataDir: string): Promise<Database> {
  const silent = () => undefined;
  const postgres = await startPostgres({ dataDir, log: { info: silent, warn: silent, error: silent } });
  const { connection } = postgres;
  const pid = postgres.pid;
  if (pid === null) throw new Error('Postgres has no process');
  // Started by this process, it has its cores. Its backends inherit from the postmaster.
  for (const each of [pid, ...childrenOf(pid)]) unpin(each);
  const sql = new pg.Client(connection);
  await sql.connect();
  await sql.query(`create schema bench;
    create table bench.hocuspocus_documents (name text primary key, data bytea not null);
    create table bench.bare (document_id uuid not null, lsn bigint not null, epoch integer not null,
      company_id uuid not null, update bytea not null, user_id text, client_id bigint not null,
      stored_at timestamptz not null default clock_timestamp(), primary key (document_id, lsn))`);
  return {
    connection,
    url: urlOf(connection),
    sql,
    cpu: () => [pid, ...childrenOf(pid)].reduce((sum, each) => sum + ticksOf(each, each === pid), 0) * 10_000,
    async stop() {
      await sql.end();
      await postgres.stop();
    },
  };
}

function childrenOf(parent: number): number[] {
  const tasks = join('/proc', String(parent), 'task', String(parent), 'children');
  return read(tasks).split(' ').filter(Boolean).map(Number);
}

/** User and system ticks of 10 ms; with those of children that have ended. */
function ticksOf(pid: number, withEnded: boolean): number {
  const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ').map(Number) ?? [];
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = fields.slice(11, 15);
  return user + system + (withEnded ? endedUser + endedSystem : 0);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // the process has ended meanwhile, or the system has no /proc
  }
}

/** A socket directory travels as the `host` parameter. */
function urlOf({ host, port, user, password, database }: Connection): string {
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  return `postgres://${login}@/${encodeURIComponent(database)}?host=${encodeURIComponent(host)}&port=${port}`;
}
