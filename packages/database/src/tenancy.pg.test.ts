import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createDocument,
  createHousehold,
  type Household,
  openTestHouse,
  packAll,
  type TestHouse,
} from './house.testing.ts';
import { inTenant, type Tenant, type TenantTransaction } from './index.ts';

/** Columns a write can try: one that every row has, set to what it is. */
interface TenantTable {
  readonly name: string;
  readonly forced: boolean;
  readonly policies: number;
}

let house: TestHouse;
let ours: Household;
let theirs: Household;
let tables: TenantTable[];

/** Tables that hold no tenant's rows; anything else in the schema must be fenced. */
const common = new Set(['kysely_migration', 'kysely_migration_lock', 'pulse']);
/** Tables of the server itself: the application reaches them by functions alone. */
const locked = new Set(['operators', 'orphaned_objects', 'processes', 'quarantine']);

beforeAll(async () => {
  house = await openTestHouse();
  ours = await createHousehold(house.database);
  theirs = await createHousehold(house.database);
  await fill(ours);
  await fill(theirs);
  const { rows } = await house.owner.query<TenantTable>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced,
       (select count(*)::integer from pg_policy p where p.polrelid = c.oid) as policies
     from pg_class c where c.relnamespace = 'tidemark'::regnamespace and c.relkind in ('r', 'p') order by 1`,
  );
  tables = rows.filter(({ name }) => !common.has(name) && !locked.has(name));
});
afterAll(() => house.close());

/** A row of the household in each table. */
async function fill(household: Household): Promise<void> {
  const { companyId, userId } = household;
  const documentId = await createDocument(house.database, household);
  const purged = await createDocument(house.database, household);
  const { updateLog, app } = house.database;
  await updateLog.append({
    documentId,
    epoch: 1,
    after: 0,
    entries: [1, 2].map((byte) => ({ update: new Uint8Array([byte]), userId, clientId: 1 })),
  });
  for (const lsn of [1, 2]) {
    await updateLog.saveCheckpoint({ documentId, epoch: 1, lsn, state: new Uint8Array([lsn]) });
  }
  expect(await packAll(house.database, documentId)).toBe(1);
  await inTenant(app, household, async (tx) => {
    await tx.deleteFrom('documents').where('id', '=', purged).execute();
    const expires_at = new Date(Date.now() + 3_600_000);
    await tx
      .insertInto('invitations')
      .values({ company_id: companyId, code_hash: randomBytes(32), role: 'editor', expires_at })
      .execute();
    await tx
      .insertInto('api_tokens')
      .values({ company_id: companyId, user_id: userId, name: 'script', token_hash: randomBytes(32) })
      .execute();
    await tx
      .insertInto('files')
      .values({
        company_id: companyId,
        document_id: documentId,
        sha256: randomBytes(32),
        name: 'sales.csv',
        media_type: 'text/csv',
        size: 1,
        stored_size: 1,
      })
      .execute();
    await talk(tx, household, documentId);
    await attach(tx, household, documentId);
    await freeze(tx, household, documentId);
    await remember(tx, household, documentId);
    await price(tx, household);
    await tx.insertInto('company_profiles').values({ company_id: companyId, name: 'Ridgeline' }).execute();
    await tx
      .insertInto('history_writers')
      .values({ company_id: companyId, user_id: userId, name: 'Ada' })
      .execute();
    await tx.insertInto('thumbnails').values({ company_id: companyId, document_id: documentId }).execute();
  });
}

/** A version on its way, which a stranger could take away if no fence held, and what lists know of it. */
async function freeze(tx: TenantTransaction, { companyId }: Household, documentId: string) {
  const inDocument = { company_id: companyId, document_id: documentId };
  const { id } = await tx
    .insertInto('versions')
    .values({
      ...inDocument,
      number: 1,
      kind: 'submitted',
      name: '',
      note: '',
      state: new Uint8Array([1]),
      epoch: 1,
      created_by_name: 'Ada',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('status_changes')
    .values({
      ...inDocument,
      from_status: 'draft',
      to_status: 'submitted',
      note: '',
      version_id: id,
      created_by_name: 'Ada',
    })
    .execute();
  await tx
    .insertInto('estimate_figures')
    .values({
      ...inDocument,
      status: 'submitted',
      client: '',
      number: '',
      currency: 'USD',
      lines: 0,
      risks: '[]',
    })
    .execute();
}

/** What a document's past leaves behind. */
async function remember(tx: TenantTransaction, { companyId }: Household, documentId: string) {
  const inDocument = { company_id: companyId, document_id: documentId };
  const state = new Uint8Array([1]);
  await tx
    .insertInto('history_checkpoints')
    .values({ ...inDocument, lsn: 1, state })
    .execute();
  await tx
    .insertInto('history_sessions')
    .values({
      ...inDocument,
      first_lsn: 1,
      last_lsn: 2,
      from_at: new Date(),
      to_at: new Date(),
      edits: 2,
      bytes: 2,
      touched: '{}',
      stops: '[]',
      user_id: null,
    })
    .execute();
  await tx
    .insertInto('automatic_versions')
    .values({ ...inDocument, lsn: 2, at: new Date(), reason: 'quiet', user_id: null, about: '' })
    .execute();
}

/** An attachment that the document was imported from. */
async function attach(tx: TenantTransaction, { companyId, userId }: Household, documentId: string) {
  const inDocument = { company_id: companyId, document_id: documentId };
  const { id } = await tx
    .insertInto('attachments')
    .values({
      ...inDocument,
      sha256: randomBytes(32),
      name: 'orders.bpmn',
      media_type: 'application/xml',
      size: 1,
      stored_size: 1,
      created_by: userId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('imports')
    .values({ ...inDocument, attachment_id: id, report: '{}' })
    .execute();
}

/** A price, which a trigger notes as its first, and an assembly. */
async function price(tx: TenantTransaction, { companyId }: Household) {
  const company_id = companyId;
  await tx
    .insertInto('price_items')
    .values({
      company_id,
      code: 'S-1',
      name: 'Shingles',
      unit: 'bundle',
      unit_cost: 389900,
      currency: 'USD',
      ...plain,
    })
    .execute();
  await tx
    .insertInto('assemblies')
    .values({ company_id, name: 'A square', unit: 'sq', category: '', description: '', components: '[]' })
    .execute();
}
const plain = { kind: 'mat', waste_bp: 0, category: '', note: '' } as const;

/** A thread with one message, read by its writer. */
async function talk(tx: TenantTransaction, { companyId, userId }: Household, documentId: string) {
  const thread_id = randomUUID();
  const inDocument = { company_id: companyId, document_id: documentId };
  await sql`select next_changes(${companyId}, ${documentId}, 3)`.execute(tx);
  await tx
    .insertInto('threads')
    .values({ ...inDocument, id: thread_id, seq: 1 })
    .execute();
  await tx
    .insertInto('messages')
    .values({
      ...inDocument,
      thread_id,
      id: randomUUID(),
      n: 2,
      seq: 2,
      author_name: 'Ada',
      text: 'Hello',
      mentions: '[]',
    })
    .execute();
  await tx
    .insertInto('thread_marks')
    .values({ ...inDocument, thread_id, user_id: userId, seq: 3, n: 2 })
    .execute();
}

const strangers = (): Record<string, Tenant> => ({
  'nobody at all': { companyId: null, userId: null },
  'another company': { companyId: theirs.companyId, userId: theirs.userId },
});

describe('row-level security', () => {
  test('every table is fenced, forced upon its owner too', () => {
    expect(tables.length).toBeGreaterThanOrEqual(9);
    for (const { name, forced, policies } of tables) {
      expect({ name, forced, fenced: policies > 0 }).toEqual({ name, forced: true, fenced: true });
    }
  });

  test('the tables of the server itself are closed to the application', async () => {
    for (const name of locked) {
      const table = sql.id('tidemark', name);
      for (const statement of [sql`select 1 from ${table}`, sql`delete from ${table}`]) {
        const refused = inTenant(house.database.app, ours, (tx) => statement.execute(tx));
        await expect(refused, name).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  test('the application owns nothing and bypasses nothing', async () => {
    const { rows } = await house.owner.query(
      `select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcanlogin, r.rolcreaterole,
         (select count(*)::integer from pg_class c where c.relowner = r.oid) as owns
       from pg_roles r where r.rolname in ('tidemark_app', 'tidemark_auth', 'tidemark_definer') order by 1`,
    );
    const bare = { rolsuper: false, rolbypassrls: false, rolcanlogin: false, rolcreaterole: false, owns: 0 };
    expect(rows).toEqual(
      ['tidemark_app', 'tidemark_auth', 'tidemark_definer'].map((rolname) => ({ rolname, ...bare })),
    );
    const { rows: current } = await sql<{ role: string }>`select current_user as role`.execute(
      house.database.app,
    );
    expect(current).toEqual([{ role: 'tidemark_app' }]);
  });

  test('each table shows the household its own row', async () => {
    for (const { name } of tables) {
      if (/_\d$/.test(name)) continue; // partitions answer through their parent
      const rows = await inTenant(house.database.app, ours, (tx) =>
        sql`select * from ${sql.id('tidemark', name)}`.execute(tx),
      );
      expect({ name, rows: rows.rows.length > 0 }).toEqual({ name, rows: true });
    }
  });

  for (const who of ['nobody at all', 'another company']) {
    test(`${who} sees and changes none of ours`, async () => {
      for (const { name } of tables) {
        const column = name === 'companies' ? 'id' : 'company_id';
        const table = sql.id('tidemark', name);
        const mine = sql`${sql.id(column)} = ${ours.companyId}`;
        const attempts = {
          select: sql`select 1 from ${table} where ${mine}`,
          update: sql`update ${table} set ${sql.id(column)} = ${sql.id(column)} where ${mine} returning 1`,
          delete: sql`delete from ${table} where ${mine} returning 1`,
        };
        const before = await countAsOurs(name);
        for (const [verb, statement] of Object.entries(attempts)) {
          const outcome = await inTenant(house.database.app, strangers()[who]!, async (tx) => {
            const { rows } = await statement.execute(tx);
            return rows.length;
          }).catch((error) => (error as { code: string }).code);
          // 42501: the role has no right to the verb at all, which is as good.
          expect({ name, verb, outcome: outcome === '42501' ? 0 : outcome }).toEqual({
            name,
            verb,
            outcome: 0,
          });
        }
        expect({ name, count: await countAsOurs(name) }).toEqual({ name, count: before });
      }
    });

    test(`${who} puts nothing into ours`, async () => {
      for (const { name } of tables) {
        if (name === 'companies' || /_\d$/.test(name)) continue;
        const table = sql.id('tidemark', name);
        // A copy of our own row; the fence is asked before any constraint.
        const { rows } = await inTenant(house.database.app, ours, (tx) =>
          sql<{ row: unknown }>`select row_to_json(t) as row from ${table} t limit 1`.execute(tx),
        );
        const refused = inTenant(house.database.app, strangers()[who]!, (tx) =>
          sql`insert into ${table} select * from json_populate_record(null::${table}, ${JSON.stringify(rows[0]!.row)})`.execute(
            tx,
          ),
        );
        await expect(refused, name).rejects.toMatchObject({ code: '42501' });
      }
    });

    test(`${who} sees none of our people`, async () => {
      const found = await inTenant(house.database.app, strangers()[who]!, (tx) =>
        tx.selectFrom('auth.user').select('id').where('id', '=', ours.userId).execute(),
      );
      expect(found).toEqual([]);
    });
  }

  test('outside of a tenant nothing shows', async () => {
    expect(await house.database.app.selectFrom('documents').selectAll().execute()).toEqual([]);
    // Also on a connection that served a tenant before: the settings end with their transaction.
    await inTenant(house.database.app, ours, (tx) => tx.selectFrom('documents').selectAll().execute());
    expect(await house.database.app.selectFrom('documents').selectAll().execute()).toEqual([]);
  });

  test('a list of companies cannot be passed off as one', async () => {
    const both = { companyId: `${ours.companyId},${theirs.companyId}`, userId: ours.userId };
    await expect(inTenant(house.database.app, both, async () => 'in')).rejects.toThrow(
      'A company id is a UUID.',
    );
  });

  test('a person sees where it belongs before a company is chosen, and there its colleagues by name only', async () => {
    const unchosen = { companyId: null, userId: ours.userId };
    const memberships = await inTenant(house.database.app, unchosen, (tx) =>
      tx.selectFrom('memberships').select(['company_id', 'role']).execute(),
    );
    expect(memberships).toEqual([{ company_id: ours.companyId, role: 'owner' }]);
    const companies = await inTenant(house.database.app, unchosen, (tx) =>
      tx.selectFrom('companies').select('id').execute(),
    );
    expect(companies).toEqual([{ id: ours.companyId }]);
    const people = await inTenant(house.database.app, ours, (tx) =>
      tx.selectFrom('auth.user').select('id').execute(),
    );
    expect(people).toEqual([{ id: ours.userId }]);
  });

  test('the application cannot read sessions or passwords, nor the login library documents', async () => {
    for (const table of ['session', 'account', 'verification']) {
      await expect(
        sql`select * from ${sql.id('auth', table)}`.execute(house.database.app),
      ).rejects.toMatchObject({
        code: '42501',
      });
    }
    await expect(sql`select * from tidemark.documents`.execute(house.database.auth)).rejects.toMatchObject({
      code: '42501',
    });
  });

  test('the log is append-only', async () => {
    for (const statement of [sql`delete from document_updates`, sql`update document_updates set lsn = lsn`]) {
      await expect(inTenant(house.database.app, ours, (tx) => statement.execute(tx))).rejects.toMatchObject({
        code: '42501',
      });
    }
  });
});

async function countAsOurs(name: string): Promise<unknown> {
  if (/_\d$/.test(name)) return null;
  const { rows } = await inTenant(house.database.app, ours, (tx) =>
    sql<{ count: number }>`select count(*) as count from ${sql.id('tidemark', name)}`.execute(tx),
  );
  return rows[0]!.count;
}
