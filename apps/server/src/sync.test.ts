import { limits, subprotocol } from '@tidemark/protocol';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { createSyncTokens } from './login/sync-tokens.ts';
import { foundCompany, signUp, startTestServer, type TestPerson, type TestServer } from './testing.ts';
import { rawClient, refusalOf, updateOf } from './testing-socket.ts';

let server: TestServer;
let company: Awaited<ReturnType<typeof foundCompany>>;
let wsOrigin: string;

beforeAll(async () => {
  server = await startTestServer();
  company = await foundCompany(server.origin);
  wsOrigin = server.origin.replace('http', 'ws');
});
afterAll(() => server.destroy());

async function newDocument(person: TestPerson = company.owner): Promise<string> {
  return (await person.get<{ id: string }>('POST', '/api/documents', { kind: 'dashboard', title: 'Live' }))
    .id;
}

function key(person: TestPerson, id: string, access?: 'edit' | 'read') {
  return person.get<{ token: string; url: string }>(
    'POST',
    `/api/documents/${id}/sync-token`,
    access && { access },
  );
}

function until(doc: Y.Doc, holds: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!holds()) return;
      doc.off('update', look);
      resolve();
    };
    doc.on('update', look);
    look();
  });
}

describe('/sync', () => {
  test('two stock clients and a bare one share a document, and the log holds what was acknowledged', async () => {
    const id = await newDocument();
    const { token, url } = await key(company.owner, id);
    const a = new Y.Doc();
    const b = new Y.Doc();
    // Once with the url as it is, which the provider extends, once as the contract says.
    const WS = WebSocket as unknown as typeof globalThis.WebSocket;
    const options = { params: { token }, disableBc: true, WebSocketPolyfill: WS };
    const providers = [
      new WebsocketProvider(url, id, a, options),
      new WebsocketProvider(`${wsOrigin}/sync`, id, b, options),
    ];
    a.getMap('charts').set('from a', 1);
    b.getMap('charts').set('from b', 2);
    await Promise.all([
      until(a, () => a.getMap('charts').has('from b')),
      until(b, () => b.getMap('charts').has('from a')),
    ]);

    const raw = await rawClient(url);
    expect(raw.ws.protocol).toBe(subprotocol);
    expect(await raw.next('hello')).toMatchObject({
      epoch: 1,
      access: 'edit',
      frameBytes: limits.frameBytes,
    });
    raw.send({ type: 'sync-step-1', stateVector: Y.encodeStateVector(new Y.Doc()) });
    const { update } = await raw.next('sync-step-2');
    const c = new Y.Doc();
    Y.applyUpdate(c, update);
    expect(c.getMap('charts').toJSON()).toEqual({ 'from a': 1, 'from b': 2 });
    raw.send({ type: 'update', update: updateOf((doc) => doc.getMap('charts').set('from c', 3)) });
    const ack = await raw.next('ack', ({ n }) => n === 1);
    await until(a, () => a.getMap('charts').get('from c') === 3);
    for (const provider of providers) provider.destroy();
    raw.close();

    const client = new pg.Client(server.databaseUrl);
    await client.connect();
    const { rows } = await client.query<{ lsn: number; update: Buffer; user_id: string }>(
      'select lsn::int, update, user_id from tidemark.document_updates where document_id = $1 order by lsn',
      [id],
    );
    await client.end();
    expect(rows.map(({ lsn }) => lsn)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.length).toBeGreaterThanOrEqual(ack.lsn);
    const logged = new Y.Doc();
    for (const row of rows.slice(0, ack.lsn)) Y.applyUpdate(logged, row.update);
    expect(logged.getMap('charts').toJSON()).toEqual({ 'from a': 1, 'from b': 2, 'from c': 3 });
    expect(new Set(rows.map(({ user_id }) => user_id)).size).toBe(1);
  });

  test('a client that offers no subprotocol gets none, and only frames of y-websocket', async () => {
    const { url } = await key(company.owner, await newDocument());
    const raw = await rawClient(url, []);
    expect(raw.ws.protocol).toBe('');
    raw.send({ type: 'sync-step-1', stateVector: Y.encodeStateVector(new Y.Doc()) });
    await raw.next('sync-step-2');
    raw.send({ type: 'update', update: updateOf((doc) => doc.getMap('x').set('y', 1)) });
    raw.send({ type: 'query-awareness' });
    await raw.next('awareness');
    raw.close();
    await raw.closed;
    expect(raw.frames.filter(({ type }) => ['ack', 'hello', 'storage', 'refusal'].includes(type))).toEqual(
      [],
    );
  });

  test.each(['estimate', 'diagram'])('a document of kind %s syncs too', async (kind) => {
    const { id } = await company.owner.get<{ id: string }>('POST', '/api/documents', {
      kind,
      title: 'Other',
    });
    const raw = await rawClient((await key(company.owner, id)).url);
    const doc = new Y.Doc();
    raw.send({ type: 'sync-step-1', stateVector: Y.encodeStateVector(doc) });
    Y.applyUpdate(doc, (await raw.next('sync-step-2')).update);
    doc.getMap('meta').set('title', 'Changed');
    raw.send({ type: 'update', update: Y.encodeStateAsUpdate(doc) });

    await raw.next('ack', ({ n }) => n === 1);
    raw.close();
    const read = await company.owner.get<{ content: { meta: { title: string } } }>(
      'GET',
      `/api/documents/${id}/content`,
    );
    expect(read.content.meta.title).toBe('Changed');
  });

  test('a rename reaches open editors, and a rename by an editor reaches the list', async () => {
    const id = await newDocument();
    const raw = await rawClient((await key(company.owner, id)).url);
    await company.editor.get('PATCH', `/api/documents/${id}`, { title: 'New name' });
    const doc = new Y.Doc();
    raw.send({ type: 'sync-step-1', stateVector: Y.encodeStateVector(doc) });
    Y.applyUpdate(doc, (await raw.next('sync-step-2')).update);
    expect(doc.getMap('meta').get('title')).toBe('New name');
    doc.getMap('meta').set('title', 'Named in the editor');
    raw.send({ type: 'update', update: Y.encodeStateAsUpdate(doc) });
    await raw.next('ack', ({ n }) => n === 1);
    raw.close();
    await expect
      .poll(async () => (await company.owner.get<{ title: string }>('GET', `/api/documents/${id}`)).title)
      .toBe('Named in the editor');
  });
});

