import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { clearLeftovers } from './leftovers.ts';
import { executable } from './platform.ts';
import { give, type Runner } from './runner.ts';
import { StartError } from './start-error.ts';

/** The bootstrap superuser; used by the supervisor alone. */
export const superuser = 'postgres';

/**
 * Makes the cluster at `dataPath` unless it is there. It is made beside and renamed, so a kill at any moment leaves
 * either no cluster or a whole one. Throws StartError when the cluster belongs to another major version.
 */
export async function ensureCluster(options: {
  readonly directory: string;
  readonly dataPath: string;
  readonly password: string;
  readonly binaries: string;
  readonly major: number;
  readonly runner: Runner;
}): Promise<void> {
  const { directory, dataPath, runner } = options;
  await sweep(directory);
  if (existsSync(dataPath)) {
    const found = readFileSync(join(dataPath, 'PG_VERSION'), 'utf8').trim();
    if (found === String(options.major)) return;
    throw new StartError(
      `The data in ${dataPath} was written by PostgreSQL ${found}, and this Tidemark brings ${options.major}: run the Tidemark that wrote it, or move the data with pg_upgrade or a dump.`,
    );
  }
  const fresh = join(directory, `init-${process.pid}`);
  mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = join(directory, `init-password-${process.pid}`);
  writeFileSync(passwordFile, `${options.password}\n`, { mode: 0o600 });
  give(fresh, runner.account);
  give(passwordFile, runner.account);
  try {
    await initdb(options.binaries, fresh, passwordFile, runner);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, dataPath);
  sync(directory);
}

/** The superuser's password: made once, kept for this user alone. */
export function ensurePassword(directory: string, name: string): string {
  const path = join(directory, name);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, password, { mode: 0o600, flush: true });
  renameSync(temporary, path);
  sync(directory);
  return password;
}

async function initdb(binaries: string, fresh: string, passwordFile: string, runner: Runner): Promise<void> {
  const child = runner.spawn(
    executable(binaries, 'initdb'),
    [
      `--pgdata=${fresh}`,
      `--username=${superuser}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-instructions',
    ],
    // Its working directory is how a later start finds it should this process be killed meanwhile.
    { cwd: fresh, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } },
  );
  const said = Promise.all([child.stdout, child.stderr].map((stream) => (stream ? text(stream) : '')));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status === 0) return;
  const words = (await said).join('\n');
  if (/No space left on device/.test(words)) {
    throw new StartError(`The disk that holds ${dirname(fresh)} is full: make room and start again.`);
  }
  if (/could not look up effective user ID/.test(words)) {
    // Containers that are given a bare number as their user.
    throw new StartError(
      `This user (${process.getuid?.()}) has no name on this machine, and Postgres needs one: run as a user of /etc/passwd, or set DATABASE_URL.`,
    );
  }
  throw new StartError(`Postgres could not make its data directory: ${lastLine(words)}.`);
}

/** Removes what killed starts left beside the cluster. */
async function sweep(directory: string): Promise<void> {
  for (const name of readdirSync(directory)) {
    if (!name.startsWith('init-') && !name.endsWith('.tmp')) continue;
    const path = join(directory, name);
    if (/^init-\d+$/.test(name)) await clearLeftovers(path);
    rmSync(path, { recursive: true, force: true });
  }
}

const lastLine = (words: string) =>
  words
    .split('\n')
    .filter((line) => /error|fatal|could not|cannot/i.test(line))
    .at(0) ?? 'it ended without a word';

/** A rename holds after a power cut only when its directory was synced. */
function sync(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
