import { bestPeer, goalOf, limitName, names, verdict } from './goal.ts';
import type { Row } from './row.ts';
import { median, spread } from './statistics.ts';

/** The table: medians of the rounds with their spread, our ratio to the limit and to the best peer, and what was to be reached. */
export function tableOf(rows: readonly Row[], contenders: readonly string[]): string {
  const columns = [...contenders, limitName].filter((name) => rows.some(({ values }) => name in values));
  const lines = rows.map((row) =>
    [
      row.measured,
      ...columns.map((name) => cell(row, name)),
      ratio(row, names.relay) || ratio(row, limitName),
      toBestPeer(row),
      [goalOf(row), verdict(row)].filter(Boolean).join(': '),
    ].join(' | '),
  );
  return [
    `| measured | ${columns.join(' | ')} | ours to the limit | ours to the best peer | to reach |`,
    `|---|${columns.map(() => '---|').join('')}---|---|---|`,
    ...lines.map((line) => `| ${line} |`),
  ].join('\n');
}

/** How many of the goals that this run could judge are met. */
export function verdicts(rows: readonly Row[]): string {
  const judged = rows.map(verdict).filter((each) => each !== null);
  const missed = rows.filter((row) => verdict(row) === 'missed').map(({ measured }) => `- ${measured}`);
  const met = judged.length - missed.length;
  return [`${met} of ${judged.length} goals are met${missed.length > 0 ? '; missed:' : '.'}`, ...missed].join(
    '\n',
  );
}

function cell(row: Row, name: string): string {
  const values = row.values[name];
  if (values === undefined) return '–';
  const figure = `${number(median(values))} ${row.unit}`.trimEnd();
  return values.length > 1 ? `${figure} ±${Math.round(spread(values) * 100)}%` : figure;
}

function ratio(row: Row, name: string): string {
  const [a, b] = [row.values[names.ours], row.values[name]];
  if (a === undefined || b === undefined || median(b) <= 0) return '';
  return `${(median(a) / median(b)).toFixed(2)} ×`;
}

function toBestPeer(row: Row): string {
  const best = bestPeer(row);
  const found = best === null ? '' : ratio(row, best);
  return found === '' ? '' : `${found} (${best})`;
}

function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 10_000) return `${Math.round(value / 1_000)}k`;
  if (size >= 100 || Number.isInteger(value)) return String(Math.round(value));
  return value.toFixed(size >= 10 ? 1 : 2);
}
