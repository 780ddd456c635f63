import { randomBytes, randomUUID } from 'node:crypto';
import type { RightsScope } from '@tidemark/sync';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPool } from './connection.ts';
import {
  createDocument,
  createHousehold,
  createJournal,
  createPerson,
  type Household,
  openTestHouse,
  type TestHouse,
} from './house.testing.ts';
import { inTenant, type TenantTransaction } from './index.ts';
import { openRightsBell, type RightsBell } from './rights-bell.ts';
import { askRights } from './rights-questions.ts';

let house: TestHouse;
let ours: Household;
let bell: RightsBell;
const heard: RightsScope[] = [];
let look: () => void = () => undefined;

beforeAll(async () => {
  house = await openTestHouse();
  ours = await createHousehold(house.database);
  bell = openRightsBell(house.connection, createJournal(), 500);
  bell.onChanged((scope) => {
    heard.push(scope);
    look();
  });
  await bell.listen();
});
afterAll(async () => {
  await bell.close();
  await house.close();
});
beforeEach(() => heard.splice(0));

const asOurs = <T>(use: (tx: TenantTransaction) => Promise<T>) => inTenant(house.database.app, ours, use);

/** Resolves when the wanted scope was heard; a notice comes only after its commit. */
function hear(wanted: RightsScope): Promise<void> {
  return new Promise((resolve) => {
    look = () => {
      if (heard.some((scope) => JSON.stringify(scope) === JSON.stringify(wanted))) resolve();
    };
    look();
  });
}

/** Something that is heard for certain, after all that was said before it. */
async function nothingElse(): Promise<RightsScope[]> {
  const mark = randomUUID();
  await sql`select pg_notify('tidemark_rights', ${JSON.stringify({ userId: mark })})`.execute(
    house.database.app,
  );
  await hear({ userId: mark });
  return heard.filter((scope) => scope === 'all' || scope.userId !== mark);
}

async function addMember(role: 'owner' | 'editor' | 'viewer' = 'editor'): Promise<string> {
  const userId = await createPerson(house.database);
  await asOurs((tx) =>
    tx.insertInto('memberships').values({ company_id: ours.companyId, user_id: userId, role }).execute(),
  );
  return userId;
}

async function signIn(userId: string, expiresAt = new Date(Date.now() + 60_000)): Promise<string> {
  const id = randomUUID();
  await house.database.auth
    .insertInto('session')
    .values({ id, userId, token: randomUUID(), expiresAt, ipAddress: null, userAgent: null })
    .execute();
  return id;
}

