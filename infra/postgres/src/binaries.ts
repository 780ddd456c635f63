import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Distribution, executable } from './platform.ts';
import type { Runner } from './runner.ts';
import { StartError } from './start-error.ts';

/**
 * The root of a distribution that the runner can execute: the package itself, or, where the account cannot reach
 * node_modules, a copy in `directory`, made once per version. Throws StartError when Postgres does not run here.
 */
export function usableBinaries(distribution: Distribution, runner: Runner, directory: string): string {
  const version = (root: string) => runner.try(executable(root, 'postgres'), ['--version']);
  if (version(distribution.root).ok) return distribution.root;
  const copy = join(directory, `bin-${distribution.version}`);
  if (!existsSync(copy)) {
    for (const old of readdirSync(directory)) {
      if (old.startsWith('bin-')) rmSync(join(directory, old), { recursive: true });
    }
    const fresh = `${copy}.${process.pid}.tmp`;
    cpSync(distribution.root, fresh, { recursive: true, verbatimSymlinks: true });
    chmodSync(fresh, 0o755);
    renameSync(fresh, copy);
  }
  const tried = version(copy);
  if (tried.ok) return copy;
  throw new StartError(
    `The embedded Postgres does not run on this machine (${tried.said.split('\n')[0]}): set DATABASE_URL to a PostgreSQL of version 15 or newer.`,
  );
}
