/** `npm run bench`: Tidemark, its peers and the limits of the machine behind one client, in one run. See docs/benchmark.md. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hard, pinClients, pinned } from './contenders/child.ts';
import { openDatabase } from './contenders/database.ts';
import { assemble, versions } from './contenders/field.ts';
import { measurements } from './measurements/index.ts';
import { tableOf, verdicts } from './report.ts';
import type { Row } from './row.ts';
import type { Stage } from './stage.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    servers: { type: 'string' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    json: { type: 'string' },
  },
});
const names = measurements.map(({ name }) => name);
const only = values.only?.split(',') ?? names;
const unknown = only.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no measurement ${unknown.join(', ')}; there are ${names.join(', ')}.`);
  process.exit(2);
}

const dataDir = mkdtempSync(join(tmpdir(), 'tidemark-bench-'));
const began = performance.now();
const database = await openDatabase(dataDir);
pinClients();
const chosen = values.servers?.split(',');
const contenders = (await assemble(dataDir, database)).filter(
  ({ name }) => chosen === undefined || chosen.includes(name),
);
const { rows: settings } = await database.sql.query<{ version: string; fsync: string; commits: string }>(
  `select current_setting('server_version') as version, current_setting('fsync') as fsync,
     current_setting('synchronous_commit') as commits`,
);
const machine = {
  cores: cpus().length,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  pinned,
  loadBefore: loadavg()[0] ?? 0,
  node: process.versions.node,
  postgres: settings[0],
  packages: versions(),
};
const rows: Row[] = [];
/** Leaves nothing behind, however the run ends. */
const clear = async () => {
  for (const contender of contenders) await contender.end('SIGKILL');
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
};
const giveUp = (why: unknown) => {
  console.error(why);
  void clear().finally(() => process.exit(1));
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => giveUp(`ended by ${signal}`));
process.once('uncaughtException', giveUp);

for (const measurement of measurements.filter(({ name }) => only.includes(name))) {
  // New processes for each: none pays for what an earlier measurement left behind.
  await Promise.all(contenders.map((contender) => contender.start()));
  const stage: Stage = {
    contenders,
    database,
    rounds: Number(values.rounds ?? (values.quick ? 2 : 3)),
    quick: values.quick,
    say: (progress) => console.error(`${Math.round((performance.now() - began) / 1_000)} s: ${progress}`),
  };
  rows.push(...(await measurement.run(stage)));
  await Promise.all(contenders.map((contender) => contender.end(hard)));
}
await clear();

const seconds = Math.round((performance.now() - began) / 1_000);
const packages = Object.entries(machine.packages).map(([name, version]) => `${name} ${version}`);
console.log(`
${machine.cores} cores (${machine.processor}), load ${machine.loadBefore.toFixed(1)} before the run, Node ${machine.node}, PostgreSQL ${machine.postgres?.version} (fsync ${machine.postgres?.fsync}, synchronous_commit ${machine.postgres?.commits}); ${packages.join(', ')}.
${pinned ? 'Servers on core 0, clients on the others, Postgres on all.' : 'Processes could not be bound to cores: servers and clients disturb each other.'} ${seconds} s in all${values.quick ? '; a quick run, whose figures are worth little' : ''}.
`);
console.log(
  tableOf(
    rows,
    contenders.map(({ name }) => name),
  ),
);
console.log(`\n${verdicts(rows)}`);
if (values.json !== undefined)
  writeFileSync(values.json, JSON.stringify({ machine, seconds, rows }, null, 2));
