import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every rule of SPEC.md has a test that bears its id, and no test bears an id that is no rule', () => {
  const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
  const rules = [...read('../SPEC.md').matchAll(/^\| (HIST-\d+) /gm)].map(([, id]) => id);
  const files = readdirSync(new URL('.', import.meta.url)).filter((name) => name.endsWith('.test.ts'));
  const names = files.flatMap((name) =>
    [...read(name).matchAll(/^ *test\(\s*(['"`].*)$/gm)].map(([, title]) => title),
  );
  const borne = new Set(names.flatMap((title) => title?.match(/HIST-\d+/g) ?? []));
  expect([...borne].sort()).toEqual(rules.sort());
});
