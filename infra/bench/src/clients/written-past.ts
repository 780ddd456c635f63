import { answer, type Person } from '@tidemark/trials/harness/people';
import { seededRandom } from '@tidemark/trials/harness/random';
import type pg from 'pg';
import * as Y from 'yjs';

/** A document that nobody has written in yet. */
interface Blank {
  readonly id: string;
  readonly doc: Y.Doc;
}

/** What is to be written, and something that tells one moment from the next. */
export interface Writing {
  /** One entry of the log each. */
  readonly edits: readonly ((doc: Y.Doc) => void)[];
  readonly weigh: (doc: Y.Doc) => number;
}

/** A document whose log was written over months, by several people in turn. */
export interface WrittenPast {
  readonly id: string;
  /** LSNs of the first edit and of the last. */
  readonly first: number;
  readonly head: number;
  /** Of the updates alone. */
  readonly bytes: number;
  /** What was weighed after each edit. */
  readonly weights: Uint32Array;
}

/** An entry that waits to be stored. */
interface Entry {
  readonly update: Uint8Array;
  readonly userId: string;
  readonly clientId: number;
  readonly at: number;
}

/** Rows that follow the older of the two checkpoints for loads, and so stay rows. */
export const restEntries = 2_000;
const perInsert = 5_000;
const aMinute = 60_000;
const span = 180 * 24 * 60 * aMinute;

export async function createBlank(
  origin: string,
  person: Person,
  kind: 'estimate' | 'dashboard',
): Promise<Blank> {
  const made = person.call(origin, 'POST', '/api/documents', { kind, title: `Written, ${kind}` });
  const { id } = await answer<{ id: string }>(made, 201);
  const state = await person.call(origin, 'GET', `/api/documents/${id}/state`);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(await state.arrayBuffer()));
  return { id, doc };
}

/**
 * Writes as if it had been done over half a year: sessions of work of some hundred edits, hours apart, by one of the authors (ids of users)
 * each, the last one yesterday. By the owner of the database, for times are not the application's to set; no server may have the document open.
 */
export async function writePast(
  sql: pg.Client,
  { id, doc }: Blank,
  authors: readonly string[],
  { edits, weigh }: Writing,
): Promise<WrittenPast> {
  const { rows } = await sql.query<{ head: string }>(
    `select head, set_config('tidemark.company', company_id::text, false) from tidemark.documents where id = $1`,
    [id],
  );
  const first = Number(rows[0]?.head) + 1;
  const head = first + edits.length - 1;
  const weights = new Uint32Array(edits.length);
  const times = timesOf(edits.length, authors);
  let waiting: Entry[] = [];
  let stored = first - 1;
  let bytes = 0;
  let when = times[0]!;
  doc.on('update', (update: Uint8Array) => {
    bytes += update.byteLength;
    waiting.push({ update, userId: when.author, clientId: doc.clientID, at: when.at });
  });
  const clients = new Map(authors.map((author) => [author, new Y.Doc().clientID]));
  for (const [n, edit] of edits.entries()) {
    when = times[n]!;
    doc.clientID = clients.get(when.author)!;
    doc.transact(() => edit(doc));
    weights[n] = weigh(doc);
    const last = stored + waiting.length;
    if (last !== first + n) throw new Error(`edit ${n} made more or less than one update`);
    if (waiting.length === perInsert || last === head - restEntries || last === head) {
      await insert(sql, id, stored, waiting);
      stored = last;
      waiting = [];
    }
    if (last === head - restEntries || last === head) await keepState(sql, id, last, doc);
  }
  await sql.query(
    `update tidemark.documents set head = $2, log_bytes = log_bytes + $3, updated_at = to_timestamp($4) where id = $1`,
    [id, head, bytes, when.at / 1_000],
  );
  return { id, first, head, bytes, weights };
}

interface When {
  readonly at: number;
  readonly author: string;
}

/** Seeded: pauses of a second or so, sessions of 200 to 1,400 edits by one author each, and hours between them; the last is of yesterday. */
function timesOf(edits: number, authors: readonly string[]): When[] {
  const random = seededRandom(259_778);
  const pauseBetween = Math.max(20 * aMinute, span / (edits / 800));
  const times: When[] = [];
  let at = 0;
  let left = 0;
  let author = '';
  while (times.length < edits) {
    if (left === 0) {
      left = 200 + Math.floor(random() * 1_200);
      at += pauseBetween * (0.5 + random());
      author = authors[Math.floor(random() * authors.length)] ?? '';
    }
    left -= 1;
    at += 100 + Math.floor(random() * 1_000);
    times.push({ at, author });
  }
  const yesterday = Date.now() - 24 * 60 * aMinute;
  return times.map((when) => ({ ...when, at: Math.floor(yesterday - at + when.at) }));
}

async function insert(sql: pg.Client, id: string, after: number, entries: readonly Entry[]): Promise<void> {
  await sql.query(
    `insert into tidemark.document_updates (document_id, lsn, epoch, company_id, update, user_id, client_id, stored_at)
     select d.id, $2 + e.n, d.epoch, d.company_id, e.update, e.author, e.client, to_timestamp(e.at / 1000)
     from tidemark.documents d,
       unnest($3::bytea[], $4::text[], $5::bigint[], $6::float8[]) with ordinality as e (update, author, client, at, n)
     where d.id = $1`,
    [
      id,
      after,
      entries.map(({ update }) => Buffer.from(update)),
      entries.map(({ userId }) => userId),
      entries.map(({ clientId }) => clientId),
      entries.map(({ at }) => at),
    ],
  );
}

async function keepState(sql: pg.Client, id: string, lsn: number, doc: Y.Doc): Promise<void> {
  await sql.query(
    `insert into tidemark.document_checkpoints (document_id, lsn, epoch, company_id, state)
     select d.id, $2, d.epoch, d.company_id, $3 from tidemark.documents d where d.id = $1`,
    [id, lsn, Buffer.from(Y.encodeStateAsUpdate(doc))],
  );
}
