import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FuzzBrowser, openFuzzBrowser } from '../fuzz/browser.ts';
import { startFiles } from '../fuzz/files.ts';
import { found } from '../fuzz/found.ts';
import { planOf } from '../fuzz/plan.ts';

let browser: FuzzBrowser;

beforeAll(async () => {
  browser = await openFuzzBrowser();
});

afterAll(() => browser.close());

describe('CANVAS-40 to CANVAS-52: whatever people do at once, all canvases show the document', () => {
  test.each([1, 2, 3, 4, 5, 6])('two people, seed %i', async (seed) => {
    const { problems } = await browser.run(planOf(seed, { modelers: 2, files: startFiles() }));
    expect(problems).toEqual([]);
  });

  test.each([1])('five people, seed %i', async (seed) => {
    const { problems } = await browser.run(planOf(seed, { modelers: 5, files: startFiles() }));
    expect(problems).toEqual([]);
  });

  test.each(found)('found: $what', async ({ plan }) => {
    const { problems } = await browser.run(plan);
    expect(problems).toEqual([]);
  });
});

test('CANVAS-53: a seed goes the same way again, and another seed another way', async () => {
  const options = { modelers: 2, files: ['pools'] };
  const first = await browser.run(planOf(11, options));
  const between = await browser.run(planOf(12, options));
  const again = await browser.run(planOf(11, options));
  expect(again.log).toEqual(first.log);
  expect(again.hash).toBe(first.hash);
  expect(between.hash).not.toBe(first.hash);
});
