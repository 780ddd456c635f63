import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, test, vi } from 'vitest';
import { createStudio, type Studio, type StudioOptions } from './studio.ts';

const script = new URL('./thread.testing.ts', import.meta.url);
const studios: Studio[] = [];

function open(options: Partial<StudioOptions> = {}) {
  const studio = createStudio(script, {
    threads: 1,
    timeoutMs: 60_000,
    idleMs: 60_000,
    memoryMb: 64,
    waiting: 10,
    ...options,
  });
  studios.push(studio);
  return { studio, ask: (xml: string) => studio.do({ work: 'normalise', xml }) };
}

afterEach(async () => {
  vi.useRealTimers();
  for (const studio of studios.splice(0)) await studio.close();
});

test.each([
  ['exit', 'broken', /code 3/],
  ['crash', 'broken', /lost its head/],
  ['eat', 'out-of-memory', /memory/],
])(
  'PIC-11 a thread that breaks (%s) answers its job with %s, and is replaced',
  async (deed, code, detail) => {
    const { studio, ask } = open();
    const [broken, next] = [ask(deed), ask('echo')];
    expect(await broken).toEqual({ failed: code, detail: expect.stringMatching(detail) });
    expect(await next).toEqual({ xml: 'echo' });
    expect(studio.threads).toBe(1);
  },
);

test('PIC-11 a job that takes too long is answered, and the next one gets a new thread', async () => {
  const { ask } = open();
  expect(await ask('echo')).toEqual({ xml: 'echo' });
  // The same limit holds for the next job, which may be slow to begin and is not to be late.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const [hanging, next] = [ask('hang'), ask('echo')];
  vi.advanceTimersByTime(60_000);
  expect(await hanging).toMatchObject({ failed: 'too-slow' });
  expect(await next).toEqual({ xml: 'echo' });
});

test('PIC-10 more jobs than may wait are told so at once', async () => {
  const { studio, ask } = open({ waiting: 1 });
  const [first, second] = [ask('hang'), ask('echo')];
  expect(studio.waiting).toBe(1);
  expect(await ask('echo')).toMatchObject({ failed: 'busy' });
  await studio.close();
  expect(await first).toMatchObject({ failed: 'closed' });
  expect(await second).toMatchObject({ failed: 'closed' });
});

test('PIC-12 closing answers what is under way and what waits, and ends all threads', async () => {
  const { studio, ask } = open();
  const under = [ask('hang'), ask('echo')];
  await studio.close();
  for (const answer of await Promise.all(under)) expect(answer).toMatchObject({ failed: 'closed' });
  expect(studio.threads).toBe(0);
  expect(await ask('echo')).toMatchObject({ failed: 'closed' });
});

test('PIC-12 threads end when there is no work for a while, and come back with it', async () => {
  const { studio, ask } = open({ idleMs: 20 });
  await ask('echo');
  await expect.poll(() => studio.threads).toBe(0);
  expect(await ask('echo')).toEqual({ xml: 'echo' });
});

test('PIC-12 a process with an idle thread, or one at work, ends by itself', async () => {
  const program = `
    import { createStudio } from ${JSON.stringify(new URL('./studio.ts', import.meta.url).href)};
    const studio = createStudio(new URL(${JSON.stringify(script.href)}), { threads: 1, timeoutMs: 3_600_000, idleMs: 3_600_000, memoryMb: 64, waiting: 9 });
    const alive = setInterval(() => undefined, 1_000);
    await studio.do({ work: 'normalise', xml: 'echo' });
    clearInterval(alive);
    void studio.do({ work: 'normalise', xml: 'hang' });
    console.log('last line');
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program]);
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
