import { afterAll, beforeAll, expect, test } from 'vitest';
import { signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';
import { createThumbnails, type Looks, type Thumbnails } from './thumbnails.ts';

let server: TestServer;
let ana: TestPerson;
/** Two processes on one database. */
let here: Thumbnails;
let there: Thumbnails;

beforeAll(async () => {
  server = await startTestServer();
  ana = await signUp(server.origin);
  here = createThumbnails(server.database);
  there = createThumbnails(server.database);
});
afterAll(() => server.destroy());

async function create(kind = 'diagram'): Promise<string> {
  return (await ana.get<{ id: string }>('POST', '/api/documents', { kind, title: 'T' })).id;
}

const looks = (version: string): Looks => ({
  version,
  light: new Uint8Array([1]),
  dark: new Uint8Array([2]),
});

test('PIC-33 of several processes one draws, and the other when that is done and there is more to draw', async () => {
  const id = await create();
  const claims = await Promise.all([here.claim(id), there.claim(id)]);
  expect(claims.sort()).toEqual(['claimed', 'taken']);
  expect(await here.keep(id, { epoch: 1, head: 0 }, looks('a'))).toBe(true);
  expect(await there.claim(id)).toBe('claimed');
  await there.release(id);
  expect(await here.claim(id)).toBe('claimed');
});

test('PIC-33 what is up to date, another kind, or gone is left alone', async () => {
  const id = await create();
  await here.claim(id);
  await here.keep(id, { epoch: 1, head: 1 }, looks('a'));
  expect(await here.claim(id)).toBe('fresh');
  expect(await here.claim(await create('dashboard'))).toBe('fresh');
  await ana.ask('DELETE', `/api/documents/${id}`);
  expect(await here.claim(id)).toBe('fresh');
  expect(await here.claim('00000000-0000-4000-8000-000000000000')).toBe('fresh');
});

test('PIC-33 a late picture of an earlier state does not replace a later one; that of a later life does', async () => {
  const id = await create();
  await here.claim(id);
  expect(await here.keep(id, { epoch: 1, head: 9 }, looks('later'))).toBe(true);
  expect(await there.keep(id, { epoch: 1, head: 3 }, looks('earlier'))).toBe(false);
  expect(await versionOf(id)).toBe('later');
  expect(await there.keep(id, { epoch: 2, head: 1 }, looks('new life'))).toBe(true);
  expect(await versionOf(id)).toBe('new life');
});

test('PIC-34 nothing to be seen takes the thumbnail away', async () => {
  const id = await create();
  await here.claim(id);
  await here.keep(id, { epoch: 1, head: 1 }, looks('a'));
  expect(await here.keep(id, { epoch: 1, head: 2 }, null)).toBe(true);
  expect(await versionOf(id)).toBeNull();
  expect((await ana.ask('GET', `/api/documents/${id}/thumbnail`)).status).toBe(404);
});

/** Read from the table: to ask the server would have it drawn. */
async function versionOf(id: string): Promise<string | null> {
  const { user, company } = await ana.get<{ user: { id: string }; company: { id: string } }>(
    'GET',
    '/api/me',
  );
  const tenant = { companyId: company.id, userId: user.id };
  return (await here.find({ tenant, role: 'owner' }, id, 'light'))?.version ?? null;
}
