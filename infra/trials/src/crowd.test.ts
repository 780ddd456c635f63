/** `npm run crowd` in short: five people with the product's own client and commands, cut off and back, by chance. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crowd } from './crowd/crowd.ts';
import { killAll, type ServerProcess, startServer } from './harness/server-process.ts';

const seed = Number(process.env.CROWD_SEED ?? 20261121);
const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-crowd-'));
let server: ServerProcess;
beforeAll(async () => {
  server = await startServer(dataDir);
});
afterAll(async () => {
  if (server) await killAll(server, dataDir, 'all');
  rmSync(dataDir, { recursive: true, force: true });
});

test('EST-3 EST-4 five people at one estimate, at random: equal replicas, and totals as the rules say', async () => {
  const report = await crowd({ origin: server.origin, people: 5, commands: 1_000, seed });
  console.log(`crowd: seed ${seed}: ${JSON.stringify(report)}`);
  expect(report.differences).toEqual([]);
  expect(report.done).toBeGreaterThan(500);
  expect(report.cuts).toBeGreaterThan(5);
});
