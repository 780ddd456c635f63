import { createTestDatabase, type TestDatabase } from '@tidemark/postgres/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPool } from './connection.ts';
import { createJournal } from './house.testing.ts';

let testing: TestDatabase;
beforeAll(async () => {
  testing = await createTestDatabase();
});
afterAll(() => testing.drop());

test('a client that dies while it is lent out ends nothing but its borrower’s query, however often it says so', async () => {
  const session = { role: null, searchPath: 'public', statementTimeout: null };
  const pool = openPool(testing.connection, session, { max: 2 }, createJournal());
  const lent = await pool.connect();
  const ended = new Promise<void>((resolve) => lent.once('end', resolve));
  const { rows } = await lent.query<{ pid: number }>('select pg_backend_pid() as pid');
  // Nothing of the borrower's is under way that could be told of it.
  await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
  await ended;
  lent.emit('error', new Error('write EPIPE'));
  lent.release(true);
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  await pool.end();
});
