import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostgresBus, type PostgresBus } from './bus.ts';
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
let buses: PostgresBus[];
let here: PostgresLog;
let there: PostgresLog;
beforeAll(async () => {
  house = await openTestHouse();
  household = await createHousehold(house.database);
  buses = [0, 1].map(() => openPostgresBus(house.connection, createJournal()));
  [here, there] = buses.map((bus) => openUpdateLog(house.connection, createJournal(), bus)) as [
    PostgresLog,
    PostgresLog,
  ];
  await Promise.all(buses.map((bus) => bus.listen()));
});
afterAll(async () => {
  await Promise.all(buses.map((bus) => bus.close()));
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
  test('R41 another process hears an append', async () => {
    const id = await createDocument(house.database, household);
    const rung = heard(there, id, 1);
    await append(here, id, 1);
    await rung;
  });

  test('R41 many documents in one go are all heard, beyond what one notification holds', async () => {
    const ids = await Promise.all(
      Array.from({ length: 400 }, () => createDocument(house.database, household)),
    );
    const all = Promise.all(ids.map((id) => heard(there, id, 1)));
    await Promise.all(ids.map((id) => append(here, id, 1)));
    await all;
  });

  test('R41 heads of many documents are compared by one query', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => createDocument(house.database, household)));
    await append(here, ids[1]!, 1);
    const heads = await there.heads(ids);
    expect(ids.map((id) => heads.get(id))).toEqual([0, 1, 0]);
  });
});
