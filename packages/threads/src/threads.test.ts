import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { begun, type Deed, type Deeds, open } from './deed.testing.ts';
import { isFailure } from './failure.ts';
import { type JobOptions, Threads, type ThreadsOptions } from './threads.ts';

const script = new URL('./thread.testing.ts', import.meta.url);
const words = {
  'too-slow': 'It took too long.',
  'out-of-memory': 'It took too much.',
  busy: 'Too many at once.',
  closed: 'We are closed.',
};
const all: Threads<Deed, Deeds>[] = [];

function start(options: Partial<ThreadsOptions> = {}) {
  const threads = new Threads<Deed, Deeds>(script, {
    threads: 1,
    timeoutMs: 60_000,
    idleMs: 60_000,
    memoryMb: 64,
    waiting: 10,
    words,
    ...options,
  });
  all.push(threads);
  const order: string[] = [];
  return {
    threads,
    /** Words of jobs, in the order in which they were done. */
    order,
    echo: async (word: string, jobOptions?: JobOptions) => {
      const done = await threads.do({ do: 'echo', word }, jobOptions);
      order.push(isFailure(done) ? done.failed : String(done));
      return done;
    },
    /** A job that goes on until it is let go. */
    hold: (word: string, jobOptions?: JobOptions) => {
      const gate = new SharedArrayBuffer(4);
      const door = new Int32Array(gate);
      const done = threads.do({ do: 'wait', gate, word }, jobOptions);
      return {
        done,
        begun: async () => expect.poll(() => Atomics.load(door, 0)).toBe(begun),
        hasBegun: () => Atomics.load(door, 0) === begun,
        letGo: () => {
          Atomics.store(door, 0, open);
          Atomics.notify(door, 0);
          return done;
        },
      };
    },
  };
}

afterEach(async () => {
  vi.useRealTimers();
  for (const threads of all.splice(0)) await threads.close();
});

test('THREAD-1 jobs are done one at a time by no more threads than allowed, in their order', async () => {
  const { threads, order, echo, hold } = start({ threads: 2 });
  const [first, second] = [hold('first'), hold('second')];
  await first.begun();
  await second.begun();
  const rest = ['a', 'b', 'c'].map((word) => echo(word));
  expect([threads.threads, threads.waiting]).toEqual([2, 3]);
  expect(await first.letGo()).toBe('first');
  await Promise.all(rest);
  expect(order).toEqual(['a', 'b', 'c']);
  expect(threads.threads).toBe(2);
  expect(await second.letGo()).toBe('second');
});

test('THREAD-2 urgent jobs come first, each kind in its order', async () => {
  const { order, echo, hold } = start();
  const first = hold('first');
  const rest = [echo('a'), echo('b'), echo('A', { urgent: true }), echo('B', { urgent: true })];
  await first.letGo();
  await Promise.all(rest);
  expect(order).toEqual(['A', 'B', 'a', 'b']);
});

test('THREAD-2 a reserved thread is taken by urgent jobs alone', async () => {
  const { threads, order, echo, hold } = start({ threads: 2, reserved: 1 });
  const slow = hold('slow');
  await slow.begun();
  const patient = echo('patient');
  expect(await echo('urgent', { urgent: true })).toBe('urgent');
  expect([order, threads.waiting]).toEqual([['urgent'], 1]);
  await slow.letGo();
  await patient;
  expect(order).toEqual(['urgent', 'patient']);
});

test('THREAD-2 urgent jobs may take every thread', async () => {
  const { hold } = start({ threads: 2, reserved: 1 });
  const both = [hold('A', { urgent: true }), hold('B', { urgent: true })];
  for (const held of both) await held.begun();
  expect(await Promise.all(both.map((held) => held.letGo()))).toEqual(['A', 'B']);
});

test('THREAD-3 more jobs than may wait are told so at once, urgent ones by a count of their own', async () => {
  const { echo, hold } = start({ waiting: 1 });
  const first = hold('first');
  const waiting = [echo('a'), echo('A', { urgent: true })];
  const busy = { failed: 'busy', detail: 'Too many at once.' };
  expect(await echo('b')).toEqual(busy);
  expect(await echo('B', { urgent: true })).toEqual(busy);
  await first.letGo();
  expect(await Promise.all(waiting)).toEqual(['a', 'A']);
});

test('THREAD-4 a signal takes a job that waits out of the queue', async () => {
  const { threads, echo, hold } = start();
  const first = hold('first');
  const abort = new AbortController();
  const second = hold('second', { signal: abort.signal });
  const third = echo('third');
  abort.abort(new Error('Nobody looks any more.'));
  await expect(second.done).rejects.toThrow('Nobody looks any more.');
  expect(threads.waiting).toBe(1);
  await first.letGo();
  expect(await third).toBe('third');
  expect(second.hasBegun()).toBe(false);
});