async function makeToken(userId: string, companyId = ours.companyId, access: 'edit' | 'read' = 'edit') {
  const { id } = await inTenant(house.database.app, { companyId, userId }, (tx) =>
    tx
      .insertInto('api_tokens')
      .values({ company_id: companyId, user_id: userId, name: 't', token_hash: randomBytes(32), access })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}

describe('what changes rights says so, after its commit', () => {
  test('a role that changes, and a member who goes', async () => {
    const userId = await addMember();
    const scope = { userId, companyId: ours.companyId };
    await asOurs((tx) =>
      tx.updateTable('memberships').set({ role: 'viewer' }).where('user_id', '=', userId).execute(),
    );
    await hear(scope);
    heard.splice(0);
    await asOurs((tx) => tx.deleteFrom('memberships').where('user_id', '=', userId).execute());
    await hear(scope);
  });

  test('a document that goes to the bin, comes back, moves, or goes for good', async () => {
    const documentId = await createDocument(house.database, ours);
    const changes = [{ deleted_at: new Date() }, { deleted_at: null }, { space_id: ours.spaceId }] as const;
    for (const change of changes) {
      heard.splice(0);
      await asOurs((tx) => tx.updateTable('documents').set(change).where('id', '=', documentId).execute());
      await hear({ documentId });
    }
    heard.splice(0);
    await asOurs((tx) => tx.deleteFrom('documents').where('id', '=', documentId).execute());
    await hear({ documentId });
  });

  test('a space that changes hands', async () => {
    await asOurs((tx) =>
      tx.updateTable('spaces').set({ owner_id: ours.userId }).where('kind', '=', 'personal').execute(),
    );
    await hear({ companyId: ours.companyId });
  });

  test('a login session that ends, by sign-out or with its account', async () => {
    const userId = await createPerson(house.database);
    const id = await signIn(userId);
    await house.database.auth.deleteFrom('session').where('id', '=', id).execute();
    await hear({ userId });
    heard.splice(0);
    await signIn(userId);
    await house.database.auth.deleteFrom('user').where('id', '=', userId).execute();
    await hear({ userId });
  });

  test('an API token that is withdrawn', async () => {
    const id = await makeToken(ours.userId);
    await asOurs((tx) => tx.deleteFrom('api_tokens').where('id', '=', id).execute());
    await hear({ userId: ours.userId });
  });

  test('nothing is said of appends, titles, names, renewed logins, used tokens, or what was rolled back', async () => {
    const documentId = await createDocument(house.database, ours);
    const session = await signIn(ours.userId);
    const hash = randomBytes(32);
    await asOurs((tx) =>
      tx
        .insertInto('api_tokens')
        .values({ company_id: ours.companyId, user_id: ours.userId, name: 't', token_hash: hash })
        .execute(),
    );
    const entries = [{ update: new Uint8Array([0, 0]), userId: ours.userId, clientId: 1 }];
    await house.database.updateLog.append({ documentId, epoch: 1, after: 0, entries });
    await asOurs((tx) =>
      tx.updateTable('documents').set({ title: 'Other' }).where('id', '=', documentId).execute(),
    );
    await asOurs((tx) => tx.updateTable('spaces').set({ name: 'Other' }).execute());
    await house.database.auth
      .updateTable('session')
      .set({ expiresAt: new Date(Date.now() + 90_000) })
      .where('id', '=', session)
      .execute();
    await asOurs((tx) => sql`select * from tidemark.find_token(${hash})`.execute(tx));
    const undone = asOurs(async (tx) => {
      await tx.updateTable('memberships').set({ role: 'viewer' }).execute();
      throw new Error('Rolled back.');
    });
    await expect(undone).rejects.toThrow('Rolled back.');
    expect(await nothingElse()).toEqual([]);
  });
});

describe('the connection that hears', () => {
  test('R54 comes back after a cut, and asks for everything', async () => {
    const pids = async () => {
      const { rows } = await house.owner.query<{ pid: number }>(
        `select pid from pg_stat_activity where datname = current_database() and application_name = 'tidemark'
           and query in ('listen tidemark_rights', 'select pg_notify($1, $2)')`,
      );
      return rows.map(({ pid }) => pid);
    };
    for (const pid of await pids()) await house.owner.query('select pg_terminate_backend($1)', [pid]);
    await hear('all');
    heard.splice(0);
    // Alive by all signs of TCP, and dumb.
    const stopped = await pids();
    expect(stopped.length).toBeGreaterThan(0);
    for (const pid of stopped) process.kill(pid, 'SIGSTOP');
    await hear('all');
    for (const pid of stopped) process.kill(pid, 'SIGCONT');
    const userId = await addMember();
    await asOurs((tx) => tx.deleteFrom('memberships').where('user_id', '=', userId).execute());
    await hear({ userId, companyId: ours.companyId });
  });

  test('takes what it cannot read for the widest scope, and a hearer that throws harms no other', async () => {
    const stop = bell.onChanged(() => {
      throw new Error('A hearer.');
    });
    for (const payload of ['', 'nonsense', '7', 'null']) {
      heard.splice(0);
      await sql`select pg_notify('tidemark_rights', ${payload})`.execute(house.database.app);
      await hear('all');
    }
    stop();
  });
});

test('R55 a question that is never answered is given up, and the next one gets another connection', async () => {
  const id = await createDocument(house.database, ours);
  const session = { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout: null } as const;
  const pool = openPool(house.connection, session, { max: 1, query_timeout: 500 }, createJournal());
  const questions = [{ userId: ours.userId, documentId: id, credential: null }];
  const owner = new pg.Client(house.connection);
  await owner.connect();
  await owner.query('begin; lock table tidemark.documents in access exclusive mode');
  await expect(askRights(pool, questions)).rejects.toThrow('timeout');
  await owner.end();
  pool.options.query_timeout = 60_000; // of the next connection: this question is to be answered, not to be fast
  expect(await askRights(pool, questions)).toMatchObject([{ known: true, role: 'owner' }]);
  await pool.end();
});

describe('rights_of', () => {
  async function ask(
    questions: readonly (readonly [userId: string, documentId: string, credential: string | null])[],
  ) {
    const column = (i: 0 | 1 | 2) => questions.map((question) => question[i]);
    const { rows } = await sql<Record<string, unknown>>`select * from tidemark.rights_of(
      ${column(0)}::text[], ${column(1)}::uuid[], ${column(2)}::text[]) order by question`.execute(
      house.database.app,
    );
    return rows;
  }

  test('answers many questions at once, each for its own person and document', async () => {
    const theirs = await createHousehold(house.database);
    const viewer = await addMember('viewer');
    const [mine, foreign] = [
      await createDocument(house.database, ours),
      await createDocument(house.database, theirs),
    ];
    const answers = await ask([
      [ours.userId, mine, null],
      [viewer, mine, null],
      [theirs.userId, mine, null],
      [theirs.userId, foreign, null],
      [ours.userId, randomUUID(), null],
    ]);
    expect(answers).toMatchObject([
      {
        question: 1,
        known: true,
        role: 'owner',
        company_id: ours.companyId,
        space_kind: 'company',
        binned: false,
      },
      { question: 2, known: true, role: 'viewer' },
      { question: 3, known: true, role: null, company_id: ours.companyId },
      { question: 4, known: true, role: 'owner', company_id: theirs.companyId },
      { question: 5, known: true, role: null, company_id: null },
    ]);
  });

  test('knows a credential as long as it is there, not expired, and of this person', async () => {
    const documentId = await createDocument(house.database, ours);
    const other = await createPerson(house.database);
    const [session, expired, foreign] = [
      await signIn(ours.userId),
      await signIn(ours.userId, new Date(Date.now() - 1)),
      await signIn(other),
    ];
    const [token, reading] = [
      await makeToken(ours.userId),
      await makeToken(ours.userId, ours.companyId, 'read'),
    ];
    const credentials = [
      `session:${session}`,
      `session:${expired}`,
      `session:${foreign}`,
      `token:${token}`,
      `token:${reading}`,
      `token:${randomUUID()}`,
      'something else',
      'session:',
    ];
    const answers = await ask(
      credentials.map((credential) => [ours.userId, documentId, credential] as const),
    );
    expect(answers.map(({ known }) => known)).toEqual([true, false, false, true, true, false, false, false]);
    expect(answers[4]).toMatchObject({ token_access: 'read', token_company_id: ours.companyId });
  });
});
