/** `npm run fuzz` in short: every attack there is, and some seconds of chance. */
import { expect, test } from 'vitest';
import { hostileFrames } from './fuzz/frames.ts';
import { describeReport, fuzz } from './fuzz/fuzz.ts';

const seed = Number(process.env.FUZZ_SEED ?? 20261121);

test('R5 R20 R28 hostile frames, connections and requests are refused with their codes; nobody honest notices; nothing is left of them', {
  timeout: 5 * 60_000,
}, async () => {
  const began = performance.now();
  const report = await fuzz({ seed, forMs: 10_000, silent: 1_000 });
  console.log(describeReport(report, (performance.now() - began) / 1000, seed));
  expect(report.frames).toBeGreaterThan(hostileFrames.length);
  expect(report.honestEdits).toBeGreaterThan(10);
});