test('THREAD-4 a signal leaves what is under way to its thread', async () => {
  const { threads, echo, hold } = start();
  const abort = new AbortController();
  const first = hold('first', { signal: abort.signal });
  await first.begun();
  const next = echo('next');
  abort.abort(new Error('Nobody looks any more.'));
  await expect(first.done).rejects.toThrow('Nobody looks any more.');
  await first.letGo().catch(() => undefined);
  expect(await next).toBe('next');
  expect(threads.threads).toBe(1);
});

test('THREAD-4 a job whose signal has come before is not begun', async () => {
  const { threads, echo } = start();
  await expect(echo('late', { signal: AbortSignal.abort(new Error('Too late.')) })).rejects.toThrow(
    'Too late.',
  );
  expect(threads.threads).toBe(0);
});

test.each([
  ['exit', 'broken', /code 3/],
  ['crash', 'broken', /lost its head/],
  ['throw', 'broken', /The job went wrong\.\n +at /],
  ['unsendable', 'broken', /could not be cloned/],
  ['eat', 'out-of-memory', /^It took too much\.$/],
  ['hang', 'too-slow', /^It took too long\.$/],
] as const)(
  'THREAD-5 a job that breaks (%s) is answered %s, and the next one is done',
  async (deed, code, detail) => {
    const { threads, echo } = start();
    await echo('warm');
    // The same limit holds for the next job, which may be slow to begin and is not to be late.
    if (deed === 'hang') vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const [broken, next] = [threads.do({ do: deed }), echo('next')];
    if (deed === 'hang') vi.advanceTimersByTime(60_000);
    expect(await broken).toEqual({ failed: code, detail: expect.stringMatching(detail) });
    expect(threads.threads).toBe(1); // the same, or the one that the next job has begun with
    expect(await next).toBe('next');
  },
);

test('THREAD-5 a script that is not there is an answer too', async () => {
  const threads = new Threads<Deed, Deeds>(new URL('./nowhere.ts', import.meta.url), {
    threads: 1,
    timeoutMs: 60_000,
    idleMs: 60_000,
    memoryMb: 64,
    waiting: 10,
    words,
  });
  expect(await threads.do({ do: 'echo', word: 'a' })).toMatchObject({
    failed: 'broken',
    detail: expect.stringContaining('nowhere.ts'),
  });
  await threads.close();
});

test('THREAD-6 a job that cannot be sent, or throws, is answered, and its thread goes on', async () => {
  const { threads, echo } = start();
  await echo('warm');
  const word = (() => 'no data') as unknown as string;
  expect(await threads.do({ do: 'echo', word })).toMatchObject({
    failed: 'broken',
    detail: expect.stringContaining('could not be cloned'),
  });
  expect(await threads.do({ do: 'count' })).toBe('2');
  expect(await threads.do({ do: 'throw' })).toMatchObject({ failed: 'broken' });
  expect(await threads.do({ do: 'unsendable' })).toMatchObject({ failed: 'broken' });
  expect(await threads.do({ do: 'count' })).toBe('5');
});

test('THREAD-7 buffers are handed over, there and back', async () => {
  const { threads } = start();
  const bytes = new Uint8Array([1, 2, 3]);
  expect(await threads.do({ do: 'turn', bytes }, { transfer: [bytes.buffer] })).toEqual(
    new Uint8Array([3, 2, 1]),
  );
  expect(bytes.byteLength).toBe(0);
});

test('THREAD-8 closing answers what is under way and what waits, and ends all threads', async () => {
  const { threads, echo, hold } = start();
  const under = [hold('first').done, echo('a'), echo('A', { urgent: true })];
  await threads.close();
  const closed = { failed: 'closed', detail: 'We are closed.' };
  expect(await Promise.all(under)).toEqual([closed, closed, closed]);
  expect(threads.threads).toBe(0);
  expect(await echo('late')).toEqual(closed);
});

test('THREAD-8 threads end when there is no work for a while, and come back with it', async () => {
  const { threads, echo } = start({ idleMs: 20 });
  await echo('a');
  await expect.poll(() => threads.threads).toBe(0);
  expect(await echo('b')).toBe('b');
});

test('THREAD-8 a process with an idle thread, or one at work, ends by itself', async () => {
  const program = `
    import { Threads } from ${JSON.stringify(new URL('./threads.ts', import.meta.url).href)};
    const options = { threads: 1, timeoutMs: 3_600_000, idleMs: 3_600_000, memoryMb: 64, waiting: 9, words: ${JSON.stringify(words)} };
    const threads = new Threads(new URL(${JSON.stringify(script.href)}), options);
    const alive = setInterval(() => undefined, 1_000);
    await threads.do({ do: 'echo', word: 'a' });
    clearInterval(alive);
    void threads.do({ do: 'hang' });
    console.log('last line');
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program]);
  onTestFinished(() => void child.kill());
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
    });
  }
  const [code] = await once(child, 'exit');
  expect([code, said]).toEqual([0, 'last line\n']);
});
