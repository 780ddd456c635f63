/**
 * The first promise, tried: what was acknowledged is found again after kill -9 at a random moment, of the server,
 * of Postgres, or of everything at once, by a client that has no cache.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readLog } from './harness/log-reader.ts';
import { createDocument, type Person, signUp, syncUrl } from './harness/people.ts';
import { seededRandom } from './harness/random.ts';
import { killAll, postgresPids, type ServerProcess, startServer } from './harness/server-process.ts';
import { Writer } from './harness/writer.ts';

const rounds = Number(process.env.KILL_ROUNDS ?? 100);
const seed = Number(process.env.KILL_SEED ?? 20261121);
const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-kill-'));

let server: ServerProcess;
afterAll(async () => {
  if (server) await killAll(server, dataDir, 'all');
  rmSync(dataDir, { recursive: true, force: true });
});

test(`R1: after ${rounds} kills with SIGKILL every acknowledged update is found by a client without a cache`, {
  timeout: 20 * 60_000,
}, async () => {
  const random = seededRandom(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  server = await startServer(dataDir);
  const person = await signUp(server.origin, 'Ana');
  const documents = [];
  for (const title of ['One', 'Two', 'Three'])
    documents.push(await createDocument(server.origin, person, title));
  const acked = new Map(documents.map((id) => [id, new Set<string>()]));
  const kills = { server: 0, postgres: 0, all: 0 };

  for (let round = 1; round <= rounds; round += 1) {
    const what = pick(['all', 'all', 'all', 'server', 'postgres'] as const);
    const target = 5 + Math.floor(random() * 60);
    const whenAcked = random() < 0.5;
    const turns = Math.floor(random() * 20);
    const writers = await Promise.all(
      documents.flatMap((id, index) =>
        [1, 2].map(async (n) => ({
          id,
          writer: await connect(server, person, id, `r${round}w${index}.${n}`),
        })),
      ),
    );
    const progress = () =>
      writers.reduce((sum, { writer }) => sum + (whenAcked ? writer.acked.size : writer.sent), 0);

    // Everybody types without pause, a few keys in flight each, until the moment has come.
    await new Promise<void>((resolve, reject) => {
      const type = () => {
        if (progress() >= target) return resolve();
        const open = writers.filter(({ writer }) => writer.closeCode === null);
        if (open.length === 0)
          return reject(new Error(`round ${round}: all writers were closed\n${server.log()}`));
        for (const { writer } of open) if (writer.sent - writer.acked.size < 20) writer.write();
        setImmediate(type);
      };
      type();
    });
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    await killAll(server, dataDir, what);
    kills[what] += 1;

    if (what === 'postgres') {
      // The server lives: it must say the truth, come back by itself and drain what it holds.
      for (const { writer } of writers) writer.write();
      await Promise.all(writers.map(({ writer }) => writer.untilAllAcked()));
    }
    for (const { id, writer } of writers) {
      for (const key of writer.acked) acked.get(id)!.add(key);
      writer.close();
    }
    if (what !== 'postgres') server = await startServer(dataDir);

    for (const id of documents) {
      const reader = await connect(server, person, id, 'reader');
      const found = reader.doc.getMap('writes');
      const lost = [...acked.get(id)!].filter((key) => !found.has(key));
      reader.close();
      expect(lost, `seed ${seed}, round ${round}, kill of ${what}: acknowledged and lost`).toEqual([]);
    }
  }

  // The same once more, from the log itself: SQL and nothing else, no server.
  await killAll(server, dataDir, 'all');
  let total = 0;
  const logs = await readLog(dataDir, documents);
  for (const id of documents) {
    const log = logs.get(id)!;
    expect(log.lsns, 'LSNs are 1, 2, 3 … without a gap').toEqual(log.lsns.map((_, index) => index + 1));
    const missing = [...acked.get(id)!].filter((key) => !log.doc.getMap('writes').has(key));
    expect(missing, 'acknowledged and not in the log').toEqual([]);
    total += acked.get(id)!.size;
  }
  console.log(
    `kill -9: ${rounds} rounds (all ${kills.all}, server ${kills.server}, Postgres ${kills.postgres}), ${total} updates acknowledged, 0 lost, seed ${seed}`,
  );
  expect(total).toBeGreaterThan(rounds * 5);
  expect(postgresPids(dataDir)).toEqual([]);
});

async function connect(at: ServerProcess, person: Person, id: string, name: string): Promise<Writer> {
  const writer = new Writer(await syncUrl(at.origin, person, id), name);
  await writer.untilLive();
  return writer;
}
