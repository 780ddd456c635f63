import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { type Database, inTenant, openDatabase } from '@tidemark/database';
import { createTestDatabase, type TestDatabase } from '@tidemark/postgres/testing';
import { subprotocol } from '@tidemark/protocol';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { createSyncTokens } from './login/sync-tokens.ts';
import { cookiesOf, foundCompany, send, signUp, type TestPerson, testPassword } from './testing.ts';
import { rawClient, refusalOf, updateOf } from './testing-socket.ts';

/** Two server processes on one Postgres. Requests go to the first, documents are open on the second. */
let made: TestDatabase;
let here: string;
let there: string;
let database: Database;
let company: Awaited<ReturnType<typeof foundCompany>>;
const secret = 'a secret that both of them know of';
const children: ChildProcess[] = [];
const directories: string[] = [];

beforeAll(async () => {
  made = await createTestDatabase();
  [here, there] = [await startProcess(), await startProcess()];
  const quiet = () => undefined;
  database = openDatabase({
    connection: made.url,
    journal: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  company = await foundCompany(here);
});
afterAll(async () => {
  await database.close();
  await Promise.all(
    children
      .filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
      .map((child) => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        return ended;
      }),
  );
  await made.drop();
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});

async function startProcess(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidemark-rights-'));
  directories.push(dataDir);
  const child = spawn(process.execPath, [fileURLToPath(new URL('main.ts', import.meta.url))], {
    env: { PORT: '0', DATA_DIR: dataDir, DATABASE_URL: made.url, TIDEMARK_SECRET: secret, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`A server ended (${code}) before it was ready.`)));
    createInterface({ input: child.stdout! }).on('line', (line) => resolve(line.split(' ').at(-1) ?? ''));
  });
}

async function newDocument(person: TestPerson = company.owner): Promise<string> {
  const { id } = await person.get<{ id: string }>('POST', '/api/documents', {
    kind: 'dashboard',
    title: 'Live',
  });
  return id;
}

/** The address of a document on the other process, with a token that was issued here. */
async function addressOf(person: TestPerson, id: string, epoch?: number): Promise<string> {
  const { token } = await person.get<{ token: string }>('POST', `/api/documents/${id}/sync-token`);
  const more = epoch === undefined ? '' : `&epoch=${epoch}`;
  return `${there.replace('http', 'ws')}/sync/${id}?token=${token}${more}`;
}

/** Somebody's document, open on the other process, its replica up to date. */
async function open(url: string, protocols?: string[], headers?: Record<string, string>) {
  const client = await rawClient(url, protocols, headers);
  const refused = client.closed.then((code) => Promise.reject(new Error(`closed with ${code}`)));
  const { stateVector } = await Promise.race([client.next('sync-step-1'), refused]);
  const doc = new Y.Doc();
  client.send({ type: 'sync-step-1', stateVector: Y.encodeStateVector(doc) });
  const { update } = await client.next('sync-step-2');
  Y.applyUpdate(doc, update);
  return { ...client, doc, stateVector };
}

const edit = (key: string) =>
  ({ type: 'update', update: updateOf((doc) => doc.getMap('x').set(key, 1)) }) as const;
const idOf = async (person: TestPerson) =>
  (await person.get<{ user: { id: string } }>('GET', '/api/me')).user.id;
const newEditor = async () => {
  const { code } = await company.owner.get<{ code: string }>('POST', '/api/invitations', { role: 'editor' });
  return signUp(here, 'Eli', code);
};
async function signInAgain(person: TestPerson): Promise<TestPerson> {
  const response = await send(
    here,
    'POST',
    '/api/auth/sign-in/email',
    { email: person.email, password: testPassword },
    { 'user-agent': 'Telephone/1.0' },
  );
  const cookie = cookiesOf(response);
  const ask: TestPerson['ask'] = (method, path, body) =>
    send(here, method, path, body, { cookie, origin: here });
  return { ...person, cookie, ask, get: async (...request) => (await ask(...request)).json() as never };
}

