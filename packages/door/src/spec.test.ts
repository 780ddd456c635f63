import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every rule of SPEC.md has a test that bears its id, and no test bears an id that is no rule', () => {
  const spec = readFileSync(new URL('../SPEC.md', import.meta.url), 'utf8');
  const rules = [...spec.matchAll(/^\| (R\d+) /gm)].map(([, id]) => id!);
  const here = new URL('.', import.meta.url);
  const files = readdirSync(here).filter((name) => name.endsWith('.test.ts'));
  const tests = files.map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n');
  const titles = [...tests.matchAll(/(['"])(R\d.*?)\1,/g)].map(([, , title]) => title!);
  const borne = new Set(titles.flatMap((title) => title.match(/\bR\d+\b/g) ?? []));
  expect([...borne].sort()).toEqual([...rules].sort());
});
