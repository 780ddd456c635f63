import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { inTenant, type TenantTransaction } from '@tidemark/database';
import { createDirectoryStore, type ObjectStore } from '@tidemark/files';
import type { Clock, Log } from '@tidemark/sync';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createOrphanSweep } from '../files/orphans.ts';
import { createShelf } from '../files/shelf.ts';
import { foundCompany, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { createBin } from './bin.ts';
import { createBinKeeper } from './bin-keeper.ts';

let server: TestServer;
let store: ObjectStore;
let company: Awaited<ReturnType<typeof foundCompany>>;
let companyId: string;
let spaces: { readonly shared: string; readonly ownersOwn: string; readonly editorsOwn: string };
beforeAll(async () => {
  server = await startTestServer();
  store = await createDirectoryStore(join(server.config.dataDir, 'files'));
  company = await foundCompany(server.origin);
  const of = async (person: TestPerson) =>
    person.get<{ company: { id: string }; spaces: { id: string; kind: string }[] }>('GET', '/api/me');
  const [owner, editor] = [await of(company.owner), await of(company.editor)];
  companyId = owner.company.id;
  const idOf = (me: typeof owner, kind: string) => me.spaces.find((space) => space.kind === kind)!.id;
  spaces = {
    shared: idOf(owner, 'company'),
    ownersOwn: idOf(owner, 'personal'),
    editorsOwn: idOf(editor, 'personal'),
  };
});
afterAll(() => server.destroy());

interface Made {
  readonly id: string;
  readonly deletedAt: string | null;
  readonly purgeAt: string | null;
}

const unheard = () => undefined;
const journal: Log = { debug: unheard, info: unheard, warn: unheard, error: unheard };
const bytes = (text: string) => new TextEncoder().encode(text);
const within = <T>(use: (tx: TenantTransaction) => Promise<T>) =>
  inTenant(server.database.app, { companyId, userId: null }, use);

async function make(
  title: string,
  { kind = 'dashboard', by = company.owner, projectId = spaces.shared } = {},
): Promise<string> {
  return (await by.get<Made>('POST', '/api/documents', { kind, title, projectId })).id;
}

const toBin = async (id: string, by = company.owner) => void (await by.ask('DELETE', `/api/documents/${id}`));

async function binned(title: string, options: Parameters<typeof make>[1] = {}): Promise<string> {
  const id = await make(title, options);
  await toBin(id, options.by);
  return id;
}

async function attach(id: string, content: string): Promise<string> {
  const path = `/api/documents/${id}/attachments`;
  return (await company.owner.get<{ sha256: string }>('POST', path, bytes(content))).sha256;
}

const isThere = async (id: string) => (await company.owner.ask('GET', `/api/documents/${id}`)).status === 200;

async function codeOf(response: Response): Promise<string> {
  return `${response.status} ${((await response.json()) as { code: string }).code}`;
}

/** Tables that hold rows of the document. */
async function tablesWith(id: string): Promise<string[]> {
  return within(async (tx) => {
    const columns = await sql<{ table: string; column: string }>`
      select c.table_name as table, c.column_name as column from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'tidemark' and t.table_type = 'BASE TABLE'
        and (c.column_name = 'document_id' or (c.table_name = 'documents' and c.column_name = 'id'))
        and c.table_name !~ '_[0-9]$' order by 1`.execute(tx);
    const found: string[] = [];
    for (const { table, column } of columns.rows) {
      const { rows } = await sql`select 1 from ${sql.id('tidemark', table)}
        where ${sql.id(column)} = ${id} limit 1`.execute(tx);
      if (rows.length > 0) found.push(table);
    }
    return found;
  });
}

test('TIME-40 what is deleted for good leaves no row but the memory of its epochs and places', async () => {
  const { owner } = company;
  const id = await make('Roof', { kind: 'estimate' });
  await attach(id, 'a photo of the roof');
  await owner.get('POST', `/api/documents/${id}/versions`, { name: 'First' });
  await owner.get('POST', `/api/documents/${id}/status`, { to: 'submitted' });
  await owner.ask('PUT', `/api/documents/${id}/conversation/messages/${randomUUID()}`, {
    thread: randomUUID(),
    text: 'Which shingles?',
  });
  await within(async (tx) => {
    await sql`insert into history_places (document_id, company_id, settled_lsn) values (${id}, ${companyId}, 1)`.execute(
      tx,
    );
    await sql`insert into history_checkpoints (document_id, lsn, company_id, state) values (${id}, 1, ${companyId}, '\\x00')`.execute(
      tx,
    );
    await sql`insert into automatic_versions (document_id, company_id, lsn, at, reason) values (${id}, ${companyId}, 1, now(), 'nightly')`.execute(
      tx,
    );
    await sql`insert into history_sessions (document_id, first_lsn, last_lsn, company_id, from_at, to_at, edits, bytes, touched, stops)
      values (${id}, 1, 1, ${companyId}, now(), now(), 1, 1, '{}', '[]')`.execute(tx);
  });
  expect(await tablesWith(id)).toEqual(
    expect.arrayContaining([
      ...[
        'attachments',
        'automatic_versions',
        'conversations',
        'document_updates',
        'documents',
        'estimate_figures',
      ],
      ...[
        'history_checkpoints',
        'history_places',
        'history_sessions',
        'messages',
        'status_changes',
        'versions',
      ],
    ]),
  );
  await toBin(id);
  expect((await owner.ask('POST', `/api/documents/${id}/purge`)).status).toBe(204);
  expect(await tablesWith(id)).toEqual(['former_epochs', 'former_places']);
  expect(await isThere(id)).toBe(false);
  expect(await codeOf(await owner.ask('POST', `/api/documents/${id}/purge`))).toBe('404 not-found');
  const { rows } = await within((tx) =>
    sql`select reason, ended_by is not null as told from former_epochs where document_id = ${id}`.execute(tx),
  );
  expect(rows).toEqual([{ reason: 'purged', told: true }]);
});

test('TIME-40 only what is in the bin is deleted for good, and whoever comes for it later hears 4404', async () => {
  const { owner } = company;
  const id = await make('Kept');
  expect(await codeOf(await owner.ask('POST', `/api/documents/${id}/purge`))).toBe('409 not-in-bin');
  const { token } = await owner.get<{ token: string }>('POST', `/api/documents/${id}/sync-token`, {});
  await toBin(id);
  await owner.get('POST', `/api/documents/${id}/restore`, {});
  expect(await codeOf(await owner.ask('POST', `/api/documents/${id}/purge`))).toBe('409 not-in-bin');
  await toBin(id);
  await owner.ask('POST', `/api/documents/${id}/purge`);
  const socket = new WebSocket(`${server.origin.replace('http', 'ws')}/sync/${id}?token=${token}`);
  expect((await once(socket, 'close'))[0]).toBe(4404);
});

test('TIME-40 in the shared space only owners delete for good; everybody does in their own', async () => {
  const { owner, editor, viewer } = company;
  const shared = await binned('Shared', { by: editor });
  const purge = (by: TestPerson, id: string) => by.ask('POST', `/api/documents/${id}/purge`);
  expect(await codeOf(await purge(viewer, shared))).toBe('404 not-found');
  expect(await codeOf(await purge(editor, shared))).toBe('403 no-access');
  const empty = (by: TestPerson, projectId: string) => by.ask('POST', '/api/bin/empty', { projectId });
  expect(await codeOf(await empty(editor, spaces.shared))).toBe('403 no-access');
  expect(await codeOf(await empty(viewer, spaces.shared))).toBe('403 read-only');
  const own = await binned('Own', { by: editor, projectId: spaces.editorsOwn });
  expect(await codeOf(await purge(owner, own))).toBe('404 not-found');
  expect(await codeOf(await empty(owner, spaces.editorsOwn))).toBe('404 not-found');
  expect((await purge(editor, own)).status).toBe(204);
  expect((await purge(owner, shared)).status).toBe(204);
});

test('TIME-70 what lies in the bin is known to those alone who may take it out, in lists as by its id', async () => {
  const { owner, editor, viewer } = company;
  const id = await binned('Only for editors', { by: editor });
  const knows = async (by: TestPerson) => {
    const { items } = await by.get<{ items: { id: string }[] }>('GET', '/api/documents?bin=true&limit=100');
    return [items.some((item) => item.id === id), (await by.ask('GET', `/api/documents/${id}`)).status];
  };
  expect(await knows(owner)).toEqual([true, 200]);
  expect(await knows(editor)).toEqual([true, 200]);
  expect(await knows(viewer)).toEqual([false, 404]);
  await editor.get('POST', `/api/documents/${id}/restore`, {});
  expect((await viewer.ask('GET', `/api/documents/${id}`)).status).toBe(200);
  await editor.ask('DELETE', `/api/documents/${id}`);
});

test('TIME-41 a stored object goes with the last row that refers to it, of whichever document', async () => {
  const first = await make('First');
  const second = await make('Second');
  const shared = await attach(first, 'the same photo');
  expect(await attach(second, 'the same photo')).toBe(shared);
  const alone = await attach(first, 'a photo of one');
  await toBin(first);
  await company.owner.ask('POST', `/api/documents/${first}/purge`);
  await vi.waitUntil(async () => !(await store.exists(alone)));
  expect(await store.exists(shared)).toBe(true);
  await toBin(second);
  await company.owner.ask('POST', `/api/documents/${second}/purge`);
  await vi.waitUntil(async () => !(await store.exists(shared)));
});

test('TIME-41 an object that could not be removed is tried again', async () => {
  const id = await make('Stubborn');
  const object = await attach(id, 'a stubborn photo');
  await within((tx) => tx.deleteFrom('documents').where('id', '=', id).execute());
  const failing = {
    remove: async () => {
      throw new Error('The disk is away.');
    },
  };
  const errors: string[] = [];
  const heard = { ...journal, error: (event: string) => void errors.push(event) };
  expect(await createOrphanSweep(server.database, failing, heard).sweep()).toBe(0);
  expect(errors).toEqual(['object-not-removed']);
  expect(await store.exists(object)).toBe(true);
  expect(await createOrphanSweep(server.database, store, journal).sweep()).toBe(1);
  expect(await store.exists(object)).toBe(false);
});

test('TIME-41 no row comes to refer to an object while it is removed, and none that was removed is referred to', async () => {
  const reader = { tenant: { companyId, userId: await ownerId() }, role: 'owner' as const };
  const [doomed, heir] = [await make('Doomed'), await make('Heir')];
  const upload = { name: 'a.csv', content: [bytes('a,b\n7,8\n')] as unknown as AsyncIterable<Uint8Array> };
  const shelf = createShelf(server.database, store);
  const file = await shelf.add(reader, doomed, upload);
  if (!('sha256' in file)) throw new Error('The file was refused.');
  await within((tx) => tx.deleteFrom('documents').where('id', '=', doomed).execute());

  // Stored again as it is there already, then removed before its row is written.
  const [removing, mayRemove] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slow = {
    async remove(sha256: string) {
      removing.resolve();
      await mayRemove.promise;
      await store.remove(sha256);
    },
  };
  const swept = createOrphanSweep(server.database, slow, journal).sweep();
  await removing.promise;
  const added = shelf.add(reader, heir, upload);
  await vi.waitUntil(async () => (await waitingForObjects()) === 1);
  mayRemove.resolve();
  expect(await swept).toBe(1);
  await expect(added).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await shelf.list(reader, heir)).toEqual([]);

  // Sent again, it is there, and its row keeps it.
  await shelf.add(reader, heir, upload);
  await createOrphanSweep(server.database, store, journal).sweep();
  expect(await store.exists(file.sha256)).toBe(true);
});

