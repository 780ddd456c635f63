/** `npm run crowd`; see docs/estimate.md. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killAll, startServer } from '../harness/server-process.ts';
import { crowd } from './crowd.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    people: { type: 'string', default: '5' },
    commands: { type: 'string', default: '3000' },
    seed: { type: 'string' },
  },
});
const [rounds, people, commands] = [values.rounds, values.people, values.commands].map(Number);
const first = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
if (![rounds, people, commands, first].every((value) => value !== undefined && value >= 0)) {
  console.error('npm run crowd -- [--rounds N] [--people P] [--commands C] [--seed S]: each is a number');
  process.exit(2);
}
const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-crowd-'));
const server = await startServer(dataDir);
let wrong = 0;
try {
  for (let round = 0; round < (rounds ?? 0); round += 1) {
    const seed = first + round;
    const plan = { origin: server.origin, people: people ?? 0, commands: commands ?? 0, seed };
    const report = await crowd(plan);
    wrong += report.differences.length;
    console.log(`seed ${seed}: ${JSON.stringify(report)}`);
  }
} finally {
  await killAll(server, dataDir, 'all');
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(wrong === 0 ? 0 : 1);
