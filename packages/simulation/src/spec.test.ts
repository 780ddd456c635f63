import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

test('every rule of SPEC.md is checked somewhere, and every rule that is checked is in SPEC.md', () => {
  const folder = new URL('./', import.meta.url);
  const spec = readFileSync(new URL('../SPEC.md', folder), 'utf8');
  const rules = new Set([...spec.matchAll(/^\| (I\d+) /gm)].map((match) => match[1]));
  const files = readdirSync(folder).filter((file) => file !== 'spec.test.ts' && file !== 'rotten.test.ts');
  const code = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
  const checked = new Set([...code.matchAll(/\b(I\d+)\b(?!–)/g)].map((match) => match[1]));
  expect([...checked].sort()).toEqual([...rules].sort());
});