describe('a change of rights through one process reaches sessions on the other', () => {
  test('R50 an editor who becomes a viewer, and an editor again', async () => {
    const eli = await newEditor();
    const id = await newDocument();
    const live = await open(await addressOf(eli, id));
    live.send(edit('before'));
    await live.next('ack', ({ n }) => n === 1);
    const member = `/api/company/members/${await idOf(eli)}`;

    expect(await company.owner.get('PATCH', member, { role: 'viewer' })).toMatchObject({ role: 'viewer' });
    expect(await live.next('access')).toMatchObject({ access: 'read' });
    live.send(edit('after'));
    expect(await live.next('refusal')).toMatchObject({ n: 2, code: 'read-only' });
    expect(live.frames.filter(({ type }) => type === 'ack')).toHaveLength(1);

    await company.owner.get('PATCH', member, { role: 'editor' });
    await live.next('access', ({ access }) => access === 'edit');
    live.close();
    const again = await open(await addressOf(eli, id));
    expect(again.doc.getMap('x').toJSON()).toEqual({ before: 1 });
    again.send(edit('again'));
    await again.next('ack', ({ n }) => n === 1);
    again.close();
  });

  test('R50 a stock client is told by an auth frame', async () => {
    const eli = await newEditor();
    const id = await newDocument();
    const { token } = await eli.get<{ token: string }>('POST', `/api/documents/${id}/sync-token`);
    const told = Promise.withResolvers<string>();
    class Listening extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        this.on('message', (data) => {
          const bytes = Buffer.from(data as ArrayBuffer);
          // Type 2, kind 0, then the reason with its length.
          if (bytes[0] === 2) told.resolve(bytes.subarray(3).toString());
        });
      }
    }
    const provider = new WebsocketProvider(`${there.replace('http', 'ws')}/sync`, id, new Y.Doc(), {
      params: { token },
      disableBc: true,
      WebSocketPolyfill: Listening as unknown as typeof globalThis.WebSocket,
    });
    await new Promise((resolve) => provider.once('sync', resolve));
    await company.owner.get('PATCH', `/api/company/members/${await idOf(eli)}`, { role: 'viewer' });
    expect(await told.promise).toBe('read-only');
    provider.destroy();
  });

  test('R51 4403 for a member who is removed, who is then not told of the document; their tokens end', async () => {
    const eli = await newEditor();
    const id = await newDocument();
    const { token } = await eli.get<{ token: string }>('POST', '/api/tokens', { name: 't' });
    const url = await addressOf(eli, id);
    const live = await open(url);
    const answer = await company.owner.ask('DELETE', `/api/company/members/${await idOf(eli)}`);
    expect(answer.status).toBe(204);
    expect(await live.closed).toBe(4403);
    expect(await refusalOf(url)).toEqual([4404, 'not-found']);
    const asked = await send(here, 'GET', '/api/documents', undefined, { authorization: `Bearer ${token}` });
    expect(asked.status).toBe(401);
  });

  test('R51 4404 for a document in the bin, and it opens again from there', async () => {
    const id = await newDocument();
    const url = await addressOf(company.viewer, id);
    const live = await open(url);
    await company.owner.ask('DELETE', `/api/documents/${id}`);
    expect(await live.closed).toBe(4404);
    await company.owner.get('POST', `/api/documents/${id}/restore`);
    (await open(url)).close();
  });

  test('R51 4401 for what a login opened that was signed out, and for nothing else of the same person', async () => {
    const eli = await newEditor();
    const phone = await signInAgain(eli);
    const id = await newDocument();
    const [desk, byToken] = [await open(await addressOf(eli, id)), await open(await addressOf(phone, id))];
    const cookie = { cookie: phone.cookie, origin: there };
    const byCookie = await open(`${there.replace('http', 'ws')}/sync/${id}`, [subprotocol], cookie);
    expect((await phone.ask('POST', '/api/auth/sign-out')).status).toBe(200);
    expect(await Promise.all([byToken.closed, byCookie.closed])).toEqual([4401, 4401]);
    desk.send(edit('still here'));
    await desk.next('ack', ({ n }) => n === 1);
    desk.close();
  });

  test('R51 4401 for a device that is signed out from another one', async () => {
    const eli = await newEditor();
    const phone = await signInAgain(eli);
    const id = await newDocument();
    const live = await open(await addressOf(phone, id));
    type Listed = { items: { id: string; device: string | null; current: boolean }[] };
    const { items } = await eli.get<Listed>('GET', '/api/auth/sessions');
    expect(items.map(({ device, current }) => [device, current])).toEqual([
      ['Telephone/1.0', false],
      ['node', true],
    ]);
    const other = items.find(({ current }) => !current)!.id;
    expect((await company.owner.ask('DELETE', `/api/auth/sessions/${other}`)).status).toBe(404);
    expect((await eli.ask('DELETE', `/api/auth/sessions/${other}`)).status).toBe(204);
    expect(await live.closed).toBe(4401);
    expect((await phone.ask('GET', '/api/me')).status).toBe(401);
  });

  test('R51 4401 for an API token that is withdrawn, and for the sync tokens it was used for', async () => {
    const id = await newDocument();
    const token = await company.owner.get<{ id: string; token: string }>('POST', '/api/tokens', {
      name: 't',
    });
    const authorization = `Bearer ${token.token}`;
    const issued = await send(here, 'POST', `/api/documents/${id}/sync-token`, {}, { authorization });
    const { token: sync } = (await issued.json()) as { token: string };
    const base = `${there.replace('http', 'ws')}/sync/${id}`;
    const [bearer, bySync] = [
      await open(base, [subprotocol], { authorization }),
      await open(`${base}?token=${sync}`),
    ];
    expect((await company.owner.ask('DELETE', `/api/tokens/${token.id}`)).status).toBe(204);
    expect(await Promise.all([bearer.closed, bySync.closed])).toEqual([4401, 4401]);
    expect((await refusalOf(`${base}?token=${sync}`))[0]).toBe(4401);
  });

  test('an API token opens documents of its own company alone', async () => {
    const id = await newDocument();
    const stan = await signUp(here, 'Stan');
    const { code } = await company.owner.get<{ code: string }>('POST', '/api/invitations', {
      role: 'editor',
    });
    await stan.get('POST', `/api/invitations/${code}/accept`);
    const { token } = await stan.get<{ token: string }>('POST', '/api/tokens', {
      name: 'of his own company',
    });
    const headers = { authorization: `Bearer ${token}` };
    expect((await refusalOf(`${there.replace('http', 'ws')}/sync/${id}`, { headers }))[0]).toBe(4404);
  });

  test('a sync token that expires ends no session, and opens none', async () => {
    const id = await newDocument();
    const claim = {
      documentId: id,
      userId: await idOf(company.owner),
      atMost: 'edit',
      credential: null,
    } as const;
    const urlFor = (life: number) => {
      const token = createSyncTokens(secret).issue({ ...claim, expiresAt: Date.now() + life });
      return `${there.replace('http', 'ws')}/sync/${id}?token=${token}`;
    };
    // Whoever is slower than a token lives is refused, and gets one that lives longer.
    let [life, url] = [1_500, urlFor(1_500)];
    let live = await open(url).catch(() => null);
    while (live === null) {
      life *= 4;
      url = urlFor(life);
      live = await open(url).catch(() => null);
    }
    for (;;) {
      const [code] = await new Promise<[number]>((resolve) => {
        const ws = new WebSocket(url);
        ws.on('message', () => ws.close(1000));
        ws.on('close', (closeCode) => resolve([closeCode]));
      });
      if (code === 4401) break;
    }
    live.send(edit('still here'));
    await live.next('ack', ({ n }) => n === 1);
    live.close();
  });
});

