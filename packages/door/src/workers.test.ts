import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { createLobby, createMemoryLog } from '@tidemark/sync';
import { inlineWorkbench } from '@tidemark/sync/workbench';
import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { Bench } from './bench.ts';
import { nodeClock } from './clock.ts';
import { silence } from './testing.ts';
import { deed } from './thread.testing.ts';
import { createWorkers, type Workers, workersOf } from './workers.ts';

let workers: Workers | null = null;
afterEach(async () => {
  vi.useRealTimers();
  await workers?.close();
  workers = null;
});

/** A document by many updates, some of which delete. */
function bigLog(updates: number): Uint8Array[] {
  const log: Uint8Array[] = [];
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => log.push(update));
  const text = doc.getText('t');
  for (let i = 0; i < updates; i += 1) {
    text.insert((i * 7) % (text.length + 1), `${i} `);
    if (i % 10 === 0) text.delete(0, 1);
  }
  return log;
}

function breakable(options: { idle?: number; patience?: number; threads?: number; standing?: number } = {}) {
  const script = new URL('./thread.testing.ts', import.meta.url);
  const bench = new Bench(script, { threads: 1, standing: 0, idle: 60_000, patience: 60_000, ...options });
  workers = workersOf(bench);
  return { bench, ask: (kind: number) => workersOf(bench).compact([new Uint8Array([kind, 7])]) };
}

test('R68 a thread makes the same bytes as the call itself would', async () => {
  workers = createWorkers();
  const log = bigLog(2_000);
  const vectors = [new Uint8Array([0]), Y.encodeStateVectorFromUpdate(log[500]!)];
  expect(await workers.compact(log)).toEqual(await inlineWorkbench.compact(log));
  expect(await workers.slice(log)).toEqual(await inlineWorkbench.slice(log));
  expect(await workers.diff(log, vectors)).toEqual(await inlineWorkbench.diff(log, vectors));
  expect(await workers.compact([])).toEqual(await inlineWorkbench.compact([]));
  const broken = [new Uint8Array([9, 9, 9])];
  expect(await workers.compact(broken)).toEqual(await inlineWorkbench.compact(broken));
  // What was handed over is still its owner's.
  expect(log.every(({ length }) => length > 0)).toBe(true);
});

test('R68 bytes far larger than one turn copies arrive whole', async () => {
  workers = createWorkers();
  const doc = new Y.Doc();
  const bytes = Uint8Array.from({ length: 10 * 1024 * 1024 }, (_, i) => i % 251);
  doc.getMap('m').set('blob', bytes);
  const [state] = await Promise.all([workers.compact([Y.encodeStateAsUpdate(doc)]), turn()]);
  if ('unreadable' in state) throw new Error(state.unreadable);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, state);
  expect(Buffer.compare(copy.getMap('m').get('blob') as Uint8Array, bytes)).toBe(0);
});

test('R68 the event loop goes on while a big document is compacted, and a small one is done before it', async () => {
  workers = createWorkers({ threads: 2 });
  const [big, small] = [bigLog(30_000), bigLog(10)];
  // Both threads are there.
  await Promise.all([workers.compact(small), workers.compact(small)]);
  const events: string[] = [];
  const bigDone = workers.compact(big).then(() => events.push('big'));
  for (let i = 0; i < 3; i += 1) {
    await workers.compact(small);
    await turn();
    events.push('small, and a turn');
  }
  await bigDone;
  expect(events).toEqual([...Array(3).fill('small, and a turn'), 'big']);
});

test.each(['exit', 'crash'] as const)(
  'R68 a thread that breaks (%s) rejects its job with the cause, and is replaced',
  async (kind) => {
    const { bench, ask } = breakable();
    const broken = ask(deed[kind]);
    const waiting = ask(deed.echo);
    const fault = await broken.catch((error: unknown) => error as Error);
    expect(String((fault as Error).cause)).toMatch(kind === 'exit' ? /code 3/ : /lost its head/);
    expect(await waiting).toEqual(new Uint8Array([deed.echo, 7]));
    expect(bench.threads).toBe(1);
  },
);

test('R68 a job that takes too long is rejected, and the next one gets a new thread', async () => {
  const { ask } = breakable();
  await ask(deed.echo);
  // The same limit holds for the next job, which may be slow to begin and is not to be late.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const hanging = ask(deed.hang);
  const waiting = ask(deed.echo);
  while (vi.getTimerCount() === 0) await turn(); // until the thread has it
  vi.advanceTimersByTime(60_000);
  await expect(hanging).rejects.toThrow('has ended');
  expect(await waiting).toEqual(new Uint8Array([deed.echo, 7]));
});

test('R68 close rejects what is under way and what waits, and ends all threads', async () => {
  const { bench, ask } = breakable();
  await ask(deed.echo);
  const under = [ask(deed.hang), ask(deed.echo)].map((job) => job.catch((error: unknown) => error));
  await turn();
  await bench.close();
  for (const fault of await Promise.all(under)) expect(fault).toBeInstanceOf(Error);
  expect(bench.threads).toBe(0);
  await expect(ask(deed.echo)).rejects.toThrow('closed');
});

test('R68 threads end when there is no work for a while, and come back with it', async () => {
  const { bench, ask } = breakable({ idle: 20 });
  await ask(deed.echo);
  await expect.poll(() => bench.threads).toBe(0);
  expect(await ask(deed.echo)).toEqual(new Uint8Array([deed.echo, 7]));
});

test('R68 one that stands ready is there at once and stays; those beyond it end', async () => {
  const { bench, ask } = breakable({ threads: 2, standing: 1, idle: 20 });
  expect(bench.threads).toBe(1);
  await Promise.all([ask(deed.echo), ask(deed.echo)]);
  await expect.poll(() => bench.threads).toBe(1);
  await ask(deed.echo);
  expect(bench.threads).toBe(1);
});

test('R68 a process with idle threads, or one at work, ends by itself', async () => {
  const script = `
    import { createWorkers } from ${JSON.stringify(new URL('./workers.ts', import.meta.url).href)};
    const workers = createWorkers({ idle: 3_600_000 });
    const doc = [new Uint8Array([0, 0])];
    const alive = setInterval(() => undefined, 1_000);
    await workers.compact(doc);
    clearInterval(alive);
    void workers.compact(doc);
    console.log('last line');
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script]);
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'exit');
  expect([code, said]).toEqual([0, 'last line\n']);
});

test('R68 a lobby makes its checkpoints in a thread', async () => {
  workers = createWorkers();
  const log = createMemoryLog();
  log.create('d');
  const saved = Promise.withResolvers<Uint8Array>();
  const lobby = createLobby({
    log: {
      ...log,
      saveCheckpoint: async (checkpoint) => {
        saved.resolve(checkpoint.state);
        return log.saveCheckpoint(checkpoint);
      },
    },
    access: { access: async () => 'edit', onChanged: () => () => undefined },
    clock: nodeClock,
    journal: silence,
    workbench: workers,
    settings: { checkpointEntries: 1, idleMs: 0 },
  });
  await lobby.edit('d', null, (doc) => doc.getMap('m').set('k', 'v'));
  await lobby.drain();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await saved.promise);
  expect(doc.getMap('m').toJSON()).toEqual({ k: 'v' });
});
