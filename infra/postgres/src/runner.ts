import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from './start-error.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Runs Postgres's programs as somebody they accept: Postgres refuses to run as root. */
export interface Runner {
  /** The unprivileged user stood in for, or null when this process is unprivileged itself. */
  readonly account: Account | null;
  spawn(file: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Exit status 0, and what was said if not. */
  try(file: string, args: readonly string[]): { ok: boolean; said: string };
}

/**
 * For the directory that will hold the cluster. Throws StartError when the unprivileged user cannot get there.
 * As root, a cluster that belongs to somebody is run as its owner, a new one as `nobody`.
 */
export function chooseRunner(directory: string, dataPath: string): Runner {
  if (process.getuid?.() !== 0) return plain(null);
  const account = ownerOf(dataPath) ?? nobody();
  give(directory, account);
  const unprivileged = plain(account);
  if (unprivileged.try('/bin/sh', reach(directory)).ok) return unprivileged;
  // The directory lies below a closed home, usually /root. The one right that opens the way is lent, not the user root.
  const lent = viaSetpriv(account);
  if (lent.try('/bin/sh', reach(directory)).ok) return lent;
  throw new StartError(
    `Postgres does not run as root, and the user it would run as cannot reach ${directory}: choose a DATA_DIR outside of closed home directories (for instance /var/lib/tidemark), or start Tidemark as an ordinary user.`,
  );
}

/** Hands a directory and all in it to the account. */
export function give(path: string, account: Account | null): void {
  if (account === null) return;
  const found = lstatSync(path);
  if (found.uid !== account.uid) chownSync(path, account.uid, account.gid);
  if (!found.isDirectory() || found.uid === account.uid) return;
  for (const name of readdirSync(path)) give(join(path, name), account);
}

const reach = (directory: string) => ['-c', 'cd "$1" && test -w .', 'sh', directory];

function plain(account: Account | null): Runner {
  const as = account === null ? {} : { uid: account.uid, gid: account.gid };
  return {
    account,
    spawn: (file, args, options) => spawn(file, args, { ...options, ...as }),
    try: (file, args) => attempt(file, args, as),
  };
}

function viaSetpriv(account: Account): Runner {
  const prefix = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    '--inh-caps=-all,+dac_override',
    '--ambient-caps=-all,+dac_override',
    '--',
  ];
  return {
    account,
    spawn: (file, args, options) => spawn('setpriv', [...prefix, file, ...args], options),
    try: (file, args) => attempt('setpriv', [...prefix, file, ...args], {}),
  };
}

function attempt(file: string, args: readonly string[], as: Partial<Account>) {
  const { status, stderr, error } = spawnSync(file, args, { ...as, cwd: '/', encoding: 'utf8' });
  return { ok: status === 0, said: error?.message ?? stderr.trim() };
}

function ownerOf(path: string): Account | null {
  if (!existsSync(path)) return null;
  const { uid, gid } = statSync(path);
  return uid === 0 ? null : { uid, gid };
}

function nobody(): Account {
  const line = existsSync('/etc/passwd')
    ? readFileSync('/etc/passwd', 'utf8')
        .split('\n')
        .find((entry) => entry.startsWith('nobody:'))
    : undefined;
  const [, , uid, gid] = line?.split(':') ?? [];
  // macOS writes -2; the system call wants it unsigned.
  return { uid: Number(uid ?? 65534) >>> 0, gid: Number(gid ?? 65534) >>> 0 };
}