describe('members', () => {
  const problem = async (response: Response) => [
    response.status,
    ((await response.json()) as { code: string }).code,
  ];

  test('a company keeps an owner, however two of them try to leave at once', async () => {
    const boss = await signUp(here, 'Bo');
    const { code } = await boss.get<{ code: string }>('POST', '/api/invitations', { role: 'editor' });
    const second = await signUp(here, 'Sec', code);
    const [bossId, secondId] = [await idOf(boss), await idOf(second)];
    const member = (id: string) => `/api/company/members/${id}`;
    expect(await problem(await boss.ask('PATCH', member(bossId), { role: 'viewer' }))).toEqual([
      409,
      'last-owner',
    ]);
    expect(await problem(await boss.ask('DELETE', member(bossId)))).toEqual([409, 'last-owner']);
    expect(await problem(await second.ask('DELETE', member(bossId)))).toEqual([403, 'no-access']);
    await boss.get('PATCH', member(secondId), { role: 'owner' });
    const left = await Promise.all([
      boss.ask('DELETE', member(bossId)),
      second.ask('PATCH', member(secondId), { role: 'editor' }),
    ]);
    expect(left.map(({ status }) => status).filter((status) => status < 300)).toHaveLength(1);
    expect(left.map(({ status }) => status).filter((status) => status === 409)).toHaveLength(1);
  });

  test('whoever leaves is out, and finds a company of their own', async () => {
    const eli = await newEditor();
    expect((await eli.ask('DELETE', `/api/company/members/${await idOf(eli)}`)).status).toBe(204);
    const me = await eli.get<{ company: { role: string; name: string } }>('GET', '/api/me');
    expect(me.company).toMatchObject({ role: 'owner', name: "Eli's company" });
  });
});

