import type { LoadedDocument } from '@tidemark/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  type Household,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';
import { inTenant } from './index.ts';

let house: TestHouse;
let ours: Household;
beforeAll(async () => {
  house = await openTestHouse();
  ours = await createHousehold(house.database);
});
afterAll(() => house.close());

const log = () => house.database.updateLog;
const load = async (documentId: string): Promise<LoadedDocument> => {
  const loaded = await log().load(documentId);
  if (loaded === null) throw new Error('The document is gone.');
  return loaded;
};

/** The log asks nothing of what is in an update. */
function textUpdate(text: string): Uint8Array {
  return Buffer.from(text);
}

/** What is loaded, less the empty update that begins a life without a state. */
function textOf({ checkpoint, tail }: LoadedDocument): string {
  const pieces = [checkpoint?.state ?? new Uint8Array(), ...tail.map(({ update }) => update)];
  return pieces
    .map((bytes) => Buffer.from(bytes).toString())
    .filter((text) => text !== '\0\0')
    .join('');
}

function append(
  documentId: string,
  { epoch, head }: { epoch: number; head: number },
  text: string,
  clientId = 1,
) {
  const entries = [{ update: textUpdate(text), userId: ours.userId, clientId }];
  return log().append({ documentId, epoch, after: head, entries });
}

/** A document with a log and a checkpoint in the middle of it. */
async function written(...texts: string[]): Promise<string> {
  const id = await createDocument(house.database, ours);
  for (const [i, text] of texts.entries()) await append(id, { epoch: 1, head: i }, text, i + 1);
  await log().saveCheckpoint({ documentId: id, epoch: 1, lsn: 1, state: textUpdate(texts[0] ?? '') });
  return id;
}

async function beginAnew(documentId: string, state: Uint8Array | null, tenant: Household = ours) {
  return inTenant(house.database.app, tenant, async (tx) => {
    const { rows } = await sql<{ epoch: number; head: number }>`
      select epoch, head from tidemark.begin_anew(${documentId}, ${state && Buffer.from(state)}::bytea)`.execute(
      tx,
    );
    return rows[0] ?? null;
  });
}

describe('begin_anew', () => {
  test('R58 a new life with a first state: positions go on, the former log stays and is not loaded', async () => {
    const id = await written('one ', 'two ');
    const begun = (await beginAnew(id, textUpdate('fresh')))!;
    expect(begun.head).toBe(3);
    expect(begun.epoch).toBeGreaterThan(1);
    const loaded = await load(id);
    expect(loaded).toMatchObject({ epoch: begun.epoch, head: 3, checkpoint: null });
    expect(textOf(loaded)).toBe('fresh');
    expect(loaded.tail[0]).toMatchObject({ lsn: 3, userId: ours.userId });
    expect(await append(id, { epoch: 1, head: 2 }, 'stale')).toEqual({ outcome: 'gone' });
    expect(await append(id, loaded, ' start', 5)).toMatchObject({ outcome: 'stored', head: 4 });
    // A checkpoint of the new life, and none of the old one in its place.
    const state = textUpdate('fresh');
    expect(await log().saveCheckpoint({ documentId: id, epoch: 1, lsn: 2, state })).toBe('outdated');
    expect(await log().saveCheckpoint({ documentId: id, epoch: begun.epoch, lsn: 2, state })).toBe(
      'outdated',
    );
    expect(await log().saveCheckpoint({ documentId: id, epoch: begun.epoch, lsn: 3, state })).toBe('stored');
    expect(await load(id)).toMatchObject({ checkpoint: { lsn: 3 }, tail: [{ lsn: 4 }] });

    const kept = await inTenant(house.database.app, ours, (tx) =>
      tx
        .selectFrom('document_updates')
        .select(['lsn', 'epoch'])
        .where('document_id', '=', id)
        .orderBy('lsn')
        .execute(),
    );
    expect(kept.map(({ lsn, epoch }) => [lsn, epoch])).toEqual([
      [1, 1],
      [2, 1],
      [3, begun.epoch],
      [4, begun.epoch],
    ]);
    const former = await inTenant(house.database.app, ours, (tx) =>
      tx.selectFrom('former_epochs').selectAll().where('document_id', '=', id).execute(),
    );
    expect(former).toMatchObject([{ epoch: 1, last_lsn: 2, reason: 'reset', ended_by: ours.userId }]);
  });

  test('without a state the new life is empty, and heads tell of it all the same', async () => {
    const id = await written('one');
    const begun = (await beginAnew(id, null))!;
    expect(textOf(await load(id))).toBe('');
    expect((await log().heads([id])).get(id)).toBe(2);
    expect(begun.head).toBe(2);
  });

  test('of a document of another company, or of none, does nothing', async () => {
    const id = await written('mine');
    const theirs = await createHousehold(house.database);
    expect(await beginAnew(id, null, theirs)).toBeNull();
    expect(await beginAnew(crypto.randomUUID(), null)).toBeNull();
    expect(textOf(await load(id))).toBe('mine');
  });

  test('an append that races with it is either of the old life, before it, or gone', async () => {
    const id = await written('one');
    const racing = Promise.all(
      Array.from({ length: 20 }, (_, i) => append(id, { epoch: 1, head: 1 }, `r${i}`, 100 + i)),
    );
    const [answers] = await Promise.all([racing, beginAnew(id, textUpdate('fresh'))]);
    expect(textOf(await load(id))).toBe('fresh');
    const stored = answers.filter(({ outcome }) => outcome === 'stored').length;
    expect((await load(id)).head).toBe(1 + stored + 1);
  });
});

