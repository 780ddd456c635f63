import type { Result } from './check.ts';

const marks = { pass: 'pass', fail: 'FAIL', skip: 'skip' } as const;

export function line({ id, says, outcome, detail, milliseconds }: Result): string {
  const why = detail === '' ? '' : `\n       ${outcome === 'skip' ? 'skipped' : 'but'}: ${detail}`;
  return `${marks[outcome]}  ${id.padEnd(4)} ${says} (${milliseconds} ms)${why}`;
}

export function summary(results: readonly Result[]): string {
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  return `${count('pass')} passed, ${count('fail')} failed, ${count('skip')} skipped`;
}

/** Several servers side by side, as a Markdown table: one row per check that some server does not pass, and the totals. */
export function compare(servers: Readonly<Record<string, readonly Result[]>>): string {
  const names = Object.keys(servers);
  const all = names.flatMap((name) => servers[name] ?? []);
  const ids = [...new Map(all.map((result) => [result.id, result])).values()];
  const cell = (name: string, id: string) => servers[name]?.find((result) => result.id === id)?.outcome ?? '';
  const rows = ids
    .filter(({ id }) => names.some((name) => cell(name, id) !== 'pass'))
    .map(({ id, says }) => `| ${id} | ${says} | ${names.map((name) => cell(name, id)).join(' | ')} |`);
  return [
    `| id | check | ${names.join(' | ')} |`,
    `|---|---|${names.map(() => '---|').join('')}`,
    ...rows,
    `| | all ${ids.length} | ${names.map((name) => summary(servers[name] ?? [])).join(' | ')} |`,
  ].join('\n');
}
