import type { Log } from '@tidemark/sync';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';

/** How to reach a PostgreSQL of version 15 or newer: fields, or a URL (TLS by its `sslmode`, as pg reads it). */
export type Connection = string | ConnectionFields;

export interface ConnectionFields {
  readonly host: string;
  readonly port?: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The roles of a session besides the login role itself, see docs/storage.md. */
type SessionRole = 'tidemark_app' | 'tidemark_auth';

export interface SessionSettings {
  /** Null: the login role, which owns the tables. */
  readonly role: SessionRole | null;
  readonly searchPath: string;
  /** Milliseconds a statement may run; null: as long as it needs. */
  readonly statementTimeout: number | null;
}

const int8 = 20;

/** LSNs, sizes and counts stay far below 2^53, so int8 is read as a number. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
};

/** What every client of ours has: its role set by the server before the first statement, and a life sign on the wire. */
export function clientConfig(connection: Connection, session: SessionSettings): pg.ClientConfig {
  const base: pg.ClientConfig =
    typeof connection === 'string' ? parseIntoClientConfig(connection) : { ...connection };
  return {
    ...base,
    types,
    application_name: 'tidemark',
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    options: [base.options ?? '', ...startupOptions(session)].join(' ').trim(),
  };
}

/**
 * A pool whose clients may die without harm, idle or lent out: the next query opens a new one. Of a lent client the pool hears
 * one error at most, and its borrower's query fails; an error that nobody hears would end the process.
 */
export function openPool(
  connection: Connection,
  session: SessionSettings,
  limits: pg.PoolConfig,
  journal: Log,
): pg.Pool {
  const pool = new pg.Pool({ ...clientConfig(connection, session), ...limits });
  pool.on('error', (error) => journal.warn('database.connection-lost', { error }));
  pool.on('connect', (client) => {
    client.on('error', (error) => journal.debug('database.connection-error', { error }));
  });
  return pool;
}

function startupOptions({ role, searchPath, statementTimeout }: SessionSettings): string[] {
  const settings = [`search_path=${searchPath}`, 'timezone=UTC', 'idle_in_transaction_session_timeout=60s'];
  if (role !== null) settings.push(`role=${role}`);
  if (statementTimeout !== null) settings.push(`statement_timeout=${statementTimeout}`);
  return settings.map((setting) => `-c ${setting}`);
}
