import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const here = new URL('.', import.meta.url);

test('every rule of SPEC.md has a test that bears its id, and no test bears an id that is no rule', () => {
  const spec = readFileSync(new URL('../SPEC.md', here), 'utf8');
  const rules = [...spec.matchAll(/^\| (PIC-\d+) /gm)].map(([, id]) => id ?? '');
  const files = readdirSync(here).filter((name) => name.endsWith('.test.ts') && name !== 'spec.test.ts');
  const tests = files.map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n');
  const borne = new Set([...tests.matchAll(/'(PIC-\d+) /g)].map(([, id]) => id ?? ''));
  expect([...borne].sort()).toEqual([...rules].sort());
});
