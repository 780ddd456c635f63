import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  createPerson,
  type Household,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';
import { inTenant } from './index.ts';

let house: TestHouse;
let household: Household;
beforeAll(async () => {
  house = await openTestHouse();
  household = await createHousehold(house.database);
});
afterAll(() => house.close());

const hash = (code: string) => createHash('sha256').update(code).digest();

async function invite(
  values: { max_uses?: number; expires_at?: Date; withdrawn_at?: Date } = {},
): Promise<string> {
  const code = randomBytes(16).toString('base64url');
  await inTenant(house.database.app, household, (tx) =>
    tx
      .insertInto('invitations')
      .values({
        company_id: household.companyId,
        code_hash: hash(code),
        role: 'editor',
        created_by: household.userId,
        expires_at: new Date(Date.now() + 3_600_000),
        ...values,
      })
      .execute(),
  );
  return code;
}

const accept = (userId: string, code: string) =>
  inTenant(house.database.app, { companyId: null, userId }, async (tx) => {
    const { rows } = await sql<{ outcome: string; company_id: string | null }>`
      select * from accept_invitation(${hash(code)})`.execute(tx);
    return rows[0]!;
  });

describe('companies', () => {
  test('a new company has its owner, a shared space and a personal one', async () => {
    const spaces = await inTenant(house.database.app, household, (tx) =>
      tx.selectFrom('spaces').select(['kind', 'owner_id']).orderBy('kind').execute(),
    );
    expect(spaces).toEqual([
      { kind: 'company', owner_id: null },
      { kind: 'personal', owner_id: household.userId },
    ]);
  });

  test('an invitation takes one person in, with the role and a space', async () => {
    const [first, second] = [await createPerson(house.database), await createPerson(house.database)];
    const code = await invite();
    // Both at once: one gets in.
    const outcomes = await Promise.all([accept(first, code), accept(second, code)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['closed', 'joined']);
    const winner = outcomes[0]!.outcome === 'joined' ? first : second;
    const member = await inTenant(house.database.app, household, (tx) =>
      tx.selectFrom('memberships').select('role').where('user_id', '=', winner).executeTakeFirst(),
    );
    expect(member).toEqual({ role: 'editor' });
    expect(await accept(winner, code)).toEqual({
      outcome: 'member-already',
      company_id: household.companyId,
    });
  });

  test('a link for several serves as many as it says', async () => {
    const code = await invite({ max_uses: 2 });
    const people = await Promise.all([1, 2, 3].map(() => createPerson(house.database)));
    const outcomes = await Promise.all(people.map((person) => accept(person, code)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['closed', 'joined', 'joined']);
  });

  test('an unknown, expired or withdrawn code takes nobody in', async () => {
    const person = await createPerson(house.database);
    expect(await accept(person, 'no such code')).toEqual({ outcome: 'unknown', company_id: null });
    for (const values of [{ expires_at: new Date(Date.now() - 1000) }, { withdrawn_at: new Date() }]) {
      expect(await accept(person, await invite(values))).toEqual({ outcome: 'closed', company_id: null });
    }
  });

  test('an invitation can be looked at by whoever has its code', async () => {
    const code = await invite();
    const { rows } =
      await sql`select company_name, role, open from tidemark.find_invitation(${hash(code)})`.execute(
        house.database.app,
      );
    expect(rows).toEqual([{ company_name: 'Acme Roofing', role: 'editor', open: true }]);
  });

  test('a token is found by its hash while its user belongs to the company', async () => {
    const colleague = await createPerson(house.database);
    await accept(colleague, await invite());
    const token = randomBytes(32).toString('base64url');
    await inTenant(house.database.app, household, (tx) =>
      tx
        .insertInto('api_tokens')
        .values({
          company_id: household.companyId,
          user_id: colleague,
          name: 'script',
          token_hash: hash(token),
        })
        .execute(),
    );
    const find = async (wanted: string) => {
      const { rows } = await sql`select company_id, user_id, access from find_token(${hash(wanted)})`.execute(
        house.database.app,
      );
      return rows;
    };
    expect(await find(token)).toEqual([
      { company_id: household.companyId, user_id: colleague, access: 'edit' },
    ]);
    expect(await find('another')).toEqual([]);
    await inTenant(house.database.app, household, (tx) =>
      tx.deleteFrom('memberships').where('user_id', '=', colleague).execute(),
    );
    expect(await find(token)).toEqual([]);
  });

  test('a document is found by those who belong to its company', async () => {
    const id = await createDocument(house.database, household);
    const find = (userId: string) =>
      inTenant(house.database.app, { companyId: null, userId }, async (tx) => {
        const { rows } =
          await sql`select company_id, space_kind, kind, role from find_document(${id})`.execute(tx);
        return rows;
      });
    expect(await find(household.userId)).toEqual([
      { company_id: household.companyId, space_kind: 'company', kind: 'dashboard', role: 'owner' },
    ]);
    expect(await find(await createPerson(house.database))).toEqual([]);
  });

  test('an account that is deleted leaves the company its documents; a company takes all it owns', async () => {
    const leaving = await createHousehold(house.database);
    const documentId = await createDocument(house.database, leaving);
    await house.database.updateLog.append({
      documentId,
      epoch: 1,
      after: 0,
      entries: [{ update: new Uint8Array([1]), userId: leaving.userId, clientId: 1 }],
    });
    await house.database.auth.deleteFrom('user').where('id', '=', leaving.userId).execute();
    const kept = await inTenant(house.database.app, leaving, (tx) =>
      tx.selectFrom('documents').select(['id', 'created_by']).execute(),
    );
    expect(kept).toEqual([{ id: documentId, created_by: null }]);
    await inTenant(house.database.app, leaving, (tx) =>
      tx.deleteFrom('companies').where('id', '=', leaving.companyId).execute(),
    );
    const left = await inTenant(house.database.app, leaving, (tx) =>
      tx.selectFrom('document_updates').select('lsn').execute(),
    );
    expect(left).toEqual([]);
    expect(await house.database.updateLog.load(documentId)).toBeNull();
  });
});
