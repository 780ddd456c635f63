import { readFile } from 'node:fs/promises';
import { refusals } from '@tidemark/protocol';
import { expect, test } from 'vitest';
import { createMetrics } from './metrics.ts';

const page = (name: string) => readFile(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const rowsOf = (markdown: string) =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.slice(2, -2).split(' | '));

test('docs/refusals.md has the rows of the refusal table, and no other', async () => {
  const documented = rowsOf(await page('refusals.md'));
  const table = Object.entries(refusals).map(([code, { http, close, passing, meaning }]) => [
    `\`${code}\``,
    String(http ?? '–'),
    String(close ?? '–'),
    passing ? 'yes' : 'no',
    meaning,
  ]);
  expect(documented).toEqual(table);
});

test('docs/metrics.md describes every figure of ours, and no other', async () => {
  const metrics = createMetrics();
  metrics.watch(() => {
    throw new Error('Only names are asked for');
  });
  metrics.watchBus(() => {
    throw new Error('Only names are asked for');
  });
  const ours = metrics.registry.getMetricsAsArray().filter(({ name }) => name.startsWith('tidemark_'));
  const documented = rowsOf(await page('metrics.md')).map(([name, , help]) => [name, help]);
  expect(documented).toEqual(ours.map(({ name, help }) => [`\`${name}\``, help]));
});

test('the Grafana board shows every figure of ours, and neither it nor the alert rules use one that is not there', async () => {
  const metrics = createMetrics();
  metrics.watch(() => {
    throw new Error('Only names are asked for');
  });
  metrics.watchBus(() => {
    throw new Error('Only names are asked for');
  });
  const there = new Set(metrics.registry.getMetricsAsArray().map(({ name }) => name));
  const ours = [...there].filter((name) => name.startsWith('tidemark_'));
  const used = async (name: string) => {
    const text = await readFile(new URL(`../../../infra/observability/${name}`, import.meta.url), 'utf8');
    const names = text.match(/\b(?:tidemark|nodejs|process)_[a-z0-9_]+/g) ?? [];
    return new Set(names.map((found) => found.replace(/_(?:bucket|count|sum)$/, '')));
  };
  const board = await used('grafana-board.json');
  expect([...board].sort()).toEqual(expect.arrayContaining(ours.sort()));
  for (const name of [...board, ...(await used('alerts.yml'))]) expect(there).toContain(name);
});

test('every rule of docs/conversation.md has a test that bears its id, and no test bears an id that is no rule', async () => {
  const rules = [...(await page('conversation.md')).matchAll(/^\| (TALK-\d+) /gm)].map(([, id]) => id!);
  const root = new URL('../../../', import.meta.url);
  const files = [
    'apps/server/src/conversation/conversation.test.ts',
    'apps/web/src/conversation/message-text.test.ts',
    'apps/web/src/conversation/outbox.test.ts',
    'apps/web/src/conversation/threads.test.ts',
    'infra/trials/src/browser-conversation.test.ts',
    'infra/trials/src/browser-conversation-diagram.test.ts',
    'packages/database/src/conversation.pg.test.ts',
  ];
  const tests = await Promise.all(files.map((file) => readFile(new URL(file, root), 'utf8')));
  const titles = tests.join('\n').matchAll(/['"`](TALK-\d.*)['"`],/g);
  const borne = new Set([...titles].flatMap(([, title]) => title!.match(/\bTALK-\d+/g) ?? []));
  expect([...borne].sort()).toEqual([...rules].sort());
});
