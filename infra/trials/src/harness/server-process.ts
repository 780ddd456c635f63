import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { furnish } from './furnished.ts';
import { lastingPort } from './ports.ts';

const main = fileURLToPath(new URL('../../../../apps/server/src/main.ts', import.meta.url));

/** A server as users run it: a process of its own on a data directory. Whatever is killed, `stderr` tells the story. */
export interface ServerProcess {
  readonly origin: string;
  readonly pid: number;
  /** Resolves when the process has ended, to its exit code or signal. */
  readonly ended: Promise<number | string>;
  /** The last lines it logged. */
  log(): string;
  signal(name: NodeJS.Signals): void;
}

/** Starts a server and waits for its ready line; `began` hears its pid before. Rejects with its log when it ends before. */
export async function startServer(
  dataDir: string,
  environment: Record<string, string> = {},
  began: (pid: number) => void = () => undefined,
): Promise<ServerProcess> {
  if (environment.DATABASE_URL === undefined) furnish(dataDir);
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH ?? '',
      ...(process.env.NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
      HOST: '127.0.0.1',
      PORT: environment.PORT ?? String(await lastingPort()),
      DATA_DIR: dataDir,
      LOG_LEVEL: 'info',
      ...environment,
    },
    // The channel ends with this process, whatever ends it, and the server stops itself then.
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // A Ctrl-C is for the trial, which then ends what it has begun.
    detached: true,
  });
  if (child.pid !== undefined) began(child.pid);
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as number | string);
  const lines: string[] = [];
  createInterface({ input: child.stderr! }).on('line', (line) => {
    lines.push(line);
    if (lines.length > 400) lines.shift();
  });
  const log = () => lines.join('\n');
  const origin = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const ready = /^Tidemark is ready at (http:\S+)$/.exec(line);
      if (ready) resolve(ready[1]!);
    });
    ended.then(
      (how) => reject(new Error(`the server ended (${how}) before it was ready:\n${log()}`)),
      reject,
    );
  });
  return { origin, pid: child.pid!, ended, log, signal: (name) => process.kill(child.pid!, name) };
}

/** Every process of the embedded Postgres that belongs to `dataDir`, the postmaster first. Empty when none runs. */
export function postgresPids(dataDir: string): number[] {
  const file = findPidFile(dataDir, 3);
  if (!file) return [];
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (!alive(postmaster)) return [];
  return [postmaster, ...childrenOf(postmaster)];
}

/** SIGKILL to the server, to Postgres, or to all of both at once, as a power cut would. Resolves when they are gone. */
export async function killAll(
  server: ServerProcess,
  dataDir: string,
  what: 'server' | 'postgres' | 'all',
): Promise<void> {
  const postgres = what === 'server' ? [] : postgresPids(dataDir);
  if (what !== 'postgres') signalIfThere(server.pid, 'SIGKILL');
  for (const pid of postgres) signalIfThere(pid, 'SIGKILL');
  if (what !== 'postgres') await server.ended;
}

function findPidFile(directory: string, depth: number): string | null {
  const here = join(directory, 'postmaster.pid');
  if (existsSync(here)) return here;
  if (depth === 0) return null;
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const found = entry.isDirectory() && findPidFile(join(directory, entry.name), depth - 1);
    if (found) return found;
  }
  return null;
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => statOf(pid)?.parent === parent);
}

function alive(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== null && stat.state !== 'Z';
}

function statOf(pid: number): { state: string; parent: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    return { state: fields[0]!, parent: Number(fields[1]) };
  } catch {
    return null; // it ended between the listing and the reading
  }
}

/** To a process that may have ended already. */
export function signalIfThere(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
