/** The server is killed while estimates are being submitted: each is a draft without a version, or submitted with exactly that one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kinds } from '@tidemark/documents';
import { addLines, type EstimateView, estimate } from '@tidemark/documents/estimate';
import { createEditor, createReader } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { answer, type Person, signUp } from './harness/people.ts';
import { seededRandom } from './harness/random.ts';
import { killAll, type ServerProcess, startServer } from './harness/server-process.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-submit-'));
const rounds = 3;
const atOnce = 8;
let server: ServerProcess;
let person: Person;

beforeAll(async () => {
  server = await startServer(dataDir);
  person = await signUp(server.origin, 'Ben');
});
afterAll(async () => {
  if (server) await killAll(server, dataDir, 'all');
  rmSync(dataDir, { recursive: true, force: true });
});

const ask = <T>(method: string, path: string, status: number, body?: unknown) =>
  answer<T>(person.call(server.origin, method, path, body), status);

/** An estimate of 200 lines, which takes the server a while to freeze. */
async function newEstimate(): Promise<string> {
  const doc = new Y.Doc();
  kinds.estimate.seed(doc, 'Roof');
  const lines = Array.from({ length: 200 }, (_, n) => ({
    name: `Line ${n}`,
    qty: 1_500_000,
    unitCost: 10_001 * n,
  }));
  addLines(createEditor(doc, estimate.schema), { group: null }, lines);
  const { id } = await ask<{ id: string }>('POST', '/api/documents', 201, {
    kind: 'estimate',
    title: 'Roof',
  });
  const state = Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');
  await ask('POST', `/api/documents/${id}/reset`, 200, { state });
  return id;
}

async function viewAt(path: string): Promise<EstimateView> {
  const response = await person.call(server.origin, 'GET', path);
  expect(response.status).toBe(200);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
  return createReader(doc, estimate).view();
}

interface Version {
  readonly id: string;
  readonly number: number;
  readonly totals: { readonly bid: number };
}

/** What LIFE-1 and LIFE-3 promise; whether it was submitted. */
async function expectWhole(id: string): Promise<boolean> {
  const { items } = await ask<{ items: Version[] }>('GET', `/api/documents/${id}/versions`, 200);
  const changes = await ask<{ items: unknown[] }>('GET', `/api/documents/${id}/status-changes`, 200);
  const now = await viewAt(`/api/documents/${id}/state`);
  expect(changes.items).toHaveLength(items.length);
  if (now.meta.status.is === 'draft') {
    expect(items).toEqual([]);
    return false;
  }
  expect(items.map((version) => version.id)).toEqual([now.meta.status.versionId]);
  const frozen = await viewAt(`/api/documents/${id}/versions/${items[0]!.id}/state`);
  expect(frozen).toEqual(now);
  expect(items[0]!.totals.bid).toBe(calculate(now).bid);
  return true;
}

test(`LIFE-1 LIFE-3 over ${rounds} kill -9 while ${atOnce} estimates are submitted`, async () => {
  const random = seededRandom(12);
  const found = { draft: 0, submitted: 0, told: 0 };
  // How long one takes here, so that they are asked for in about the time that one takes.
  const measured = await newEstimate();
  const began = performance.now();
  await ask('POST', `/api/documents/${measured}/status`, 200, { to: 'submitted' });
  const duration = performance.now() - began;
  for (let round = 0; round < rounds; round += 1) {
    const ids: string[] = [];
    for (let n = 0; n < atOnce; n += 1) ids.push(await newEstimate());
    const told = new Set<string>();
    // By what was done and not by time, for the machine may be faster now than when it was measured: some are, some are not.
    const enough = 1 + Math.floor(random() * (atOnce / 2));
    const strike = Promise.withResolvers<void>();
    const asked = ids.map(async (id) => {
      // One after the other, so that a kill meets them at different points.
      await pause(random() * duration * 2);
      const response = await person.call(server.origin, 'POST', `/api/documents/${id}/status`, {
        to: 'submitted',
      });
      if (response.ok) told.add(id);
      if (told.size === enough) strike.resolve();
    });
    const ended = Promise.allSettled(asked);
    await Promise.race([strike.promise, ended]);
    await killAll(server, dataDir, 'server');
    await ended;
    server = await startServer(dataDir);
    for (const id of ids) {
      const submitted = await expectWhole(id);
      found[submitted ? 'submitted' : 'draft'] += 1;
      // Whoever was told that it is submitted was told the truth.
      if (told.has(id)) expect(submitted).toBe(true);
      if (submitted) continue;
      await ask('POST', `/api/documents/${id}/status`, 200, { to: 'submitted' });
      expect(await expectWhole(id)).toBe(true);
    }
    found.told += told.size;
  }
  expect(found.draft + found.submitted).toBe(rounds * atOnce);
  expect(found.draft).toBeGreaterThan(0);
});
