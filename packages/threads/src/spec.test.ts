import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every rule of SPEC.md has a test that bears its id, and no test bears an id that is no rule', () => {
  const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
  const rules = [...read('../SPEC.md').matchAll(/^\| (THREAD-\d+) /gm)].map(([, id]) => id);
  const borne = new Set([...read('./threads.test.ts').matchAll(/'(THREAD-\d+) /g)].map(([, id]) => id));
  expect([...borne].sort()).toEqual(rules.sort());
});
