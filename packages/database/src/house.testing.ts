import { createHash, randomUUID } from 'node:crypto';
import { packEntries } from '@tidemark/history';
import { createTestDatabase } from '@tidemark/postgres/testing';
import type { Log, LogEntry } from '@tidemark/sync';
import { sql } from 'kysely';
import pg from 'pg';
import { type Connection, type Database, type DocumentKind, inTenant, openDatabase } from './index.ts';
import { brotli } from './packer.ts';

/** What a test wrote to the journal, by event. */
export interface HeardJournal extends Log {
  readonly events: string[];
  /** Resolves the next time the event is written. */
  next(event: string): Promise<void>;
}

export function createJournal(): HeardJournal {
  const events: string[] = [];
  const waiting = new Map<string, () => void>();
  const hear = (event: string) => {
    events.push(event);
    waiting.get(event)?.();
    waiting.delete(event);
  };
  const next = (event: string) => new Promise<void>((resolve) => void waiting.set(event, resolve));
  return { events, next, debug: hear, info: hear, warn: hear, error: hear };
}

export interface Household {
  readonly companyId: string;
  readonly spaceId: string;
  readonly userId: string;
}

export async function createPerson(database: Database): Promise<string> {
  const id = randomUUID();
  await database.auth
    .insertInto('user')
    .values({ id, name: 'Ada', email: `${id}@example.org` })
    .execute();
  return id;
}

export async function createHousehold(database: Database): Promise<Household> {
  const userId = await createPerson(database);
  return inTenant(database.app, { companyId: null, userId }, async (tx) => {
    const { rows } = await sql<{ company_id: string; space_id: string }>`
      select company_id, space_id from create_company('Acme Roofing')`.execute(tx);
    return { companyId: rows[0]!.company_id, spaceId: rows[0]!.space_id, userId };
  });
}

export async function createDocument(
  database: Database,
  { companyId, spaceId, userId }: Household,
  kind: DocumentKind = 'dashboard',
): Promise<string> {
  const { id } = await inTenant(database.app, { companyId, userId }, (tx) =>
    tx
      .insertInto('documents')
      .values({
        company_id: companyId,
        space_id: spaceId,
        kind,
        title: 'Sales',
        created_by: userId,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}

/** Packs what may be packed, as one segment or several; returns how far. */
export async function packAll(database: Database, documentId: string, atOnce = Infinity): Promise<number> {
  for (;;) {
    const place = await database.history.place(documentId);
    if (place === null || place.packable <= place.packed) return place?.packed ?? 0;
    const ends = [...place.lives.map(({ after }) => after), place.packable];
    const end = ends.find((lsn) => lsn > place.packed) ?? 0;
    const { rows } = await database.history.entries(
      documentId,
      place.packed,
      Math.min(end, place.packed + atOnce),
    );
    // Somebody else may pack at the same time.
    if (rows[0]?.lsn === place.packed + 1) await database.history.pack(documentId, toSegment(rows));
  }
}

/** Entries as what `pack` takes. */
export function toSegment(entries: readonly LogEntry[]) {
  const updates = createHash('sha256');
  for (const { update } of entries) updates.update(update);
  return {
    first: entries[0]!.lsn,
    last: entries.at(-1)!.lsn,
    content: packEntries(entries, brotli),
    sha256: updates.digest(),
  };
}

export interface TestHouse {
  readonly connection: Connection;
  readonly database: Database;
  readonly journal: HeardJournal;
  /** The login role, which sees the catalog; the tables' policies bind it too. */
  readonly owner: pg.Client;
  close(): Promise<void>;
}

/** A migrated database of the test file's own. */
export async function openTestHouse(): Promise<TestHouse> {
  const made = await createTestDatabase();
  const journal = createJournal();
  const database = openDatabase({ connection: made.connection, journal });
  await database.migrate();
  const owner = new pg.Client(made.connection);
  await owner.connect();
  return {
    connection: made.connection,
    database,
    journal,
    owner,
    async close() {
      await owner.end();
      await database.close();
      await made.drop();
    },
  };
}
