/** docs/faults.md names the test that holds each promise; a name that no test has any more is no proof. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { hostileFrames } from './fuzz/frames.ts';
import { socketAttacks } from './fuzz/sockets.ts';
import { longForm } from './torture/plans.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const page = readFileSync(`${root}docs/faults.md`, 'utf8');

test('every complaint and every promise has a row, and the tests it names are there', () => {
  const rows = page.split('\n').filter((line) => /^\| \d+ \|/.test(line));
  const numbers = rows.map((row) => Number(row.split('|')[1]));
  const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);
  expect(numbers).toEqual([...upTo(20), ...upTo(14)]);
  const named = [...page.matchAll(/`([\w./-]+\.test\.ts)`: "([^"]+)"/g)];
  expect(named.length).toBeGreaterThan(35);
  const missing = named.filter(([, file, name]) => {
    const path = `${root}${file}`;
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(String(name));
  });
  expect(missing.map(([row]) => row)).toEqual([]);
});

test('the figures of the long form are those of its plan', () => {
  const plan = Object.entries(longForm(null));
  const sum = (counts: readonly (readonly [string, number | undefined])[]) =>
    counts.reduce((total, [, count]) => total + (count ?? 0), 0);
  const killing = plan.filter(([kind]) => kind.startsWith('kill'));
  const twice = killing.filter(([kind]) => kind.includes('again'));
  const rounds = sum(plan).toLocaleString('en');
  const kills = (sum(killing) + sum(twice)).toLocaleString('en');
  expect(/without options (\S+) rounds with (\S+) SIGKILLs/.exec(page)?.slice(1)).toEqual([rounds, kills]);
});

test('no attack stands twice in the tables', () => {
  const names = [...hostileFrames, ...socketAttacks].map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
});