describe('the same id in another life', () => {
  test('a document that is deleted and made again is of a later epoch', async () => {
    const id = await written('deleted');
    const { companyId: company_id, spaceId: space_id } = ours;
    await inTenant(house.database.app, ours, (tx) =>
      tx.deleteFrom('documents').where('id', '=', id).execute(),
    );
    await inTenant(house.database.app, ours, (tx) =>
      tx
        .insertInto('documents')
        .values({ id, company_id, space_id, kind: 'dashboard', title: 'Again' })
        .execute(),
    );
    const loaded = await load(id);
    expect(loaded.epoch).toBeGreaterThan(1);
    expect(textOf(loaded)).toBe('');
    expect(await append(id, { epoch: 1, head: 1 }, 'stale')).toEqual({ outcome: 'gone' });
  });

  test('begin_all_anew keeps what documents hold, and is not for the application', async () => {
    const [one, other] = [await written('one ', 'two '), await written('other')];
    const before = await load(one);
    await house.owner.query('select tidemark.begin_all_anew($1)', [[one]]);
    const after = await load(one);
    expect(after.epoch).toBeGreaterThan(before.epoch);
    expect(after.head).toBe(before.head + 1);
    expect(after.checkpoint?.lsn).toBe(1);
    expect(textOf(after)).toBe(textOf(before));
    expect((await load(other)).epoch).toBe(1);
    expect(await append(one, before, 'stale')).toEqual({ outcome: 'gone' });
    expect(await append(one, after, 'goes on', 7)).toMatchObject({ outcome: 'stored' });
    expect(
      await log().saveCheckpoint({
        documentId: one,
        epoch: after.epoch,
        lsn: after.head,
        state: textUpdate('all'),
      }),
    ).toBe('stored');
    expect((await load(one)).checkpoint?.lsn).toBe(after.head);

    const { rows } = await house.owner.query<{ begin_all_anew: string }>('select tidemark.begin_all_anew()');
    expect(Number(rows[0]?.begin_all_anew)).toBeGreaterThanOrEqual(2);
    expect((await load(other)).epoch).toBeGreaterThan(1);
    const refused = inTenant(house.database.app, ours, (tx) =>
      sql`select tidemark.begin_all_anew()`.execute(tx),
    );
    await expect(refused).rejects.toMatchObject({ code: '42501' });
  });

  test('an epoch counts on from the last one, and never behind the seconds since 2026, which no backup brings back', async () => {
    const seconds = () => Math.floor((Date.now() - Date.UTC(2026, 0, 1)) / 1_000);
    const next = async (last: number) => {
      const { rows } = await house.owner.query<{ next: number }>('select tidemark.next_epoch($1) as next', [
        last,
      ]);
      return rows[0]?.next;
    };
    const before = seconds();
    const given = await next(1);
    expect(given).toBeGreaterThanOrEqual(before);
    expect(given).toBeLessThanOrEqual(seconds());
    expect(await next(2_000_000_000)).toBe(2_000_000_001);
  });
});
