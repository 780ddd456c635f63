import pg from 'pg';
import type { Connection } from './connection.ts';

/**
 * Makes the role and the database that Tidemark works with, unless they are there. The role is like one that a hosting
 * provider gives: it owns its database and may create roles and databases, and row-level security binds it.
 */
export async function ensureLogin(admin: Connection, wanted: Connection): Promise<void> {
  const client = new pg.Client({ ...admin, connectionTimeoutMillis: 30_000 });
  await client.connect();
  try {
    const user = client.escapeIdentifier(wanted.user);
    const database = client.escapeIdentifier(wanted.database);
    const role = await client.query('select from pg_roles where rolname = $1', [wanted.user]);
    const verb = role.rowCount === 0 ? 'create' : 'alter';
    await client.query(
      `${verb} role ${user} login nosuperuser createrole createdb password ${client.escapeLiteral(wanted.password)}`,
    );
    const found = await client.query('select from pg_database where datname = $1', [wanted.database]);
    if (found.rowCount === 0) await client.query(`create database ${database} owner ${user}`);
  } finally {
    await client.end();
  }
}
