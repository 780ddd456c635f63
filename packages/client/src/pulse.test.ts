import { expect, test } from 'vitest';
import { createPulse } from './pulse.ts';
import { createVirtualClock } from './testing/virtual-clock.ts';

function start() {
  const clock = createVirtualClock();
  const seen = { probes: 0, deaths: 0, unsent: 0 };
  const link = {
    probe() {
      seen.probes += 1;
    },
    unsentBytes: () => seen.unsent,
    dead() {
      seen.deaths += 1;
    },
  };
  return { clock, seen, pulse: createPulse(clock, link, 15_000) };
}

test('C23: 15 s of silence bring a probe, 15 s more without an answer the end', async () => {
  const { clock, seen } = start();
  await clock.advance(14_999);
  expect(seen).toMatchObject({ probes: 0 });
  await clock.advance(1);
  expect(seen).toMatchObject({ probes: 1, deaths: 0 });
  await clock.advance(14_999);
  expect(seen.deaths).toBe(0);
  await clock.advance(1);
  expect(seen.deaths).toBe(1);
});

test('C23: whoever speaks is not asked, whoever answers lives', async () => {
  const { clock, seen, pulse } = start();
  for (let i = 0; i < 10; i += 1) {
    await clock.advance(10_000);
    pulse.heard();
  }
  expect(seen.probes).toBe(0);
  await clock.advance(15_000);
  expect(seen.probes).toBe(1);
  pulse.heard();
  await clock.advance(15_000);
  expect(seen).toMatchObject({ deaths: 0 });
});

test('C23: bytes that still leave are a sign of life, however slow', async () => {
  const { clock, seen } = start();
  seen.unsent = 5_000_000;
  for (let i = 0; i < 6; i += 1) {
    await clock.advance(15_000);
    seen.unsent -= 1_000;
  }
  expect(seen.deaths).toBe(0);
  await clock.advance(30_000);
  expect(seen.deaths).toBe(1);
});

test('C23: a suspicion asks at once and waits for the time given', async () => {
  const { clock, seen, pulse } = start();
  pulse.suspect(5_000);
  expect(seen.probes).toBe(1);
  await clock.advance(5_000);
  expect(seen.deaths).toBe(1);
});

test('C23: a question that left for the system alone, unanswered, only doubles the wait', async () => {
  const { clock, seen, pulse } = start();
  seen.unsent = 3;
  pulse.suspect(1_500);
  seen.unsent = 0;
  await clock.advance(1_500);
  expect(seen.deaths).toBe(0);
  await clock.advance(1_500);
  expect(seen.deaths).toBe(1);
});

test('C23: a stopped pulse does nothing', async () => {
  const { clock, seen, pulse } = start();
  pulse.stop();
  await clock.advance(100_000);
  expect(seen).toEqual({ probes: 0, deaths: 0, unsent: 0 });
});

test('C23: a clock that is put back an hour does not hide a dead connection for an hour', async () => {
  const { clock, seen, pulse } = start();
  await clock.advance(10_000);
  pulse.heard();
  clock.jump(-3_600_000);
  await clock.advance(15_000 + 15_000);
  expect(seen).toMatchObject({ probes: 1, deaths: 1 });
});
