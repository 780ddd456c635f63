import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { dialects } from './dialect.ts';
import { compare, summary } from './report.ts';
import type { Subject } from './subject.ts';
import { checks, runSuite } from './suite.ts';

let server: WebSocketServer;
let port = 0;
/** What the server under test does with a message. */
let answer: (from: WebSocket, data: Buffer) => void = () => undefined;

beforeAll(async () => {
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (from) => {
    from.on('error', () => from.terminate());
    from.on('message', (data: Buffer) => answer(from, data));
  });
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  for (const client of server.clients) client.terminate();
  server.close();
});

function subject(options: Partial<Subject> = {}): Subject {
  return {
    dialect: dialects['y-websocket'],
    patience: 100,
    freshRooms: true,
    room: async (checkId) => ({ url: `ws://127.0.0.1:${port}/${checkId}`, room: checkId }),
    ...options,
  };
}

test('a server that says nothing passes nothing', async () => {
  answer = () => undefined;
  const results = await runSuite(subject());
  expect(results.filter(({ outcome }) => outcome === 'pass')).toEqual([]);
  expect(results).toHaveLength(checks.length);
});

test('a relay that keeps nothing is told from a server that does', async () => {
  answer = (from, data) => {
    if (data[0] === 0 && data[1] === 0)
      from.send(new Uint8Array([0, 1, 2, 0, 0])); // step 1: nothing is here
    else for (const to of server.clients) if (to !== from) to.send(data);
  };
  const results = await runSuite(subject(), {
    wanted: ({ id }) => ['K3', 'K10', 'K12', 'K23', 'K24'].includes(id),
  });
  expect(Object.fromEntries(results.map(({ id, outcome }) => [id, outcome]))).toEqual({
    K3: 'fail',
    K10: 'pass',
    K12: 'fail',
    K23: 'pass',
    K24: 'fail',
  });
});

test('a server that sends what is no frame fails the check that listens', async () => {
  answer = (from) => from.send(new Uint8Array([0, 77, 0]));
  const [result] = await runSuite(subject(), { wanted: ({ id }) => id === 'K1' });
  expect(result?.detail).toContain('unknown step 77');
});

test('what the caller cannot give is skipped with the reason', async () => {
  const results = await runSuite(subject({ freshRooms: false }), {
    wanted: ({ id }) => ['K2', 'K33', 'K43'].includes(id),
  });
  expect(results.map(({ outcome }) => outcome)).toEqual(['skip', 'skip', 'skip']);
  for (const { detail } of results) expect(detail).not.toBe('');
  expect(summary(results)).toBe('0 passed, 0 failed, 3 skipped');
});

test('a server that a check has ended is started again', async () => {
  answer = (from) => from.terminate();
  let restarts = 0;
  const restart = async () => {
    restarts += 1;
  };
  await runSuite(subject({ restart }), { wanted: ({ id }) => id === 'K1' });
  expect(restarts).toBe(1);
});

test('the table of several servers shows where they differ', () => {
  const result = { id: 'K1', group: 'handshake', says: 'It asks.', detail: '', milliseconds: 1 } as const;
  const table = compare({ one: [{ ...result, outcome: 'pass' }], two: [{ ...result, outcome: 'fail' }] });
  expect(table).toContain('| K1 | It asks. | pass | fail |');
});

test('the page lists every check, word for word', () => {
  const page = readFileSync(new URL('../../../docs/conformance.md', import.meta.url), 'utf8');
  const listed = page.split('\n').filter((line) => line.startsWith('| K'));
  expect(listed).toEqual(checks.map(({ id, group, says }) => `| ${id} | ${group} | ${says} |`));
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});
