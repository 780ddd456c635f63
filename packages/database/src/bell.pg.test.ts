import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  createJournal,
  type Household,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';
import { openUpdateLog, type PostgresLog } from './update-log.ts';

let house: TestHouse;
let household: Household;
let here: PostgresLog;
let there: PostgresLog;
beforeAll(async () => {
  house = await openTestHouse();
  household = await createHousehold(house.database);
  here = openUpdateLog(house.connection, createJournal());
  there = openUpdateLog(house.connection, createJournal());
  await Promise.all([here.listen(), there.listen()]);
});
afterAll(async () => {
  await Promise.all([here.close(), there.close()]);
  await house.close();
});

const append = (log: PostgresLog, documentId: string, n: number) =>
  log.append({
    documentId,
    epoch: 1,
    after: n - 1,
    entries: [{ update: new Uint8Array([n]), userId: null, clientId: 1 }],
  });

/** Resolves when `log` has heard that the document reached `head`. */
const heard = (log: PostgresLog, documentId: string, head: number) =>
  new Promise<void>((resolve) => {
    const stop = log.onAppended(documentId, (now) => {
      if (now < head) return;
      stop();
      resolve();
    });
  });

describe('bell', () => {
  test('another process hears an append', async () => {
    const id = await createDocument(house.database, household);
    const rung = heard(there, id, 1);
    await append(here, id, 1);
    await rung;
  });

  test('many documents in one go are all heard, beyond what one notification holds', async () => {
    const ids = await Promise.all(
      Array.from({ length: 400 }, () => createDocument(house.database, household)),
    );
    const all = Promise.all(ids.map((id) => heard(there, id, 1)));
    await Promise.all(ids.map((id) => append(here, id, 1)));
    await all;
  });

  test('closing it while it connects comes to an end', async () => {
    const brief = openUpdateLog(house.connection, createJournal());
    brief.onAppended(household.companyId, () => undefined);
    await brief.close();
  });

  test('what was missed while the connection was cut rings when it is back', async () => {
    const id = await createDocument(house.database, household);
    await there.load(id);
    const rung = heard(there, id, 2);
    const cut = await house.owner.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and query = 'listen tidemark_appended'`,
    );
    expect(cut.rowCount).toBeGreaterThanOrEqual(2);
    await append(here, id, 1);
    await append(here, id, 2);
    await rung;
  });
});
