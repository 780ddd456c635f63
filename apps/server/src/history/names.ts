import { type Database, inTenant } from '@tidemark/database';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';

/** Who did something; without an id it was the server itself. */
export interface Author {
  readonly id: string | null;
  readonly name: string;
}

/** Whoever is gone, and was never called by a name here. */
const somebody = 'Somebody';
const server = 'Tidemark';

/** How people are called who have worked in a company, some of whom have left it. */
export interface Names {
  of(reader: Reader, userIds: Iterable<string | null>): Promise<(userId: string | null) => Author>;
  /** Keeps the names of those who worked in a document, for the time when their accounts are gone. */
  remember(documentId: string, userIds: readonly string[]): Promise<void>;
}

export function createNames({ app }: Pick<Database, 'app'>): Names {
  return {
    async of({ tenant }, userIds) {
      const ids = [...new Set(userIds)].filter((id) => id !== null);
      const names = new Map<string, string>();
      if (ids.length > 0) {
        await inTenant(app, tenant, async (tx) => {
          const { rows } = await sql<{ id: string; name: string }>`
            select w.user_id as id, w.name from history_writers w where w.user_id = any (${ids}::text[])
            union all
            select u.id, u.name from auth."user" u where u.id = any (${ids}::text[])`.execute(tx);
          // The later ones are those of today.
          for (const { id, name } of rows) names.set(id, name);
        });
      }
      return (id) => ({ id, name: id === null ? server : (names.get(id) ?? somebody) });
    },

    async remember(documentId, userIds) {
      if (userIds.length === 0) return;
      await inTenant(app, { companyId: null, userId: null }, async (tx) => {
        await sql`select tidemark.enter_companies_of(${[documentId]}::uuid[])`.execute(tx);
        await sql`
          insert into history_writers as w (company_id, user_id, name)
          select d.company_id, u.id, u.name from documents d, auth."user" u
            where d.id = ${documentId} and u.id = any (${[...userIds]}::text[])
            order by u.id
          on conflict (company_id, user_id) do update set name = excluded.name where w.name <> excluded.name`.execute(
          tx,
        );
      });
    },
  };
}
