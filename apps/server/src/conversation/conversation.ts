import { type Database, inTenant, type TenantTransaction } from '@tidemark/database';
import { isRefusal, type Refusal, refuse } from '@tidemark/protocol';
import { sql } from 'kysely';
import type { Reader } from '../company/reader.ts';
import { invalid } from '../http/problems.ts';
import { readChanges } from './changes.ts';
import type { Changes, NewMessage, Words } from './schemas.ts';

/**
 * The conversations of documents. Whether somebody may read a document, and so take part, is for the caller to ask. `changed`
 * is false when all was so before: a request that is sent again changes nothing.
 */
export interface Conversations {
  since(reader: Reader, documentId: string, since: number, limit: number): Promise<Changes>;
  /** Who may read the document: the people who can be named. */
  people(reader: Reader, documentId: string): Promise<readonly { id: string; name: string }[]>;
  /** A message; begins its thread if that is new, and reopens it if it was resolved. */
  say(
    reader: Reader,
    documentId: string,
    id: string,
    author: string,
    message: NewMessage,
  ): Promise<Done | Refusal>;
  edit(reader: Reader, documentId: string, id: string, words: Words): Promise<Done | Refusal>;
  remove(reader: Reader, documentId: string, id: string): Promise<Done | Refusal>;
  resolve(reader: Reader, documentId: string, threadId: string, resolved: boolean): Promise<Done | Refusal>;
  /** The reader has seen all up to the message number `n`; never goes back. */
  mark(reader: Reader, documentId: string, threadId: string, n: number): Promise<Done | Refusal>;
}

interface Done {
  readonly changed: boolean;
}

const done: Done = { changed: true };
const asBefore: Done = { changed: false };

export function createConversations({ app }: Pick<Database, 'app'>): Conversations {
  return {
    since: ({ tenant }, documentId, since, limit) =>
      inTenant(app, tenant, (tx) => readChanges(tx, documentId, since, limit)),

    people: ({ tenant }, documentId) =>
      inTenant(app, tenant, (tx) =>
        readersOf(tx, tenant.companyId, documentId).orderBy('person.name').execute(),
      ),

    say({ tenant }, documentId, id, author, { thread, anchor, text, mentions }) {
      return inTenant(app, tenant, async (tx) => {
        const named = await namesOf(tx, tenant.companyId, documentId, mentions);
        if (isRefusal(named)) return named;
        const first = await nextChanges(tx, tenant, documentId, 2);
        // Looked for under the lock: the same message may be arriving twice at once.
        const there = await messageRow(tx, documentId, id);
        if (there) {
          const same = there.author_id === tenant.userId && there.thread_id === thread;
          return same ? asBefore : refuse('already-exists', 'There is another message under this id.');
        }
        const keys = { document_id: documentId, company_id: tenant.companyId };
        await tx
          .insertInto('threads')
          .values({
            ...keys,
            id: thread,
            seq: first,
            anchor_kind: anchor?.kind ?? null,
            anchor_id: anchor?.id ?? null,
            anchor_place: anchor?.place ?? null,
            anchor_label: anchor?.label ?? null,
            created_by: tenant.userId,
          })
          .onConflict((on) =>
            on
              .columns(['document_id', 'id'])
              .doUpdateSet({ resolved_at: null, resolved_by: null, seq: first })
              .where('threads.resolved_at', 'is not', null),
          )
          .execute();
        await tx
          .insertInto('messages')
          .values({
            ...keys,
            id,
            thread_id: thread,
            n: first + 1,
            seq: first + 1,
            author_id: tenant.userId,
            author_name: author,
            text,
            mentions: JSON.stringify(named),
          })
          .execute();
        return done;
      });
    },

    edit({ tenant }, documentId, id, { text, mentions }) {
      return inTenant(app, tenant, async (tx) => {
        const named = await namesOf(tx, tenant.companyId, documentId, mentions);
        if (isRefusal(named)) return named;
        const message = await ownMessage(tx, tenant, documentId, id);
        if (isRefusal(message)) return message;
        if (message.deleted_at !== null) return refuse('not-found', 'The message was deleted.');
        if (message.text === text && JSON.stringify(message.mentions) === JSON.stringify(named))
          return asBefore;
        const seq = await nextChanges(tx, tenant, documentId, 1);
        await tx
          .updateTable('messages')
          .set({ seq, text, mentions: JSON.stringify(named), edited_at: sql<Date>`now()` })
          .where('document_id', '=', documentId)
          .where('id', '=', id)
          // A deletion that came meanwhile stays one.
          .where('deleted_at', 'is', null)
          .execute();
        return done;
      });
    },

    remove({ tenant }, documentId, id) {
      return inTenant(app, tenant, async (tx) => {
        const message = await ownMessage(tx, tenant, documentId, id);
        if (isRefusal(message)) return message;
        if (message.deleted_at !== null) return asBefore;
        const seq = await nextChanges(tx, tenant, documentId, 1);
        await tx
          .updateTable('messages')
          .set({ seq, text: '', mentions: '[]', deleted_at: sql<Date>`now()` })
          .where('document_id', '=', documentId)
          .where('id', '=', id)
          .execute();
        return done;
      });
    },

    resolve({ tenant }, documentId, threadId, resolved) {
      return inTenant(app, tenant, async (tx) => {
        const seq = await nextChanges(tx, tenant, documentId, 1);
        const thread = await tx
          .selectFrom('threads')
          .select('resolved_at')
          .where('document_id', '=', documentId)
          .where('id', '=', threadId)
          .executeTakeFirst();
        if (!thread) return noThread();
        if ((thread.resolved_at !== null) === resolved) return asBefore;
        await tx
          .updateTable('threads')
          .set({
            seq,
            resolved_at: resolved ? sql<Date>`now()` : null,
            resolved_by: resolved ? tenant.userId : null,
          })
          .where('document_id', '=', documentId)
          .where('id', '=', threadId)
          .execute();
        return done;
      });
    },

    mark({ tenant }, documentId, threadId, n) {
      return inTenant(app, tenant, async (tx) => {
        const { rows } = await sql<{ last: number | null }>`
          select (select max(n) from messages where document_id = ${documentId} and thread_id = ${threadId}) as last`.execute(
          tx,
        );
        const last = rows[0]?.last ?? null;
        if (last === null) return noThread();
        const seq = await nextChanges(tx, tenant, documentId, 1);
        const moved = await tx
          .insertInto('thread_marks')
          .values({
            document_id: documentId,
            thread_id: threadId,
            user_id: tenant.userId,
            company_id: tenant.companyId,
            seq,
            n: Math.min(n, last),
          })
          .onConflict((on) =>
            on
              .columns(['document_id', 'user_id', 'thread_id'])
              .doUpdateSet({ seq, n: sql`excluded.n` })
              .whereRef('thread_marks.n', '<', sql`excluded.n`),
          )
          .returning('n')
          .executeTakeFirst();
        return moved ? done : asBefore;
      });
    },
  };
}

