import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTestDatabase, type TestDatabase } from '@tidemark/postgres/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signUp, startTestServer } from './testing.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let database: TestDatabase;
let dataDir: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'tidemark-main-'));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

function run(environment: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { PORT: '0', DATA_DIR: dataDir, DATABASE_URL: database.url, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.add(child);
  const said = { out: '', err: '' };
  const ready = new Promise<string>((resolve) => {
    child.stdout.on('data', (chunk) => {
      said.out += chunk;
      if (said.out.includes('\n')) resolve(said.out.trim().split(' ').at(-1)!);
    });
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));
  return { child, said, ready, ended };
}

test('prints its one line on stdout, serves, and ends cleanly on SIGTERM', async () => {
  const { child, said, ready, ended } = run({});
  const origin = await ready;
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(said.out).toBe(`Tidemark is ready at ${origin}\n`);
});

test('says in one sentence that its port is taken', async () => {
  const first = run({});
  const port = new URL(await first.ready).port;
  const second = run({ PORT: port });
  expect(await second.ended).toBe(1);
  expect(second.said.out).toBe('');
  expect(second.said.err.split('\n').filter((line) => line.startsWith('tidemark:'))).toEqual([
    `tidemark: PORT is ${port}, but another program listens there already: stop it, or set PORT to a free one.`,
  ]);
  first.child.kill('SIGINT');
  expect(await first.ended).toBe(0);
});

test('says in one sentence what is wrong with a variable', async () => {
  const { said, ended } = run({ LOG_LEVEL: 'loud' });
  expect(await ended).toBe(1);
  expect(said.err).toMatch(/^tidemark: LOG_LEVEL is "loud", but it should be one of .*\.\n$/);
});

test('logs no token, no cookie, no password, no query string and no content', async () => {
  const server = await startTestServer();
  const person = await signUp(server.origin, 'Ana');
  const { token: apiToken } = await person.get<{ token: string }>('POST', '/api/tokens', { name: 't' });
  const { code } = await person.get<{ code: string }>('POST', '/api/invitations', { role: 'viewer' });
  const { id } = await person.get<{ id: string }>('POST', '/api/documents', {
    kind: 'dashboard',
    title: 'Top secret title',
  });
  const { token } = await person.get<{ token: string }>('POST', `/api/documents/${id}/sync-token`);
  await fetch(`${server.origin}/api/invitations/${code}`);
  for (const path of [
    `/sync/${id}?token=${token}`,
    `/sync/${id}/deep?token=${token}`,
    `/elsewhere?token=${token}`,
  ]) {
    const ws = new WebSocket(`${server.origin.replace('http', 'ws')}${path}`);
    await new Promise((resolve) => {
      ws.onmessage = () => ws.close();
      ws.onclose = resolve;
      ws.onopen = () => ws.close();
    });
    await fetch(`${server.origin}${path}`);
  }
  await server.destroy();
  const log = server.log.join('');
  expect(log).toContain('"answered"');
  const session = decodeURIComponent(person.cookie.split('=')[1]!).split('.')[0]!;
  for (const secret of [
    apiToken,
    code,
    token,
    session,
    'correct horse',
    'Top secret',
    '?token',
    person.email,
  ]) {
    expect(log).not.toContain(secret);
  }
});
