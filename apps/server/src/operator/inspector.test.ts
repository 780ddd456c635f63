import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeFrame, subprotocol } from '@tidemark/protocol';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { readConfig } from '../config.ts';
import { createLogger } from '../journal.ts';
import { type Server, startServer } from '../server.ts';
import { signUp, startTestServer, type TestPerson, type TestServer } from '../testing.ts';

interface Overview {
  processes: {
    id: string;
    here: boolean;
    answered: boolean;
    report: {
      version: string;
      memoryBytes: number;
      stats: Record<string, number>;
      rooms: { documentId: string; head: number; sessions: { userId: string; access: string }[] }[];
    };
  }[];
  documents: { id: string; title: string; company: string; head: number }[];
  people: { id: string; name: string }[];
}
interface Item {
  id: number;
  documentId: string;
  code: string;
  size: number;
  kept: boolean;
}

const secret = 'two processes know one another by this';
let server: TestServer;
let other: Server;
let otherData: string;
let operator: TestPerson;
let writer: TestPerson;
let documentId: string;

/** Two processes on one database. The operator belongs to one company, the writer to another. */
beforeAll(async () => {
  server = await startTestServer({ TIDEMARK_SECRET: secret });
  otherData = await mkdtemp(join(tmpdir(), 'tidemark-server-'));
  const config = readConfig({
    PORT: '0',
    DATA_DIR: otherData,
    DATABASE_URL: server.databaseUrl,
    TIDEMARK_SECRET: secret,
  });
  other = await startServer(config, createLogger('silent'));
  operator = await signUp(server.origin, 'Oriana');
  writer = await signUp(server.origin, 'Wanda');
  documentId = (
    await writer.get<{ id: string }>('POST', '/api/documents', { kind: 'dashboard', title: 'Live' })
  ).id;
});
afterAll(async () => {
  await other.destroy();
  await server.destroy();
  await rm(otherData, { recursive: true, force: true });
});

function open(origin: string): Promise<WebSocket> {
  const url = `${origin.replace('http', 'ws')}/sync/${documentId}`;
  const ws = new WebSocket(url, [subprotocol], { headers: { cookie: writer.cookie, origin } });
  return new Promise((resolve, reject) => {
    ws.on('error', reject);
    ws.once('close', (code) => reject(new Error(`closed with ${code}`)));
    // The first frame says that the session is live.
    ws.once('message', () => resolve(ws));
  });
}

const closing = (ws: WebSocket) =>
  new Promise<number>((resolve) => void ws.once('close', (code) => resolve(code)));
const overview = () => operator.get<Overview>('GET', '/api/operator/overview');
const quarantine = () => operator.get<{ items: Item[] }>('GET', '/api/operator/quarantine');

test('operators see the rooms of all processes, with who is in them', async () => {
  const sockets = await Promise.all([open(server.origin), open(other.origin), open(other.origin)]);
  const seen = await overview();
  expect(seen.processes.map(({ answered }) => answered)).toEqual([true, true]);
  expect(seen.processes.filter(({ here }) => here)).toHaveLength(1);
  const sessions = seen.processes.map(({ report }) => {
    expect(report.memoryBytes).toBeGreaterThan(1e6);
    const room = report.rooms.find((one) => one.documentId === documentId)!;
    return room.sessions.length;
  });
  expect(sessions.sort()).toEqual([1, 2]);
  expect(seen.documents).toMatchObject([{ id: documentId, title: 'Live', company: "Wanda's company" }]);
  expect(seen.people.map(({ name }) => name)).toEqual(['Wanda']);
  const closed = sockets.map(closing);
  for (const ws of sockets) ws.close();
  await Promise.all(closed);
});

test('what was refused is listed with who and why, downloaded byte for byte, and removed', async () => {
  const ws = await open(server.origin);
  const closed = closing(ws);
  const update = new Uint8Array([1, 2, 3, 4]);
  ws.send(encodeFrame({ type: 'update', update }));
  expect(await closed).toBe(4400);
  await expect
    .poll(async () => (await quarantine()).items)
    .toMatchObject([{ documentId, code: 'malformed', size: 4, kept: true, title: 'Live' }]);
  const [item] = (await quarantine()).items;
  const content = await operator.ask('GET', `/api/operator/quarantine/${item!.id}/content`);
  expect(content.headers.get('content-type')).toBe('application/octet-stream');
  expect(new Uint8Array(await content.arrayBuffer())).toEqual(update);
  expect((await operator.ask('DELETE', `/api/operator/quarantine/${item!.id}`)).status).toBe(204);
  expect((await operator.ask('GET', `/api/operator/quarantine/${item!.id}/content`)).status).toBe(404);
  expect((await quarantine()).items).toEqual([]);
});

test('reopening closes a document in all processes with a passing code, and nothing of it is lost', async () => {
  const sockets = await Promise.all([open(server.origin), open(other.origin)]);
  const closed = sockets.map(closing);
  const doc = new Y.Doc();
  doc.getMap('writes').set('one', 1);
  sockets[1]!.send(encodeFrame({ type: 'update', update: Y.encodeStateAsUpdate(doc) }));
  expect((await operator.ask('POST', `/api/operator/documents/${documentId}/reopen`)).status).toBe(204);
  expect(await Promise.all(closed)).toEqual([1012, 1012]);
  await expect
    .poll(async () => {
      const state = await writer.ask('GET', `/api/documents/${documentId}/state`);
      const read = new Y.Doc();
      Y.applyUpdate(read, new Uint8Array(await state.arrayBuffer()));
      return read.getMap('writes').toJSON();
    })
    .toEqual({ one: 1 });
  const unknown = `/api/operator/documents/${crypto.randomUUID()}/reopen`;
  expect((await operator.ask('POST', unknown)).status).toBe(404);
});
