/** A database that is stopped, killed or out of disk in mid-stream: no ack without a commit, a true status, nothing lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readLog } from './harness/log-reader.ts';
import { createDocument, type Person, signUp, syncUrl } from './harness/people.ts';
import { killAll, postgresPids, type ServerProcess, startServer } from './harness/server-process.ts';
import { mountSmallDisk, type SmallDisk } from './harness/small-disk.ts';
import { Writer } from './harness/writer.ts';

interface House {
  readonly dataDir: string;
  readonly server: ServerProcess;
  readonly person: Person;
  readonly documentId: string;
}

async function openHouse(dataDir: string): Promise<House> {
  const server = await startServer(dataDir);
  const person = await signUp(server.origin, 'Ben');
  return { dataDir, server, person, documentId: await createDocument(server.origin, person, 'Stream') };
}

async function connect(house: House, name: string): Promise<Writer> {
  const writer = new Writer(await syncUrl(house.server.origin, house.person, house.documentId), name);
  await writer.untilLive();
  return writer;
}

async function expectInLog(house: House, keys: Iterable<string>): Promise<void> {
  await killAll(house.server, house.dataDir, 'all');
  const found = (await readLog(house.dataDir, [house.documentId]))
    .get(house.documentId)!
    .doc.getMap('writes');
  expect([...keys].filter((key) => !found.has(key))).toEqual([]);
}

describe('Postgres stops (SIGSTOP)', () => {
  let house: House;
  const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-stop-'));
  beforeAll(async () => {
    house = await openHouse(dataDir);
  });
  afterAll(async () => {
    if (house) await killAll(house.server, dataDir, 'all');
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('R1: nothing is acknowledged while it stands still; people are told; all of it drains afterwards', async () => {
    const [writer, other] = [await connect(house, 'writer'), await connect(house, 'other')];
    for (let i = 0; i < 20; i += 1) writer.write();
    await writer.untilAllAcked();

    const pids = postgresPids(dataDir);
    expect(pids.length).toBeGreaterThan(1);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    const before = writer.acked.size;
    const keys = Array.from({ length: 50 }, () => writer.write());
    // The conversation goes on: the other person sees the edits before they are stored …
    await other.until(() => keys.every((key) => other.doc.getMap('writes').has(key)));
    // … and both are told that the server cannot store.
    await Promise.all([writer, other].map((each) => each.until(() => each.storage === 'failing')));
    expect(writer.acked.size).toBe(before);
    const ready = await fetch(`${house.server.origin}/readyz`);
    expect(ready.status).toBe(503);
    expect((await fetch(`${house.server.origin}/healthz`)).status).toBe(200);

    for (const pid of pids) process.kill(pid, 'SIGCONT');
    await writer.untilAllAcked();
    await writer.until(() => writer.storage === 'ok');
    await expectInLog(house, writer.acked);
  });
});

describe('the disk of Postgres is full', () => {
  let disk: SmallDisk;
  let house: House;
  beforeAll(async () => {
    disk = mountSmallDisk(320);
    house = await openHouse(disk.path);
  });
  afterAll(async () => {
    if (house) await killAll(house.server, disk.path, 'all');
    disk?.remove();
  });

  test('R1: no ack without a commit; when there is room again everything drains', async () => {
    const writer = await connect(house, 'writer');
    writer.write();
    await writer.untilAllAcked();
    disk.fill();
    // Large rows, so that tables and write-ahead log must grow.
    let number = 0;
    const padding = writer.doc.getMap<string>('padding');
    while (writer.storage === 'ok') {
      padding.set(`p${number}`, randomText(64 * 1024));
      number += 1;
      const sent = writer.sent;
      await writer.until(() => writer.storage === 'failing' || writer.settledFrames >= sent);
    }
    const before = writer.settledFrames;
    const keys = Array.from({ length: 10 }, () => writer.write());
    expect(keys.filter((key) => writer.acked.has(key))).toEqual([]);
    expect(writer.settledFrames).toBe(before);

    disk.free();
    await writer.untilAllAcked();
    await writer.until(() => writer.storage === 'ok');
    expect(keys.every((key) => writer.acked.has(key))).toBe(true);
    await expectInLog(house, writer.acked);
  });
});

/** Text that does not compress. */
function randomText(length: number): string {
  const bytes = new Uint8Array(length / 2);
  crypto.getRandomValues(bytes);
  return Buffer.from(bytes).toString('hex');
}
