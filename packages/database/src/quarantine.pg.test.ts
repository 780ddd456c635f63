import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  createPerson,
  type Household,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';
import { inTenant, listQuarantined, readQuarantined, removeQuarantined } from './index.ts';

describe('quarantine in Postgres', () => {
  let house: TestHouse;
  let operator: Household;
  beforeAll(async () => {
    house = await openTestHouse();
    // The first account looks after the server.
    operator = await createHousehold(house.database);
  });
  afterAll(() => house.close());

  const as = <T>(userId: string, use: Parameters<typeof inTenant<T>>[2]) =>
    inTenant(house.database.app, { companyId: null, userId }, use);
  const keep = (documentId: string, bytes: Uint8Array, detail = 'An update that cannot be decoded.') =>
    house.database.quarantine.keep({
      documentId,
      userId: 'somebody',
      clientId: 2 ** 32 - 1,
      code: 'malformed',
      detail,
      bytes,
    });

  test('R35 what was set aside is listed newest first with who and why, downloaded byte for byte, and removed', async () => {
    const other = await createHousehold(house.database);
    const id = await createDocument(house.database, other);
    await keep(id, new Uint8Array([0, 255, 7]), 'Zero\0 in it.');
    await keep(id, new Uint8Array([2]));
    const items = await as(operator.userId, (tx) => listQuarantined(tx, { documentId: id }));
    expect(items.map(({ size }) => size)).toEqual([1, 3]);
    expect(items[1]).toMatchObject({
      documentId: id,
      title: 'Sales',
      company: 'Acme Roofing',
      userId: 'somebody',
      clientId: 2 ** 32 - 1,
      code: 'malformed',
      detail: 'Zero in it.',
      kept: true,
    });
    const page = await as(operator.userId, (tx) =>
      listQuarantined(tx, { documentId: id, before: items[0]!.id, limit: 1 }),
    );
    expect(page).toEqual([items[1]]);
    const bytes = await as(operator.userId, (tx) => readQuarantined(tx, items[1]!.id));
    expect([...bytes!]).toEqual([0, 255, 7]);
    expect(await as(operator.userId, (tx) => removeQuarantined(tx, items[1]!.id))).toBe(true);
    expect(await as(operator.userId, (tx) => removeQuarantined(tx, items[1]!.id))).toBe(false);
    expect(await as(operator.userId, (tx) => readQuarantined(tx, items[1]!.id))).toBeNull();
  });

  test('R35 it is bounded per document, and a very large update is counted but not kept', async () => {
    const id = await createDocument(house.database, operator);
    for (let n = 0; n < 25; n += 1) await keep(id, new Uint8Array([n]));
    const items = await as(operator.userId, (tx) => listQuarantined(tx, { documentId: id }));
    expect(items).toHaveLength(20);
    const newest = await as(operator.userId, (tx) => readQuarantined(tx, items[0]!.id));
    expect([...newest!]).toEqual([24]);
    const large = await createDocument(house.database, operator);
    for (let n = 0; n < 5; n += 1) await keep(large, new Uint8Array(4 * 1024 * 1024));
    expect(await as(operator.userId, (tx) => listQuarantined(tx, { documentId: large }))).toHaveLength(4);
    await keep(large, new Uint8Array(4 * 1024 * 1024 + 1));
    const [first] = await as(operator.userId, (tx) => listQuarantined(tx, { documentId: large }));
    expect(first).toMatchObject({ kept: false, size: 4 * 1024 * 1024 + 1 });
  });

  test('R35 nobody but an operator sees it, and it goes with its document', async () => {
    const person = await createPerson(house.database);
    const id = await createDocument(house.database, operator);
    await keep(id, new Uint8Array([1]));
    await expect(as(person, (tx) => listQuarantined(tx, {}))).rejects.toThrow('Only an operator');
    await expect(as(person, (tx) => readQuarantined(tx, 1))).rejects.toThrow('Only an operator');
    await expect(as(person, (tx) => removeQuarantined(tx, 1))).rejects.toThrow('Only an operator');
    await inTenant(house.database.app, operator, (tx) =>
      tx.deleteFrom('documents').where('id', '=', id).execute(),
    );
    expect(await as(operator.userId, (tx) => listQuarantined(tx, { documentId: id }))).toEqual([]);
    await keep(id, new Uint8Array([1]));
    expect(await as(operator.userId, (tx) => listQuarantined(tx, { documentId: id }))).toEqual([]);
  });
});
