import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
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

/** As the application's role, which row-level security binds. */
const within = <T>(use: (tx: TenantTransaction) => Promise<T>) => inTenant(house.database.app, home, use);

const denied = { code: '42501' };

interface Made {
  readonly document_id: string;
  readonly version: string;
  readonly change: string;
}

/** A submission of a document, with its change of status. */
async function submit(document_id: string, confirmed: boolean, parent: string | null = null): Promise<Made> {
  const [version, change] = [randomUUID(), randomUUID()];
  const common = {
    company_id: home.companyId,
    document_id,
    created_by: home.userId,
    created_by_name: 'Ada',
    confirmed_at: confirmed ? new Date() : null,
  };
  await within(async (tx) => {
    const { count } = await tx
      .selectFrom('versions')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('document_id', '=', document_id)
      .executeTakeFirstOrThrow();
    await tx
      .insertInto('versions')
      .values({
        ...common,
        id: version,
        number: Number(count) + 1,
        kind: 'submitted',
        name: '',
        note: '',
        state: new Uint8Array([1, 2]),
        epoch: 1,
        parent_version_id: parent,
      })
      .execute();
    await tx
      .insertInto('status_changes')
      .values({
        ...common,
        id: change,
        from_status: 'draft',
        to_status: 'submitted',
        note: '',
        version_id: version,
      })
      .execute();
  });
  return { document_id, version, change };
}

const versionsOf = (document_id: string) =>
  within((tx) =>
    tx.selectFrom('versions').selectAll().where('document_id', '=', document_id).orderBy('number').execute(),
  );
const changesOf = (document_id: string) =>
  within((tx) =>
    tx.selectFrom('status_changes').selectAll().where('document_id', '=', document_id).execute(),
  );

test('what is confirmed is neither changed nor taken away, also while its document is in the bin', async () => {
  const id = await createDocument(house.database, home);
  const { version, change } = await submit(id, true);
  const before = [await versionsOf(id), await changesOf(id)];
  for (const binned of [false, true]) {
    const deleted_at = binned ? new Date() : null;
    await within((tx) => tx.updateTable('documents').set({ deleted_at }).where('id', '=', id).execute());
    const { numDeletedRows: versions } = await within((tx) =>
      tx.deleteFrom('versions').where('id', '=', version).executeTakeFirst(),
    );
    const { numDeletedRows: changes } = await within((tx) =>
      tx.deleteFrom('status_changes').where('id', '=', change).executeTakeFirst(),
    );
    const { numUpdatedRows: again } = await within((tx) =>
      tx.updateTable('versions').set({ lsn: 9, confirmed_at: new Date() }).executeTakeFirst(),
    );
    expect({ versions, changes, again }).toEqual({ versions: 0n, changes: 0n, again: 0n });
    expect([await versionsOf(id), await changesOf(id)]).toEqual(before);
  }
});

test('what is not confirmed is confirmed once, or taken away together with its change of status', async () => {
  const id = await createDocument(house.database, home);
  const [kept, gone] = [await submit(id, false), await submit(id, false)];
  await within((tx) =>
    tx
      .updateTable('versions')
      .set({ confirmed_at: new Date(), lsn: 3 })
      .where('id', '=', kept.version)
      .execute(),
  );
  await within((tx) => tx.deleteFrom('versions').where('document_id', '=', id).execute());
  expect((await versionsOf(id)).map((row) => [row.id, row.lsn])).toEqual([[kept.version, 3]]);
  expect((await changesOf(id)).map((row) => row.id)).toEqual([kept.change]);
  expect(gone.version).not.toBe(kept.version);
});

test('nobody writes another state, number, author or totals into a version, confirmed or not', async () => {
  const id = await createDocument(house.database, home);
  const { version, change } = await submit(id, false);
  for (const set of [{ created_by: null }, { created_by_name: 'Eve' }, { parent_version_id: version }]) {
    const changed = within((tx) => tx.updateTable('versions').set(set).where('id', '=', version).execute());
    await expect(changed, JSON.stringify(set)).rejects.toMatchObject(denied);
  }
  for (const column of ['state', 'number', 'totals', 'created_at', 'document_id']) {
    const changed = within((tx) =>
      tx
        .updateTable('versions')
        .set((eb) => ({ [column]: eb.ref(column as 'id') }))
        .where('id', '=', version)
        .execute(),
    );
    await expect(changed, column).rejects.toMatchObject(denied);
  }
  const renoted = within((tx) =>
    tx.updateTable('status_changes').set({ note: 'other' }).where('id', '=', change).execute(),
  );
  await expect(renoted).rejects.toMatchObject(denied);
});

test('a document takes its versions with it when it is deleted for good; those that came from it stay', async () => {
  const parent = await createDocument(house.database, home);
  const child = await createDocument(house.database, home);
  const origin = await submit(parent, true);
  await submit(parent, true, origin.version);
  await within((tx) =>
    tx
      .updateTable('documents')
      .set({ parent_document_id: parent, parent_version_id: origin.version })
      .where('id', '=', child)
      .execute(),
  );
  await submit(child, true, origin.version);
  await within((tx) => tx.deleteFrom('documents').where('id', '=', parent).execute());
  expect(await versionsOf(parent)).toEqual([]);
  expect(await changesOf(parent)).toEqual([]);
  expect((await versionsOf(child)).map((row) => row.parent_version_id)).toEqual([null]);
  const row = await within((tx) =>
    tx.selectFrom('documents').selectAll().where('id', '=', child).executeTakeFirstOrThrow(),
  );
  expect([row.company_id, row.parent_document_id, row.parent_version_id]).toEqual([
    home.companyId,
    null,
    null,
  ]);
});

test('a version has no parent in another company, and a number once', async () => {
  const theirs = await createHousehold(house.database);
  const foreign = await createDocument(house.database, theirs);
  const id = await createDocument(house.database, home);
  const version = randomUUID();
  await inTenant(house.database.app, theirs, (tx) =>
    tx
      .insertInto('versions')
      .values({
        company_id: theirs.companyId,
        document_id: foreign,
        id: version,
        number: 1,
        kind: 'named',
        name: 'theirs',
        note: '',
        state: new Uint8Array([1]),
        epoch: 1,
        created_by_name: 'Bo',
      })
      .execute(),
  );
  await expect(submit(id, true, version)).rejects.toMatchObject({ code: '23503' });
  const mine = await submit(id, true);
  const again = within((tx) =>
    tx
      .insertInto('versions')
      .values({
        company_id: home.companyId,
        document_id: id,
        number: 1,
        kind: 'named',
        name: '',
        note: '',
        state: new Uint8Array([1]),
        epoch: 1,
        created_by_name: 'Ada',
      })
      .execute(),
  );
  await expect(again).rejects.toMatchObject({ code: '23505' });
  expect((await versionsOf(id)).map((row) => row.id)).toEqual([mine.version]);
});