describe('the door closes', () => {
  test('4401 without a token, with a wrong one, an expired one, and one of another secret', async () => {
    const id = await newDocument();
    const expired = createSyncTokens(await secretOf(server)).issue({
      documentId: id,
      userId: 'nobody',
      atMost: 'edit',
      credential: null,
      expiresAt: Date.now() - 1,
    });
    const forged = createSyncTokens('x'.repeat(32)).issue({
      documentId: id,
      userId: 'nobody',
      atMost: 'edit',
      credential: null,
      expiresAt: Date.now() + 60_000,
    });
    for (const query of [
      '',
      '?token=',
      '?token=nonsense',
      '?token=a.b',
      `?token=${expired}`,
      `?token=${forged}`,
    ]) {
      expect((await refusalOf(`${wsOrigin}/sync/${id}${query}`))[0]).toBe(4401);
    }
  });

  test('4403 with the token of another document, 4404 where there is no document', async () => {
    const id = await newDocument();
    const { token } = await key(company.owner, id);
    expect((await refusalOf(`${wsOrigin}/sync/${await newDocument()}?token=${token}`))[0]).toBe(4403);
    const stranger = await signUp(server.origin, 'Stan');
    const headers = { cookie: stranger.cookie, origin: server.origin };
    expect((await refusalOf(`${wsOrigin}/sync/${id}`, { headers }))[0]).toBe(4404);
    expect((await refusalOf(`${wsOrigin}/sync/${crypto.randomUUID()}`, { headers }))[0]).toBe(4404);
    expect((await refusalOf(`${wsOrigin}/sync/no-uuid`, { headers }))[0]).toBe(4404);
  });

  test('4403 for a cookie from a foreign page or from none, and it opens for our own', async () => {
    const id = await newDocument();
    const { cookie } = company.owner;
    for (const headers of [
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie },
    ]) {
      expect(
        (await refusalOf(`${wsOrigin}/sync/${id}`, { headers: headers as Record<string, string> }))[0],
      ).toBe(4403);
    }
    const raw = await rawClient(`${wsOrigin}/sync/${id}`, [subprotocol], { cookie, origin: server.origin });
    expect(await raw.next('hello')).toMatchObject({ access: 'edit' });
    raw.close();
  });

  test('a bearer token opens, with its own access', async () => {
    const id = await newDocument();
    const { token } = await company.owner.get<{ token: string }>('POST', '/api/tokens', {
      name: 'r',
      access: 'read',
    });
    const raw = await rawClient(`${wsOrigin}/sync/${id}`, [subprotocol], {
      authorization: `Bearer ${token}`,
    });
    expect(await raw.next('hello')).toMatchObject({ access: 'read' });
    raw.close();
    const headers = { authorization: 'Bearer tm_wrong' };
    expect((await refusalOf(`${wsOrigin}/sync/${id}`, { headers }))[0]).toBe(4401);
  });

  test('a read token and a viewer read and cannot write', async () => {
    const id = await newDocument();
    for (const { url } of [await key(company.owner, id, 'read'), await key(company.viewer, id, 'edit')]) {
      const raw = await rawClient(url);
      expect(await raw.next('hello')).toMatchObject({ access: 'read' });
      raw.send({ type: 'update', update: updateOf((doc) => doc.getMap('charts').set('vandal', 1)) });
      expect(await raw.next('refusal')).toMatchObject({ n: 1, code: 'read-only' });
      raw.close();
    }
    const state = await company.owner.ask('GET', `/api/documents/${id}/state`);
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(await state.arrayBuffer()));
    expect(doc.getMap('charts').has('vandal')).toBe(false);
  });

  test('4404 for everybody when the document goes to the bin, and until it is restored', async () => {
    const id = await newDocument();
    const { url } = await key(company.editor, id);
    const raw = await rawClient(url);
    await raw.next('hello');
    expect((await company.owner.ask('DELETE', `/api/documents/${id}`)).status).toBe(204);
    expect(await raw.closed).toBe(4404);
    expect((await refusalOf(url))[0]).toBe(4404);
    await company.owner.get('POST', `/api/documents/${id}/restore`);
    const again = await rawClient(url);
    await again.next('hello');
    again.close();
  });

  test('4400 on bytes that are no frame, on text, and on what is no WebSocket message', async () => {
    const { url } = await key(company.owner, await newDocument());
    for (const bytes of [new Uint8Array([77]), new Uint8Array([0, 2, 200]), 'text']) {
      const raw = await rawClient(url);
      await raw.next('hello');
      raw.ws.send(bytes);
      expect(await raw.closed).toBe(4400);
    }
    const raw = await rawClient(url);
    // A reserved bit that no extension has asked for: `ws` itself would say 1002, which clients take for a passing fault.
    (raw.ws as unknown as { _socket: NodeJS.WritableStream })._socket.write(
      Buffer.from([0xf2, 0x80, 0, 0, 0, 0]),
    );
    expect(await raw.closed).toBe(4400);
  });

  test('4413 on a message over the limit, and the server lives on', async () => {
    const { url } = await key(company.owner, await newDocument());
    const raw = await rawClient(url);
    raw.ws.on('error', () => undefined); // the cut may meet us in mid-write
    raw.ws.send(new Uint8Array(limits.frameBytes + 1000));
    expect(await raw.closed).toBe(4413);
    expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
  });

  test('on a stranger who goes on sending after being refused', async () => {
    const ws = new WebSocket(`${wsOrigin}/sync/${crypto.randomUUID()}`);
    const closed = new Promise<void>((resolve) => ws.on('close', () => resolve()));
    ws.on('error', () => undefined); // cut in mid-write
    ws.on('open', () => {
      for (let n = 0; n < 50; n += 1) ws.send(new Uint8Array(1024 * 1024));
    });
    await closed;
    expect(server.lobby.stats().sessions).toBe(0);
  });
});

async function secretOf({ config }: TestServer): Promise<string> {
  const { readFile } = await import('node:fs/promises');
  return (await readFile(`${config.dataDir}/secret`, 'utf8')).trim();
}
