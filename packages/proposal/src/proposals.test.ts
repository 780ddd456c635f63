import { afterEach, expect, test, vi } from 'vitest';
import { isFailure } from './failure.ts';
import { pdfOf } from './pdf.ts';
import { createPress, type Press, type PressOptions } from './press.ts';
import { createProposals } from './proposals.ts';
import { anOffer } from './testing.ts';

const presses: Press[] = [];

/** A press whose thread does as the title of an offer says. */
function open(options: Partial<PressOptions> = {}) {
  const press = createPress(new URL('./thread.testing.ts', import.meta.url), {
    threads: 1,
    timeoutMs: 60_000,
    idleMs: 60_000,
    memoryMb: 64,
    waiting: 10,
    ...options,
  });
  presses.push(press);
  return { press, ask: (title: string) => press.do(anOffer({ title })) };
}

afterEach(async () => {
  vi.useRealTimers();
  for (const press of presses.splice(0)) await press.close();
});

test('PROP-13 a thread writes the bytes that are written here, several at once too', async () => {
  const proposals = createProposals();
  try {
    const offers = [anOffer(), anOffer({ number: 'E-2' })];
    const made = await Promise.all(offers.map((offer) => proposals.make(offer)));
    for (const [index, offer] of offers.entries()) {
      const [there, here] = [made[index], await pdfOf(offer)];
      if (there === undefined || isFailure(there) || isFailure(here)) throw new Error('No PDF was made.');
      expect(Buffer.from(there).equals(here)).toBe(true);
    }
  } finally {
    await proposals.destroy();
  }
});

test.each([
  ['exit', 'broken', /code 3/],
  ['crash', 'broken', /lost its head/],
  ['eat', 'out-of-memory', /memory/],
])(
  'PROP-18 a thread that breaks (%s) answers its job with %s, and is replaced',
  async (deed, code, detail) => {
    const { press, ask } = open();
    const [broken, next] = [ask(deed), ask('echo')];
    expect(await broken).toEqual({ failed: code, detail: expect.stringMatching(detail) });
    expect(await next).toEqual(new Uint8Array([1]));
    expect(press.threads).toBe(1);
  },
);

test('PROP-18 a job that takes too long is answered, more than may wait are told so, and closing answers the rest', async () => {
  const { press, ask } = open({ waiting: 1 });
  expect(await ask('echo')).toEqual(new Uint8Array([1]));
  // The same limit holds for the next job, which may be slow to begin and is not to be late.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const hanging = ask('hang');
  const waiting = ask('echo');
  expect(await ask('echo')).toMatchObject({ failed: 'busy' });
  vi.advanceTimersByTime(60_000);
  expect(await hanging).toMatchObject({ failed: 'too-slow' });
  expect(await waiting).toEqual(new Uint8Array([1]));
  const last = ask('hang');
  await press.close();
  expect(await last).toMatchObject({ failed: 'closed' });
  expect(await ask('echo')).toMatchObject({ failed: 'closed' });
  expect(press.threads).toBe(0);
});

test('PROP-18 an offer that cannot be written is a failure with its reason', async () => {
  const proposals = createProposals();
  const broken = { ...anOffer(), date: 'no day' };
  expect(await proposals.make(broken)).toMatchObject({ failed: 'broken' });
  await proposals.destroy();
});
