import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  createDocument,
  createHousehold,
  createPerson,
  type Household,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';
import { inTenant, type TenantTransaction } from './index.ts';

let house: TestHouse;
let home: Household;
beforeAll(async () => {
  house = await openTestHouse();
  home = await createHousehold(house.database);
});
afterAll(() => house.close());

const within = <T>(use: (tx: TenantTransaction) => Promise<T>, userId = home.userId) =>
  inTenant(house.database.app, { companyId: home.companyId, userId }, use);

async function next(tx: TenantTransaction, documentId: string, howMany = 1): Promise<number> {
  const { rows } = await sql<{ first: number }>`
    select next_changes(${home.companyId}, ${documentId}, ${howMany}) as first`.execute(tx);
  return rows[0]!.first;
}

async function thread(tx: TenantTransaction, documentId: string): Promise<string> {
  const id = randomUUID();
  const seq = await next(tx, documentId);
  await tx
    .insertInto('threads')
    .values({ document_id: documentId, company_id: home.companyId, id, seq })
    .execute();
  return id;
}

test('TALK-1 numbers of a document come one after the other, several at once, and wait for the commit before', async () => {
  const id = await createDocument(house.database, home);
  expect(await within((tx) => next(tx, id))).toBe(1);
  expect(await within((tx) => next(tx, id, 3))).toBe(2);
  const order: string[] = [];
  const [taken, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = within(async (tx) => {
    const n = await next(tx, id);
    taken.resolve();
    await mayEnd.promise;
    order.push('slow');
    return n;
  });
  await taken.promise;
  const fast = within(async (tx) => {
    const n = await next(tx, id);
    order.push('fast');
    return n;
  });
  await vi.waitFor(async () => {
    const { rows } = await house.owner.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(rows).toHaveLength(1);
  });
  mayEnd.resolve();
  expect(await Promise.all([slow, fast])).toEqual([5, 6]);
  expect(order).toEqual(['slow', 'fast']);
});

test('TALK-1 a transaction that fails gives its numbers back', async () => {
  const id = await createDocument(house.database, home);
  const failing = within(async (tx) => {
    await next(tx, id, 10);
    throw new Error('No.');
  });
  await expect(failing).rejects.toThrow('No.');
  expect(await within((tx) => next(tx, id))).toBe(1);
});

test('TALK-7 nobody of the company sees or moves the mark of another', async () => {
  const id = await createDocument(house.database, home);
  const other = await createPerson(house.database);
  const threadId = await within((tx) => thread(tx, id));
  const mark = { document_id: id, thread_id: threadId, company_id: home.companyId, seq: 2, n: 1 };
  await within((tx) =>
    tx
      .insertInto('thread_marks')
      .values({ ...mark, user_id: home.userId })
      .execute(),
  );
  const seen = (userId: string) =>
    within((tx) => tx.selectFrom('thread_marks').select('n').execute(), userId);
  expect(await seen(home.userId)).toHaveLength(1);
  expect(await seen(other)).toEqual([]);
  const forged = within(
    (tx) =>
      tx
        .insertInto('thread_marks')
        .values({ ...mark, user_id: home.userId })
        .execute(),
    other,
  );
  await expect(forged).rejects.toMatchObject({ code: '42501' });
});

test('TALK-9 the conversation goes with its document', async () => {
  const id = await createDocument(house.database, home);
  const threadId = await within((tx) => thread(tx, id));
  await within(async (tx) => {
    await tx
      .insertInto('messages')
      .values({
        document_id: id,
        company_id: home.companyId,
        thread_id: threadId,
        id: randomUUID(),
        n: 2,
        seq: 2,
        author_name: 'Ada',
        text: 'Hi',
        mentions: '[]',
      })
      .execute();
    await tx.deleteFrom('documents').where('id', '=', id).execute();
  });
  for (const table of ['conversations', 'threads', 'messages'] as const) {
    const left = await within((tx) =>
      tx.selectFrom(table).select('document_id').where('document_id', '=', id).execute(),
    );
    expect({ table, left }).toEqual({ table, left: [] });
  }
});
