import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Endpoint } from './endpoint.ts';
import { executable } from './platform.ts';
import type { Runner } from './runner.ts';
import { StartError } from './start-error.ts';

const pollMs = 5;
/** Crash recovery after a kill may replay a lot; a start is given up only when Postgres itself ends or hangs this long. */
const readyWithinMs = 300_000;

/** One run of the postmaster. */
export interface Postmaster {
  readonly pid: number;
  /** Resolves when it has ended, however that came. */
  readonly ended: Promise<{ status: number | null; signal: NodeJS.Signals | null }>;
  /** Fast shutdown: running transactions are rolled back, a checkpoint is written. Resolves when it has ended. */
  stop(): Promise<void>;
  /** The same without waiting, for the last moment of this process. */
  stopLater(): void;
}

/** Starts Postgres and resolves when it takes connections. Throws StartError with Postgres's own words when it ends before. */
export async function startPostmaster(options: {
  readonly dataPath: string;
  readonly logPath: string;
  readonly binaries: string;
  readonly endpoint: Endpoint;
  readonly runner: Runner;
}): Promise<Postmaster> {
  const { dataPath, logPath, binaries, endpoint, runner } = options;
  // A file, not a pipe: Postgres must be able to speak when this process has been killed. What it said last time stays beside.
  if (existsSync(logPath)) renameSync(logPath, `${logPath}.1`);
  const log = openSync(logPath, 'w', 0o600);
  let child: ChildProcess;
  try {
    child = runner.spawn(
      executable(binaries, 'postgres'),
      [
        '-D',
        dataPath,
        ...endpoint.settings,
        '-c',
        'log_checkpoints=off',
        '-c',
        'log_timezone=UTC',
        '-c',
        'timezone=UTC',
      ],
      {
        cwd: dataPath,
        // A session of its own: Ctrl-C in a terminal goes to the whole process group, and Postgres is stopped last, by us.
        detached: true,
        stdio: ['ignore', log, log],
        env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' },
      },
    );
  } finally {
    closeSync(log);
  }
  const ended = once(child, 'exit').then(([status, signal]) => ({ status, signal }));
  await Promise.race([once(child, 'spawn'), ended]);
  const pid = child.pid ?? 0;
  await ready(pid, dataPath, logPath, ended);
  const stopLater = () => {
    if (process.platform === 'win32') {
      runner.try(executable(binaries, 'pg_ctl'), ['stop', '-D', dataPath, '-m', 'fast', '-W']);
    } else if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGINT');
      child.kill('SIGCONT');
    }
  };
  return {
    pid,
    ended,
    stopLater,
    async stop() {
      stopLater();
      const firmer = setTimeout(() => child.kill('SIGQUIT'), 30_000);
      await ended;
      clearTimeout(firmer);
    },
  };
}

/** The last line of the pid file turns to "ready"; this is how pg_ctl waits too. */
async function ready(pid: number, dataPath: string, logPath: string, ended: Promise<unknown>): Promise<void> {
  const pidFile = join(dataPath, 'postmaster.pid');
  let over = false;
  void ended.then(() => {
    over = true;
  });
  for (const deadline = Date.now() + readyWithinMs; Date.now() < deadline; ) {
    if (over) throw failure(readFileSync(logPath, 'utf8'), dataPath);
    const lines = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').split('\n') : [];
    if (Number(lines[0]) === pid && lines[7]?.trim() === 'ready') return;
    await pause(pollMs);
  }
  throw new StartError(`Postgres did not become ready within ${readyWithinMs / 1000} s; see ${logPath}.`);
}

function failure(words: string, dataPath: string): StartError {
  if (/No space left on device/.test(words)) {
    return new StartError(`The disk that holds ${dataPath} is full: make room and start again.`);
  }
  const reason = /(?:FATAL|PANIC): {2}(.*)/.exec(words)?.[1] ?? words.trim().split('\n').at(-1);
  return new StartError(`Postgres could not start: ${reason}.`);
}
