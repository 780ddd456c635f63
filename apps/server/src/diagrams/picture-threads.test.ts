import { expect, test } from 'vitest';
import { pictureThreads } from './picture-threads.ts';

const gigabytes = (count: number) => count * 1024 ** 3;

test.each([
  ['a small machine', 2, 2, 1],
  ['one core', 1, 16, 1],
  ['a machine of 4 GB, of which the kernel keeps some', 2, 3.8, 2],
  ['a large one', 64, 256, 2],
])('%s draws with as many threads as it can hold', (_what, cores, memory, threads) => {
  expect(pictureThreads({ cores, memory: gigabytes(memory) })).toBe(threads);
});
