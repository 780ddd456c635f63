import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const here = new URL('.', import.meta.url);
const rulesOf = (page: string) =>
  [...readFileSync(new URL(page, here), 'utf8').matchAll(/^\| (R\d+) /gm)].map(([, id]) => id!);

test('every rule of SPEC.md has a test that bears its id, and no test bears an id that is no rule', () => {
  const rules = rulesOf('../SPEC.md');
  const engine = rulesOf('../../sync/SPEC.md');
  const files = readdirSync(here).filter((name) => name.endsWith('.test.ts'));
  const tests = files.map((name) => readFileSync(new URL(name, here), 'utf8')).join('\n');
  const titles = [...tests.matchAll(/(['"])(R\d.*?)\1,/g)].map(([, , title]) => title!);
  const borne = new Set(titles.flatMap((title) => title.match(/\bR\d+\b/g) ?? []));
  expect(rules.filter((id) => !borne.has(id))).toEqual([]);
  expect([...borne].filter((id) => !rules.includes(id) && !engine.includes(id))).toEqual([]);
  expect(rules.filter((id) => engine.includes(id))).toEqual([]);
});