async function waitingForObjects(): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`.execute(
    server.database.app,
  );
  return rows[0]!.n;
}

async function ownerId(): Promise<string> {
  return (await company.owner.get<{ user: { id: string } }>('GET', '/api/me')).user.id;
}

test('TIME-42 a document that others began with leaves them whole', async () => {
  const { owner } = company;
  const original = await make('Roof', { kind: 'estimate' });
  const photo = await attach(original, 'the roof from above');
  const version = await owner.get<{ id: string }>('POST', `/api/documents/${original}/versions`, {
    name: 'First',
  });
  const { id } = await owner.get<Made>('POST', `/api/documents/${original}/versions/${version.id}/fork`, {});
  const look = async () => ({
    content: await (await owner.ask('GET', `/api/documents/${id}/content`)).json(),
    attachments: await owner.get('GET', `/api/documents/${id}/attachments`),
  });
  const before = await look();
  await toBin(original);
  expect((await owner.ask('POST', `/api/documents/${original}/purge`)).status).toBe(204);
  await createOrphanSweep(server.database, store, journal).sweep();
  expect(await look()).toEqual(before);
  expect(await store.exists(photo)).toBe(true);
});

test('TIME-43 what is in the bin says when it goes, and goes then; what is restored in time stays', async () => {
  const { owner } = company;
  const [goes, stays, later] = [await binned('Goes'), await binned('Stays'), await binned('Later')];
  const { deletedAt, purgeAt } = await owner.get<Made>('GET', `/api/documents/${goes}`);
  expect(Date.parse(purgeAt!) - Date.parse(deletedAt!)).toBe(30 * 24 * 60 * 60 * 1_000);
  await within((tx) =>
    tx
      .updateTable('documents')
      .set({ purge_at: sql<Date>`now() - interval '1 second'` })
      .where('id', 'in', [goes, stays])
      .execute(),
  );
  const restored = await owner.get<Made>('POST', `/api/documents/${stays}/restore`, {});
  expect(restored).toMatchObject({ deletedAt: null, purgeAt: null });
  expect(await createBin(server.database, server.lobby).purgeDue()).toBe(1);
  expect([await isThere(goes), await isThere(stays), await isThere(later)]).toEqual([false, true, true]);
  const { rows } = await within((tx) =>
    sql`select reason, ended_by from former_epochs where document_id = ${goes}`.execute(tx),
  );
  expect(rows).toEqual([{ reason: 'purged', ended_by: null }]);
});

test('TIME-43 what is restored and binned anew while it is being deleted gets its time', async () => {
  const id = await binned('Again');
  const binnedAgain = (at: string) =>
    sql<{ holder: string }>`update documents set purge_at = now() + ${at}::interval where id = ${id}
      returning pg_current_xact_id()::text as holder`;
  await within((tx) => binnedAgain('-1 second').execute(tx));
  const [held, mayEnd] = [Promise.withResolvers<string>(), Promise.withResolvers<void>()];
  const anew = within(async (tx) => {
    held.resolve((await binnedAgain('30 days').execute(tx)).rows[0]!.holder);
    await mayEnd.promise;
  });
  const holder = await held.promise;
  const purging = createBin(server.database, server.lobby).purgeDue();
  await vi.waitUntil(async () => {
    const { rows } =
      await sql`select 1 from pg_locks where not granted and transactionid::text = ${holder}`.execute(
        server.database.app,
      );
    return rows.length > 0;
  });
  mayEnd.resolve();
  await anew;
  expect(await purging).toBe(0);
  expect(await isThere(id)).toBe(true);
});

test('TIME-43 the server looks by itself: a minute after its start, then every hour, and after a fault too', async () => {
  const timers: { ms: number; run: () => void }[] = [];
  const clock: Clock = {
    now: () => 0,
    after(ms, run) {
      timers.push({ ms, run });
      return () => undefined;
    },
  };
  const done: string[] = [];
  const errors: string[] = [];
  let failing = true;
  const keeper = createBinKeeper({
    bin: {
      async purgeDue() {
        if (failing) throw new Error('The database is away.');
        done.push('purge');
        return 1;
      },
    },
    orphans: {
      async sweep() {
        done.push('sweep');
        return 0;
      },
    },
    clock,
    journal: { ...journal, error: (event) => void errors.push(event) },
  });
  keeper.start();
  const minute = timers.shift();
  expect(minute?.ms).toBe(60_000);
  minute?.run();
  await vi.waitUntil(() => errors.length === 1);
  expect(done).toEqual([]);
  failing = false;
  const hour = timers.shift();
  expect(hour?.ms).toBe(3_600_000);
  hour?.run();
  await vi.waitUntil(() => done.length === 2);
  expect(done).toEqual(['purge', 'sweep']);
  await keeper.close();
});

test('TIME-44 emptying takes what was in the bin of that space when somebody looked, part by part', async () => {
  const { owner } = company;
  const projectId = spaces.ownersOwn;
  const [seen, elsewhere, alive] = [
    await binned('Seen', { projectId }),
    await binned('Elsewhere'),
    await make('Alive', { projectId }),
  ];
  const { deletedAt: until } = await owner.get<Made>('GET', `/api/documents/${seen}`);
  await within((tx) =>
    tx
      .updateTable('documents')
      .set({ deleted_at: sql<Date>`deleted_at + interval '1 hour'` })
      .where('id', '=', elsewhere)
      .execute(),
  );
  const unseen = await binned('Unseen', { projectId });
  expect(await owner.get('POST', '/api/bin/empty', { projectId, until })).toEqual({ purged: 1, left: 0 });
  expect(await Promise.all([seen, elsewhere, alive, unseen].map(isThere))).toEqual([false, true, true, true]);
  await binned('More', { projectId });
  const bin = createBin(server.database, server.lobby);
  const tenant = { companyId, userId: await ownerId() };
  expect(await bin.empty(tenant, projectId, null, 1)).toEqual({ purged: 1, left: 1 });
  expect(await bin.empty(tenant, projectId, null, 1)).toEqual({ purged: 1, left: 0 });
});
