import type pg from 'pg';
import { DatabaseSetupError } from './setup-error.ts';

/** Roles belong to the cluster, not to the database, so they are looked after at every start, not by a migration. */
const roles = ['tidemark_app', 'tidemark_auth', 'tidemark_definer'] as const;

const attempts = 20;
const raced = new Set(['XX000', '23505', '42710']);

/**
 * Makes the roles and lets the login role act as them. Several databases of one cluster may do so at once: advisory
 * locks are per database, so whoever loses a race looks again. Throws DatabaseSetupError when the login role may not.
 */
export async function ensureRoles(client: pg.ClientBase): Promise<void> {
  for (const role of roles) {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await ensureRole(client, role);
        break;
      } catch (error) {
        const { code } = error as pg.DatabaseError;
        if (code === '42501') throw notAllowed(role, error);
        if (!raced.has(code ?? '') || attempt === attempts) throw error;
      }
    }
  }
}

async function ensureRole(client: pg.ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<{ exists: boolean; member: boolean }>(
    `select r.oid is not null as exists, r.oid is not null and pg_has_role(current_user, r.oid, 'member') as member
     from (values ($1::text)) as wanted (name) left join pg_roles r on r.rolname = wanted.name`,
    [role],
  );
  if (rows[0]?.exists !== true) await client.query(`create role ${role} nologin nosuperuser nobypassrls`);
  if (rows[0]?.member !== true) await client.query(`grant ${role} to current_user`);
}

function notAllowed(role: string, cause: unknown): DatabaseSetupError {
  return new DatabaseSetupError(
    `The role of DATABASE_URL may not create or act as the role ${role}: as a superuser run "alter role <that role> createrole", or create ${roles.join(', ')} (nologin) and grant them to it, then start again.`,
    { cause },
  );
}
