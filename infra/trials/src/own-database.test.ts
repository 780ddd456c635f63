/** DATABASE_URL: the same server on a Postgres that somebody else runs, under a login that is no superuser. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Postgres, startPostgres } from '@tidemark/postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocument, signUp, syncUrl } from './harness/people.ts';
import { startServer } from './harness/server-process.ts';
import { Writer } from './harness/writer.ts';

const base = mkdtempSync(join(tmpdir(), 'tidemark-own-'));
let postgres: Postgres;
let url: string;
beforeAll(async () => {
  const silent = () => undefined;
  postgres = await startPostgres({
    dataDir: join(base, 'database'),
    log: { info: silent, warn: silent, error: silent },
  });
  const { host, port, user, password, database } = postgres.connection;
  url = `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?host=${encodeURIComponent(host)}`;
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(base, { recursive: true, force: true });
});

test('a server on DATABASE_URL starts no Postgres of its own and finds everything again after kill -9', async () => {
  const dataDir = join(base, 'server');
  const first = await startServer(dataDir, { DATABASE_URL: url });
  expect(readdirSync(dataDir)).not.toContain('postgres');
  const person = await signUp(first.origin, 'Cleo');
  const documentId = await createDocument(first.origin, person, 'Elsewhere');
  const writer = new Writer(await syncUrl(first.origin, person, documentId), 'writer');
  await writer.untilLive();
  const keys = Array.from({ length: 30 }, () => writer.write());
  await writer.untilAllAcked();
  first.signal('SIGKILL');
  await first.ended;

  const second = await startServer(dataDir, { DATABASE_URL: url });
  const reader = new Writer(await syncUrl(second.origin, person, documentId), 'reader');
  await reader.untilLive();
  expect(keys.filter((key) => !reader.doc.getMap('writes').has(key))).toEqual([]);
  reader.close();
  second.signal('SIGTERM');
  expect(await second.ended).toBe(0);
});

test('a DATABASE_URL that nobody answers stops the start with one sentence', async () => {
  const dataDir = join(base, 'nobody');
  const started = startServer(dataDir, { DATABASE_URL: 'postgresql://a:b@127.0.0.1:1/none' });
  await expect(started).rejects.toThrow(/DATABASE_URL/);
});