function noThread(): Refusal {
  return refuse('not-found', 'There is no such thread.');
}

/** The first of so many numbers; from here to the end of the transaction nobody else changes this conversation. */
async function nextChanges(
  tx: TenantTransaction,
  { companyId }: Reader['tenant'],
  documentId: string,
  howMany: number,
): Promise<number> {
  const { rows } = await sql<{ first: number }>`
    select next_changes(${companyId}::uuid, ${documentId}::uuid, ${howMany}) as first`.execute(tx);
  const first = rows[0]?.first;
  if (first === undefined) throw new Error(`No number for the conversation of ${documentId}`);
  return first;
}

function messageRow(tx: TenantTransaction, documentId: string, id: string) {
  return tx
    .selectFrom('messages')
    .select(['author_id', 'thread_id', 'text', 'mentions', 'deleted_at'])
    .where('document_id', '=', documentId)
    .where('id', '=', id)
    .executeTakeFirst();
}

async function ownMessage(
  tx: TenantTransaction,
  { userId }: Reader['tenant'],
  documentId: string,
  id: string,
) {
  const message = await messageRow(tx, documentId, id);
  if (!message) return refuse('not-found', 'There is no such message.');
  if (message.author_id !== userId)
    return refuse('no-access', 'Only who wrote a message may change or delete it.');
  return message;
}

/** People of the company who may read the document: everybody in the shared space, its owner in a personal one. */
function readersOf(tx: TenantTransaction, companyId: string, documentId: string) {
  return tx
    .selectFrom('memberships')
    .innerJoin('auth.user as person', 'person.id', 'memberships.user_id')
    .innerJoin('documents', 'documents.company_id', 'memberships.company_id')
    .innerJoin('spaces', 'spaces.id', 'documents.space_id')
    .select(['person.id', 'person.name'])
    .where('memberships.company_id', '=', companyId)
    .where('documents.id', '=', documentId)
    .where((where) =>
      where.or([
        where('spaces.kind', '=', 'company'),
        where('spaces.owner_id', '=', where.ref('memberships.user_id')),
      ]),
    );
}

/** The people of these ids with their names, in the same order; or who of them cannot be named here. */
async function namesOf(tx: TenantTransaction, companyId: string, documentId: string, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return [];
  const found = await readersOf(tx, companyId, documentId).where('person.id', 'in', wanted).execute();
  const names = new Map(found.map(({ id, name }) => [id, name]));
  const strangers = wanted.filter((id) => !names.has(id));
  if (strangers.length > 0)
    return invalid({ mentions: `may not read this document: ${strangers.join(', ')}` });
  return wanted.map((id) => ({ id, name: names.get(id) ?? '' }));
}
