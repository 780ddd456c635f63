import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Connection } from './connection.ts';

/** A server process that only runs Postgres, to be killed by a test. */
export interface Server {
  readonly child: ChildProcess;
  readonly connection: Connection;
  /** The postmaster's. */
  readonly pid: number;
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>;
}

export const ordinary = { uid: 65_534, gid: 65_534 };
export const asRoot = process.getuid?.() === 0;

/** Answers SIGTERM and SIGINT with one query and an orderly stop. */
const script = (dataDir: string) => `
  const { startPostgres } = await import(${JSON.stringify(fileURLToPath(new URL('./index.ts', import.meta.url)))});
  const pg = (await import(${JSON.stringify(import.meta.resolve('pg'))})).default;
  const log = { info() {}, warn() {}, error() {} };
  try {
    const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log });
    const stop = async () => {
      const client = new pg.Client(postgres.connection);
      await client.connect();
      console.log(JSON.stringify((await client.query('select 1 as still')).rows[0]));
      await client.end();
      await postgres.stop();
      process.exit(0);
    };
    process.on('SIGTERM', stop).on('SIGINT', stop);
    console.log(JSON.stringify({ connection: postgres.connection, pid: postgres.pid }));
    setInterval(() => undefined, 60_000);
  } catch (error) {
    console.log(JSON.stringify({ sentence: error.sentence ?? null, message: error.message }));
    process.exit(1);
  }`;

const living = new Set<ChildProcess>();

/** Ends, in order, what a failed test left running. */
export async function endAll(): Promise<void> {
  for (const child of living) {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }
}

/** A process that begins to start; its first line tells how that went. `as` an ordinary user when this one is root. */
export function launch(dataDir: string, as: 'self' | 'ordinary' = 'self') {
  const args = ['--input-type=module', '--eval', script(dataDir)];
  const options = {
    stdio: ['ignore', 'pipe', 'inherit'] as ['ignore', 'pipe', 'inherit'],
    detached: true,
    cwd: '/',
  };
  const child =
    as === 'ordinary' && asRoot
      ? spawn(...ordinaryCommand(args), options)
      : spawn(process.execPath, args, options);
  const ended = once(child, 'exit');
  living.add(child);
  void ended.then(() => living.delete(child));
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const line = async () => JSON.parse((await lines.next()).value ?? 'null') as Record<string, unknown> | null;
  return { child, line, ended };
}

export async function start(dataDir: string, as: 'self' | 'ordinary' = 'self'): Promise<Server> {
  const { child, line, ended } = launch(dataDir, as);
  const said = (await line()) as { connection: Connection; pid: number; message?: string } | null;
  if (said?.connection === undefined) throw new Error(`Did not start: ${said?.message}`);
  return { child, ended, connection: said.connection, pid: said.pid };
}

export async function query<T extends pg.QueryResultRow>(connection: Connection, text: string): Promise<T[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

export function makeDirectory(as: 'self' | 'ordinary' = 'self'): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'tidemark-pg-'));
  if (as === 'ordinary' && asRoot) chownSync(path, ordinary.uid, ordinary.gid);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Directly when that user can reach this checkout, else with the one capability that lets it. */
function ordinaryCommand(args: readonly string[]): [string, string[]] {
  const { uid, gid } = ordinary;
  const drop = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'];
  const here = fileURLToPath(import.meta.url);
  const { status } = spawnSync('setpriv', [...drop, 'test', '-r', here]);
  const lend = status === 0 ? [] : ['--inh-caps=-all,+dac_override', '--ambient-caps=-all,+dac_override'];
  return ['setpriv', [...drop, ...lend, '--', process.execPath, ...args]];
}
