import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity } from './process-table.ts';
import { StartError } from './start-error.ts';

interface Holder {
  readonly pid: number;
  /** From `identity`; null once released. */
  readonly identity: string | null;
}

/**
 * Takes the data directory for this process: one server per directory. The lock is the file `lock-<n>` with the
 * highest n. It is taken by creating the next number, which only one process can do, so that two who find the same
 * stale lock cannot both take it over. A lock is stale when its holder's pid is dead or belongs to another process now.
 * Throws StartError when a living process holds it.
 */
export function takeLock(directory: string): { release(): void } {
  const mine = join(directory, `lock.${process.pid}.tmp`);
  for (;;) {
    const newest = numbers(directory).at(-1) ?? 0;
    const holder = newest === 0 ? null : read(directory, newest);
    if (holder === 'gone') continue;
    if (holder !== null && holder.identity !== null && identity(holder.pid) === holder.identity) {
      throw new StartError(
        `Another Tidemark (process ${holder.pid}) already works in this DATA_DIR: stop it first, or give this one a DATA_DIR of its own.`,
      );
    }
    const number = newest + 1;
    if (!create(directory, mine, number)) continue;
    const all = numbers(directory);
    if (all.at(-1) !== number) {
      rmSync(join(directory, `lock-${number}`), { force: true });
      continue;
    }
    for (const old of all.slice(0, -1)) rmSync(join(directory, `lock-${old}`), { force: true });
    return { release: () => release(directory, mine, number) };
  }
}

function create(directory: string, temporary: string, number: number): boolean {
  const holder: Holder = { pid: process.pid, identity: identity(process.pid) };
  writeFileSync(temporary, JSON.stringify(holder), { mode: 0o600 });
  try {
    // A link appears with its content, and fails when the name is taken.
    linkSync(temporary, join(directory, `lock-${number}`));
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The number stays, so that numbers only grow; the holder goes. */
function release(directory: string, temporary: string, number: number): void {
  writeFileSync(temporary, JSON.stringify({ pid: process.pid, identity: null } satisfies Holder));
  renameSync(temporary, join(directory, `lock-${number}`));
}

function read(directory: string, number: number): Holder | 'gone' {
  let text: string;
  try {
    text = readFileSync(join(directory, `lock-${number}`), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return { pid: 0, identity: null }; // emptied by a power cut: nobody holds it any more
  }
}

function numbers(directory: string): number[] {
  return readdirSync(directory)
    .map((name) => /^lock-(\d+)$/.exec(name)?.[1])
    .filter((match) => match !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}
