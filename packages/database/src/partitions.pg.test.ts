import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  type Household,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';

let house: TestHouse;
let household: Household;
beforeAll(async () => {
  house = await openTestHouse();
  household = await createHousehold(house.database);
});
afterAll(() => house.close());

/** The partitions that a plan touches. */
async function touched(statement: string): Promise<string[]> {
  await house.owner.query('begin');
  try {
    await house.owner.query(`set local tidemark.company = '${household.companyId}'`);
    const { rows } = await house.owner.query<{ 'QUERY PLAN': string }>(`explain (costs off) ${statement}`);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    // An alias may follow the name, and looks like another one.
    return [...new Set([...plan.matchAll(/ on (document_updates_\d+)/g)].map(([, name]) => name!))];
  } finally {
    await house.owner.query('rollback');
  }
}

describe('the partitions of the log', () => {
  test('documents are spread over all of them by the hash of their id', async () => {
    const ids = await Promise.all(
      Array.from({ length: 80 }, () => createDocument(house.database, household)),
    );
    await Promise.all(
      ids.map((documentId) =>
        house.database.updateLog.append({
          documentId,
          epoch: 1,
          after: 0,
          entries: [{ update: new Uint8Array([1]), userId: null, clientId: 1 }],
        }),
      ),
    );
    await house.owner.query('begin');
    await house.owner.query(`set local role tidemark_app`);
    await house.owner.query(`set local tidemark.company = '${household.companyId}'`);
    const { rows } = await house.owner.query<{ partition: string; count: string }>(
      'select tableoid::regclass::text as partition, count(*) from tidemark.document_updates group by 1',
    );
    await house.owner.query('rollback');
    expect(rows).toHaveLength(8);
    expect(rows.reduce((sum, { count }) => sum + Number(count), 0)).toBe(80);
  });

  test('what asks for one document touches one of them; what asks for all, all', async () => {
    const id = await createDocument(house.database, household);
    const reading = `select update from tidemark.document_updates where document_id = '${id}' and lsn > 5 order by lsn limit 500`;
    expect(await touched(reading)).toHaveLength(1);
    expect(await touched(`delete from tidemark.document_updates where document_id = '${id}'`)).toHaveLength(
      1,
    );
    expect(await touched('select count(*) from tidemark.document_updates')).toHaveLength(8);
  });
});
