import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@tidemark/sync';
import { Kysely, PostgresDialect } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { type Connection, clientConfig, openPool } from './connection.ts';
import { migrations } from './migrations/index.ts';
import { ensureRoles } from './roles.ts';
import { DatabaseSetupError } from './setup-error.ts';

const session = { role: null, searchPath: 'public', statementTimeout: null } as const;
/** Any number, as long as it stays: whoever migrates this database holds it. */
const migrationLock = 7_433_625_910_447;
const oldestVersion = 150_000;
/** SQLSTATE of a server that does not take connections yet. */
const stillStarting = '57P03';
const startingWithinMs = 60_000;
const startingPollMs = 250;

/**
 * Brings the database to the newest shape. Two processes may start at once: the second waits, then finds nothing to do.
 * Throws DatabaseSetupError with one sentence when the server or the login role is not fit for it.
 */
export async function migrate(connection: Connection, journal: Log): Promise<void> {
  const client = await reach(connection, journal);
  try {
    await checkVersion(client);
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    await ensureRoles(client);
    await runMigrations(connection, journal);
  } finally {
    await client.end();
  }
}

/** Connects. A server that is still starting (after a crash it replays its log) is waited for. */
async function reach(connection: Connection, journal: Log): Promise<pg.Client> {
  for (const deadline = Date.now() + startingWithinMs; ; await pause(startingPollMs)) {
    const client = new pg.Client(clientConfig(connection, session));
    client.on('error', (error) => journal.warn('database.connection-lost', { error }));
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end();
      const { code } = error as pg.DatabaseError;
      if (code !== stillStarting || Date.now() > deadline) throw unreachable(error);
      journal.info('database.starting', { error });
    }
  }
}

async function runMigrations(connection: Connection, journal: Log): Promise<void> {
  const pool = openPool(connection, session, { max: 2 }, journal);
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrator = new Migrator({
      db,
      provider: { getMigrations: async () => ({ ...migrations }) },
      migrationTableSchema: 'tidemark',
    });
    const { error, results } = await migrator.migrateToLatest();
    for (const { migrationName, status } of results ?? []) {
      journal.info('database.migrated', { migration: migrationName, status });
    }
    if (error !== undefined) throw explain(error);
  } finally {
    await db.destroy();
  }
}

async function checkVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; name: string }>(
    "select current_setting('server_version_num')::integer as number, current_setting('server_version') as name",
  );
  const { number, name } = rows[0] ?? { number: 0, name: 'unknown' };
  if (number < oldestVersion) {
    throw new DatabaseSetupError(
      `The database is PostgreSQL ${name}; Tidemark needs version 15 or newer: point DATABASE_URL at one.`,
    );
  }
}

function unreachable(error: unknown): DatabaseSetupError {
  const { message, code } = error as pg.DatabaseError;
  // Some faults of the network have no message of their own, only a code.
  return new DatabaseSetupError(
    `The database cannot be reached (${message || code}): start it, or correct DATABASE_URL.`,
    { cause: error },
  );
}

function explain(error: unknown): unknown {
  const { code, message } = error as pg.DatabaseError;
  if (code === '53100') {
    return new DatabaseSetupError('The disk of the database is full: make room and start again.', {
      cause: error,
    });
  }
  if (code !== '42501') return new Error('A migration failed; nothing of it was kept.', { cause: error });
  return new DatabaseSetupError(
    `The role of DATABASE_URL may not create schemas in its database (${message}): make it the owner, with "alter database <name> owner to <role>", and start again.`,
    { cause: error },
  );
}
