/** Our server beside the protocol: every check of the conformance suite, none skipped. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, dialects, type Result, runSuite } from '@tidemark/conformance';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDocument, signUp, signUpInvited, syncUrl } from './harness/people.ts';
import { killAll, type ServerProcess, startServer } from './harness/server-process.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-conformance-'));
const quiet = { LOG_LEVEL: 'error' };
let server: ServerProcess;
const results = new Map<string, Result>();

beforeAll(async () => {
  server = await startServer(dataDir, quiet);
  const [ana, eve] = [await signUp(server.origin, 'Ana'), await signUp(server.origin, 'Eve')];
  const ben = await signUpInvited(server.origin, ana, 'Ben', 'editor');
  const hers = await createDocument(server.origin, eve, 'Hers');
  const own = await syncUrl(server.origin, ana, await createDocument(server.origin, ana, 'Own'));
  const found = await runSuite({
    dialect: dialects['y-websocket'],
    patience: 120_000,
    freshRooms: true,
    async room(checkId) {
      const id = await createDocument(server.origin, ana, checkId);
      const [url, asSomebodyElse] = [
        await syncUrl(server.origin, ana, id),
        await syncUrl(server.origin, ben, id),
      ];
      return { url, asSomebodyElse, room: id };
    },
    denied: own.replace(/[0-9a-f-]{36}/, hers),
    async restart() {
      await killAll(server, dataDir, 'all');
      server = await startServer(dataDir, { ...quiet, PORT: new URL(server.origin).port });
    },
  });
  for (const result of found) results.set(result.id, result);
});

afterAll(async () => {
  if (server) await killAll(server, dataDir, 'all');
  rmSync(dataDir, { recursive: true, force: true });
});

test.each(checks.map(({ id, says }) => [id, says] as const))('%s %s', (id) => {
  const result = results.get(id);
  expect(result?.outcome, result?.detail).toBe('pass');
});