describe('a document begun anew', () => {
  const content = async (origin: string, id: string) => {
    const { cookie } = company.owner;
    const response = await send(origin, 'GET', `/api/documents/${id}/state`, undefined, { cookie, origin });
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
    return doc;
  };

  test('R56 R57 a hard reset: everybody hears it on every process, and no stale copy merges', async () => {
    const id = await newDocument();
    const live = await open(await addressOf(company.editor, id));
    const { epoch } = await live.next('hello');
    live.send(edit('old life'));
    await live.next('ack', ({ n }) => n === 1);
    live.doc.getMap('x').set('made offline', 1);

    const fresh = await content(here, id);
    fresh.getMap('meta').set('title', 'Begun anew');
    const state = Buffer.from(Y.encodeStateAsUpdate(fresh)).toString('base64');
    const begun = await company.owner.get<{ epoch: number; head: number }>(
      'POST',
      `/api/documents/${id}/reset`,
      { state },
    );
    expect(begun.epoch).toBeGreaterThan(epoch);
    expect(await live.closed).toBe(4409);

    const url = await addressOf(company.editor, id);
    expect(await refusalOf(`${url}&epoch=${epoch}`)).toEqual([4409, 'stale-epoch']);
    // As a stock client with params would ask: whatever it sends is not looked at.
    const stale = new WebSocket(`${url}&epoch=${epoch}`, [subprotocol]);
    stale.on('open', () => stale.send(Y.encodeStateAsUpdate(live.doc)));
    expect(await new Promise((resolve) => stale.on('close', resolve))).toBe(4409);

    const again = await open(`${url}&epoch=${begun.epoch}`);
    expect(await again.next('hello')).toMatchObject({ epoch: begun.epoch, head: begun.head });
    expect(again.doc.getMap('meta').get('title')).toBe('Begun anew');
    expect(again.doc.getMap('x').has('made offline')).toBe(false);
    again.send(edit('new life'));
    await again.next('ack', ({ n, lsn }) => n === 1 && lsn === begun.head + 1);
    again.close();
    expect((await content(here, id)).getMap('x').toJSON()).toMatchObject({ 'new life': 1 });
    expect(await company.owner.get('GET', `/api/documents/${id}`)).toMatchObject({ title: 'Begun anew' });
    expect((await refusalOf(`${url}&epoch=x`))[0]).toBe(4400);
  });

  test('a reset without a state begins as a new document does; what is no whole document of its kind is refused', async () => {
    const id = await newDocument();
    const flawed = updateOf((doc) => doc.getMap('meta').set('kind', 'estimate'));
    const part = (() => {
      const doc = new Y.Doc();
      doc.getMap('meta').set('kind', 'dashboard');
      const before = Y.encodeStateVector(doc);
      doc.getMap('meta').set('title', 'x');
      return Y.encodeStateAsUpdate(doc, before);
    })();
    for (const state of [new Uint8Array([9, 9, 9]), flawed, part]) {
      const body = { state: Buffer.from(state).toString('base64') };
      const refused = await company.owner.ask('POST', `/api/documents/${id}/reset`, body);
      expect(await refused.json()).toMatchObject({ code: 'invalid', fields: { state: expect.any(String) } });
    }
    await company.owner.get('POST', `/api/documents/${id}/reset`);
    expect((await content(there, id)).getMap('meta').toJSON()).toMatchObject({
      kind: 'dashboard',
      title: 'Live',
    });
  });

  test('R56 a document that is deleted for good and made again takes nothing from a copy of the first', async () => {
    const id = await newDocument();
    const live = await open(await addressOf(company.owner, id));
    const { epoch } = await live.next('hello');
    live.send(edit('deleted'));
    await live.next('ack', ({ n }) => n === 1);
    const { companyId, userId, spaceId } = await tenant();
    await inTenant(database.app, { companyId, userId }, (tx) =>
      tx.deleteFrom('documents').where('id', '=', id).execute(),
    );
    expect(await live.closed).toBe(4404);
    await inTenant(database.app, { companyId, userId }, (tx) =>
      tx
        .insertInto('documents')
        .values({ id, company_id: companyId, space_id: spaceId, kind: 'dashboard', title: 'Again' })
        .execute(),
    );
    const url = await addressOf(company.owner, id);
    expect((await refusalOf(`${url}&epoch=${epoch}`))[0]).toBe(4409);
    const again = await open(url);
    expect(again.doc.getMap('x').size).toBe(0);
    again.close();
  });

  test('R56 after a restore from a backup a copy that is ahead of it is told so, and merges nothing', async () => {
    const id = await newDocument();
    const live = await open(await addressOf(company.owner, id));
    const { epoch } = await live.next('hello');
    live.send(edit('in the backup'));
    const { lsn: backedUp } = await live.next('ack', ({ n }) => n === 1);
    live.send(edit('after the backup'));
    await live.next('ack', ({ n }) => n === 2);
    const ahead = live.doc;
    ahead.getMap('x').set('after the backup', 1);

    // The rows as they were: what came later is not in the backup.
    const operator = new pg.Client(made.url);
    await operator.connect();
    await operator.query('begin');
    await operator.query('set local role tidemark_definer');
    await operator.query('delete from tidemark.document_updates where document_id = $1 and lsn > $2', [
      id,
      backedUp,
    ]);
    await operator.query('update tidemark.documents set head = $2 where id = $1', [id, backedUp]);
    await operator.query('commit');
    await operator.end();
    expect(await runCommand(['--everything'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Usage:'),
    });
    expect(await runCommand([id])).toMatchObject({ code: 0, out: '1 document begun anew.\n' });
    expect(await live.closed).toBe(4409);

    const url = await addressOf(company.owner, id);
    expect((await refusalOf(`${url}&epoch=${epoch}`))[0]).toBe(4409);
    const again = await open(url);
    expect(again.doc.getMap('x').toJSON()).toEqual({ 'in the backup': 1 });
    again.send(edit('goes on'));
    await again.next('ack', ({ n }) => n === 1);
    again.close();
    expect((await content(here, id)).getMap('x').toJSON()).toEqual({ 'in the backup': 1, 'goes on': 1 });
  });

  async function runCommand(given: string[]) {
    const child = spawn(process.execPath, [fileURLToPath(new URL('epochs.ts', import.meta.url)), ...given], {
      env: { DATABASE_URL: made.url },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    const said = Promise.all([text(child.stdout), text(child.stderr)]);
    const code = await new Promise((resolve) => child.once('close', resolve));
    const [out, err] = await said;
    return { code, out, err };
  }

  async function tenant() {
    const me = await company.owner.get<{
      user: { id: string };
      company: { id: string };
      spaces: { id: string; kind: string }[];
    }>('GET', '/api/me');
    return {
      userId: me.user.id,
      companyId: me.company.id,
      spaceId: me.spaces.find(({ kind }) => kind === 'company')!.id,
    };
  }
});
