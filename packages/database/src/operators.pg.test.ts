import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  createPerson,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';
import { inTenant } from './index.ts';

let house: TestHouse;
let first: string;
let second: string;
beforeAll(async () => {
  house = await openTestHouse();
  first = await createPerson(house.database);
  second = await createPerson(house.database);
});
afterAll(() => house.close());

function ask<T>(userId: string | null, query: ReturnType<typeof sql<T>>): Promise<T[]> {
  return inTenant(house.database.app, { companyId: null, userId }, async (tx) => {
    const { rows } = await query.execute(tx);
    return rows;
  });
}

const isOperator = async (userId: string) =>
  (await ask(userId, sql<{ is: boolean }>`select tidemark.is_operator() as is`))[0]!.is;
const appoint = async (by: string, email: string) =>
  (await ask(by, sql<{ found: boolean }>`select tidemark.appoint_operator(${email}) as found`))[0]!.found;
const dismiss = async (by: string, person: string) =>
  (await ask(by, sql<{ outcome: string }>`select tidemark.dismiss_operator(${person}) as outcome`))[0]!
    .outcome;

describe('operators', () => {
  test('the first account is one, later ones are not', async () => {
    expect(await isOperator(first)).toBe(true);
    expect(await isOperator(second)).toBe(false);
  });

  test('one appoints and dismisses others, and the last one stays', async () => {
    expect(await appoint(first, `${second}@Example.org`)).toBe(true);
    expect(await appoint(first, 'nobody@example.org')).toBe(false);
    expect(await isOperator(second)).toBe(true);
    const listed = await ask(first, sql<{ id: string }>`select id from tidemark.list_operators()`);
    expect(listed.map(({ id }) => id)).toEqual([first, second]);
    expect(await dismiss(second, second)).toBe('dismissed');
    expect(await dismiss(first, second)).toBe('unknown');
    expect(await dismiss(first, first)).toBe('last');
    expect(await isOperator(first)).toBe(true);
  });

  test('nobody else may ask anything of theirs', async () => {
    const email = `${second}@example.org`;
    for (const query of [
      sql`select * from tidemark.list_operators()`,
      sql`select tidemark.appoint_operator(${email})`,
      sql`select tidemark.dismiss_operator(${first})`,
      sql`select * from tidemark.read_processes()`,
      sql`select * from tidemark.inspect_documents(array[]::uuid[])`,
    ]) {
      for (const who of [second, null]) {
        await expect(ask(who, query)).rejects.toMatchObject({ code: '42501' });
      }
    }
    for (const table of ['operators', 'processes']) {
      const query = sql`select * from ${sql.id('tidemark', table)}`;
      await expect(ask(first, query)).rejects.toMatchObject({ code: '42501' });
    }
  });
});

describe('what operators see', () => {
  test('documents of all companies, with the size of their log and no content', async () => {
    const household = await createHousehold(house.database);
    const id = await createDocument(house.database, household);
    await house.database.updateLog.append({
      documentId: id,
      epoch: 1,
      after: 0,
      entries: [{ update: new Uint8Array(10), userId: null, clientId: 1 }],
    });
    await house.database.updateLog.saveCheckpoint({
      documentId: id,
      epoch: 1,
      lsn: 1,
      state: new Uint8Array(7),
    });
    const found = await ask(
      first,
      sql<Record<string, unknown>>`select * from tidemark.inspect_documents(${[id, randomUUID()]}::uuid[])`,
    );
    expect(found).toEqual([
      expect.objectContaining({
        id,
        title: 'Sales',
        company: 'Acme Roofing',
        head: 1,
        log_bytes: 10,
        checkpoint_lsn: 1,
        checkpoint_bytes: 7,
      }),
    ]);
  });

  test('what each process last said, until it says goodbye', async () => {
    const [one, other, question] = [randomUUID(), randomUUID(), randomUUID()];
    const report = (id: string, answering: string | null, said: object) =>
      ask(
        null,
        sql`select tidemark.report_process(${id}, now(), ${answering}, ${JSON.stringify(said)}::jsonb)`,
      );
    const read = () =>
      ask(
        first,
        sql<{
          id: string;
          answered: string | null;
          report: unknown;
        }>`select * from tidemark.read_processes()`,
      );
    await report(one, null, { rooms: 1 });
    await report(other, null, { rooms: 2 });
    await report(one, question, { rooms: 3 });
    await report(one, null, { rooms: 4 });
    const said = new Map((await read()).map((row) => [row.id, row]));
    expect(said.get(one)).toMatchObject({ answered: question, report: { rooms: 4 } });
    expect(said.get(other)).toMatchObject({ answered: null, report: { rooms: 2 } });
    await ask(null, sql`select tidemark.forget_process(${one})`);
    expect((await read()).map(({ id }) => id)).toEqual([other]);
  });
});
