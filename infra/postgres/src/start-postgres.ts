import { mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { usableBinaries } from './binaries.ts';
import { ensureCluster, ensurePassword, superuser } from './cluster.ts';
import type { Connection } from './connection.ts';
import { takeLock } from './data-lock.ts';
import { openEndpoint } from './endpoint.ts';
import type { Journal } from './journal.ts';
import { clearLeftovers } from './leftovers.ts';
import { ensureLogin } from './login.ts';
import { findDistribution } from './platform.ts';
import { startPostmaster } from './postmaster.ts';
import { chooseRunner, give } from './runner.ts';
import { explain } from './start-error.ts';
import { type SupervisorState, supervise } from './supervisor.ts';

export interface Postgres {
  /** An ordinary role that owns its database and may create roles; never a superuser. */
  readonly connection: Connection;
  /** The postmaster's, null while there is none. Changes when it is restarted. */
  readonly pid: number | null;
  readonly state: SupervisorState;
  /** Stops Postgres in order and frees the directory. Safe to call twice. */
  stop(): Promise<void>;
  /** Resolves when the supervisor has stopped for good, after `stop()`. */
  readonly exited: Promise<void>;
}

/**
 * Starts the embedded Postgres on `dataDir` and keeps it running: when it dies alone it is started again. Throws
 * StartError, with one sentence that says what to do, when it cannot.
 */
export async function startPostgres(options: { dataDir: string; log: Journal }): Promise<Postgres> {
  const dataDir = resolve(options.dataDir);
  try {
    return await start(dataDir, options.log);
  } catch (error) {
    throw explain(error, dataDir);
  }
}

async function start(dataDir: string, log: Journal): Promise<Postgres> {
  const distribution = findDistribution();
  // Others may pass through, for as root Postgres runs as one of them; what lies inside is closed to them.
  mkdirSync(dataDir, { recursive: true, mode: 0o711 });
  mkdirSync(join(dataDir, 'postgres'), { recursive: true, mode: 0o700 });
  const directory = realpathSync(join(dataDir, 'postgres'));
  const dataPath = join(directory, 'data');
  const lock = takeLock(directory);
  try {
    const runner = chooseRunner(directory, dataPath);
    const binaries = usableBinaries(distribution, runner, directory);
    const password = ensurePassword(directory, 'superuser-password');
    const loginPassword = ensurePassword(directory, 'password');
    const { major } = distribution;
    await ensureCluster({ directory, dataPath, password, binaries, major, runner });
    const endpoint = await openEndpoint(directory, runner.account);
    const { host, port } = endpoint;
    const connection = { host, port, user: 'tidemark', password: loginPassword, database: 'tidemark' };
    // What a start as root made must be open to a later start as the ordinary user whose data this is.
    for (const name of readdirSync(directory)) give(join(directory, name), runner.account);
    const supervisor = await supervise(async () => {
      if ((await clearLeftovers(dataPath)) === 'stopped') log.info('postgres.leftover-stopped');
      endpoint.clear();
      const logPath = join(directory, 'postgres.log');
      return startPostmaster({ dataPath, logPath, binaries, endpoint, runner });
    }, log);
    const release = () => {
      endpoint.remove();
      lock.release();
    };
    try {
      await ensureLogin({ host, port, user: superuser, password, database: 'postgres' }, connection);
    } catch (error) {
      await supervisor.stop();
      endpoint.remove();
      throw error;
    }
    const exited = supervisor.exited.then(release);
    return {
      connection,
      get pid() {
        return supervisor.pid;
      },
      get state() {
        return supervisor.state;
      },
      exited,
      async stop() {
        await supervisor.stop();
        await exited;
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
