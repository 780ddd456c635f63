import { createHash } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { type HistoryStore, type Segment, unpackEntries } from '@tidemark/history';
import type { Log, LogEntry } from '@tidemark/sync';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { findEarliest, findReach, readBundles } from './bundle-queries.ts';
import { type Connection, openPool } from './connection.ts';
import { brotli } from './packer.ts';
import { findLsn, readEntries, readPlace, readState, toMaterial } from './past-queries.ts';
import { readOpenSessions, readSessions, readStops, saveSessions } from './session-queries.ts';
import type { Tables } from './tables/index.ts';
import type { TenantTransaction } from './tenant.ts';
import { addAutomatic, readAutomatic } from './version-queries.ts';

/** A document on whose past there is work to do. */
export interface HistoryDue {
  readonly documentId: string;
  /** Entries of which no session of work is known. */
  readonly unsettled: number;
  /** Rows that may be packed. */
  readonly packable: number;
  /** Within a second of its last change: milliseconds since 1970. */
  readonly changedAt: number;
}

export interface PostgresHistory extends HistoryStore {
  /** Documents of all companies with entries that are not settled, or at least `rows` that may be packed; by id, after one. */
  due(after: string | null, rows: number, limit: number): Promise<readonly HistoryDue[]>;
  close(): Promise<void>;
}

const session = { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout: null } as const;
const connections = 4;
/** Milliseconds after which a statement is given up, as a read of the log is. */
const longestStatement = 120_000;

/**
 * The past of documents in Postgres, over connections of its own. As the log it works for documents of all companies and enters that of
 * the document; who may ask, its caller knows.
 */
export function openHistory(connection: Connection, journal: Log): PostgresHistory {
  const pool = openPool(connection, session, { max: connections, query_timeout: longestStatement }, journal);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const inDocument = <T>(documentId: string, use: (tx: TenantTransaction) => Promise<T>): Promise<T> =>
    db.transaction().execute(async (tx) => {
      await sql`select tidemark.enter_companies_of(array[${documentId}::uuid])`.execute(tx);
      return use(tx);
    });
  return {
    place: (id) => inDocument(id, (tx) => readPlace(tx, id)),
    stateBefore: (id, lifeAfter, lsn) => inDocument(id, (tx) => readState(tx, id, lifeAfter, lsn)),
    entries: async (id, after, upTo) =>
      toMaterial(await inDocument(id, (tx) => readEntries(tx, id, after, upTo))),
    bundles: (id, after, upTo, bytes) => inDocument(id, (tx) => readBundles(tx, id, after, upTo, bytes)),
    earliest: (id, after, upTo) => inDocument(id, (tx) => findEarliest(tx, id, after, upTo)),
    reach: (id, after, upTo, bytes) => inDocument(id, (tx) => findReach(tx, id, after, upTo, bytes)),
    lsnAt: (id, time) => inDocument(id, (tx) => findLsn(tx, id, time)),
    pack: (id, segment) => pack(db, id, segment),
    keepState: (id, lsn, state) => inDocument(id, (tx) => keepState(tx, id, lsn, state)),
    sessions: (id, before, limit) => inDocument(id, (tx) => readSessions(tx, id, before, limit)),
    openSessions: (id, time) => inDocument(id, (tx) => readOpenSessions(tx, id, time)),
    saveSessions: (id, from, to, sessions) =>
      inDocument(id, (tx) => saveSessions(tx, id, from, to, sessions)),
    stops: (id, after, upTo) => inDocument(id, (tx) => readStops(tx, id, after, upTo)),
    automaticVersions: (id, before, limit) => inDocument(id, (tx) => readAutomatic(tx, id, before, limit)),
    addAutomatic: (id, version) => inDocument(id, (tx) => addAutomatic(tx, id, version)),
    async thin(id, upTo, keep) {
      const { rows } = await sql<{ thinned: boolean }>`
        select tidemark.thin_history(${id}, ${upTo}, ${keep}::uuid[]) as thinned`.execute(db);
      return rows[0]?.thinned === true ? 'thinned' : 'outdated';
    },
    due: (after, rows, limit) => readDue(db, after, rows, limit),
    close: () => db.destroy(),
  };
}

/** What is stored is read back first, by the eyes that will read it later, in some turns of the event loop. */
async function pack(
  db: Kysely<Tables>,
  documentId: string,
  { first, last, content, sha256 }: Segment & { readonly sha256: Uint8Array },
): Promise<'packed' | 'outdated'> {
  const entries = unpackEntries(content, brotli);
  await turn();
  const updates = createHash('sha256').update(Buffer.concat(entries.map(({ update }) => update)));
  await turn();
  const lines = createHash('sha256').update(entries.map(lineOf).join('\n'));
  const readBack = lines.update(updates.digest()).digest();
  const { rows } = await sql<{ packed: boolean }>`
    select tidemark.pack_updates(${documentId}, ${first}, ${last}, ${asBuffer(content)}, ${asBuffer(sha256)}, ${readBack})
      as packed`.execute(db);
  return rows[0]?.packed === true ? 'packed' : 'outdated';
}

/** What an entry is besides its update, as `pack_updates` writes it. */
function lineOf({ lsn, clientId, at, update, userId }: LogEntry): string {
  const line = `${lsn} ${clientId} ${at} ${update.byteLength}`;
  return userId === null ? line : `${line} =${userId}`;
}

async function keepState(
  tx: TenantTransaction,
  documentId: string,
  lsn: number,
  state: Uint8Array,
): Promise<void> {
  await sql`insert into tidemark.history_checkpoints (document_id, lsn, company_id, state)
    select d.id, ${lsn}, d.company_id, ${asBuffer(state)} from tidemark.documents d where d.id = ${documentId} for key share
    on conflict do nothing`.execute(tx);
}

async function readDue(
  db: Kysely<Tables>,
  after: string | null,
  least: number,
  limit: number,
): Promise<HistoryDue[]> {
  const { rows } = await sql<{ document_id: string; unsettled: number; packable: number; changed_at: Date }>`
    select * from tidemark.history_due(${after}, ${least}, ${limit})`.execute(db);
  return rows.map(({ document_id, unsettled, packable, changed_at }) => ({
    documentId: document_id,
    unsettled,
    packable,
    changedAt: changed_at.getTime(),
  }));
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
