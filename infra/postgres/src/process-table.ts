import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

const linux = process.platform === 'linux';

/**
 * What tells this process from any other that had or will have its pid: boot and start time. Null when no such
 * process lives; a zombie does not live. On Windows only "lives" is known.
 */
export function identity(pid: number): string | null {
  if (linux) {
    const found = stat(pid);
    return found === null ? null : `${bootId()}:${found.started}`;
  }
  if (process.platform === 'win32') {
    try {
      process.kill(pid, 0);
      return 'lives';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'lives' : null;
    }
  }
  const line = ps(pid, 'stat=,lstart=');
  return line === null || line.startsWith('Z') ? null : line.slice(line.indexOf(' ')).trim();
}

/**
 * The Postgres processes that work in `directory` (Postgres makes its data directory its working directory, and keeps it there
 * when the directory is moved). Where the system cannot tell (no /proc), only `candidate` is looked at, by its command line.
 */
export function postgresIn(directory: string, candidate: number | null): number[] {
  if (!linux) {
    if (candidate === null || process.platform === 'win32') return [];
    return ps(candidate, 'command=')?.includes(directory) ? [candidate] : [];
  }
  const place = realpathSync(directory);
  const found: number[] = [];
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const name = stat(pid)?.name;
    if (name !== 'postgres' && name !== 'initdb') continue;
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) === place) found.push(pid);
    } catch {
      // It ended while we looked, or belongs to somebody else: not ours either way.
    }
  }
  return found;
}

/** Signals; false when the process has gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    process.kill(pid, name);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function stat(pid: number): { name: string; started: string } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null; // no such process
  }
  // The name stands in parentheses and may hold anything, so count from the last one.
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  const state = fields[0];
  if (state === 'Z' || state === 'X' || state === 'x') return null;
  return { name: text.slice(text.indexOf('(') + 1, end), started: fields[19] ?? '' };
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function ps(pid: number, columns: string): string | null {
  try {
    return execFileSync('ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return null; // ps fails when there is no such process
  }
}
