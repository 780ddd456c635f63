import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { postgresIn, signal } from './process-table.ts';
import { StartError } from './start-error.ts';

const pollMs = 10;
/** After these, in milliseconds, a postmaster is asked more firmly; at the last the start is given up. */
const patience = { immediate: 20_000, kill: 30_000, giveUp: 40_000 };

/**
 * Ends every Postgres process left in a data directory by a killed run, and the pid file with them. A postmaster that
 * lives on is stopped, not adopted: an adopted one is no child of ours, so its death would go unseen, and it may run
 * older binaries or other settings. A stop and a warm start take a third of a second.
 */
export async function clearLeftovers(dataPath: string): Promise<'none' | 'stopped'> {
  const pidFile = join(dataPath, 'postmaster.pid');
  const began = Date.now();
  const asked = new Map<number, string>();
  if (!existsSync(dataPath)) return 'none';
  for (;;) {
    const postmaster = readPid(pidFile);
    const living = postgresIn(dataPath, postmaster);
    if (living.length === 0) {
      // Nobody is in there, so whatever the file names (a zombie, a stranger that got the number) is not Postgres.
      rmSync(pidFile, { force: true });
      return asked.size === 0 ? 'none' : 'stopped';
    }
    const elapsed = Date.now() - began;
    if (elapsed > patience.giveUp) {
      throw new StartError(
        `An earlier Postgres (process ${living.join(', ')}) works in ${dataPath} and cannot be stopped: end it, then start again.`,
      );
    }
    const [first] = living;
    const head = postmaster !== null && living.includes(postmaster) ? postmaster : null;
    if (head === null || elapsed > patience.kill) {
      // Without a postmaster, its children only finish what nobody waits for.
      for (const pid of living) ask(asked, pid, 'SIGKILL');
    } else {
      ask(asked, head ?? first, elapsed > patience.immediate ? 'SIGQUIT' : 'SIGINT');
    }
    await pause(pollMs);
  }
}

function ask(asked: Map<number, string>, pid: number, name: NodeJS.Signals): void {
  if (asked.get(pid) === name) return;
  asked.set(pid, name);
  // A stopped process hears nothing until it continues.
  if (signal(pid, name)) signal(pid, 'SIGCONT');
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return pid > 0 ? pid : null;
  } catch (error) {
    // A postmaster that is ending removes it between any look and the reading.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
