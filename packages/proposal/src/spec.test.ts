import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const here = new URL('.', import.meta.url);
const server = new URL('../../../apps/server/src/proposals/', here);

function testsIn(folder: URL): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.test.ts') && name !== 'spec.test.ts');
  return names.map((name) => readFileSync(new URL(name, folder), 'utf8'));
}

test('every rule of SPEC.md has a test that bears its id, and no test bears an id that is no rule', () => {
  const spec = readFileSync(new URL('../SPEC.md', here), 'utf8');
  const rules = [...spec.matchAll(/^\| (PROP-\d+) /gm)].map(([, id]) => id ?? '');
  const tests = [...testsIn(here), ...testsIn(server)].join('\n');
  const borne = new Set([...tests.matchAll(/['"](PROP-\d+) /g)].map(([, id]) => id ?? ''));
  expect([...borne].sort()).toEqual([...rules].sort());
});
