import type { Change, Touched } from '../change.ts';
import { describeRecords } from '../describe.ts';
import type { Past } from '../records/past.ts';
import { clausesOf, type Noun, sessionLine } from '../session-line.ts';
import { dashboardSchema } from './schema.ts';
import { dashboardWords } from './words.ts';

/** What became of a dashboard, thing by thing, in its own words. */
export function describeDashboard(before: Past, after: Past): Change[] {
  return describeRecords(dashboardSchema, dashboardWords, {}, before, after);
}

const isMove = (registers: readonly string[]) =>
  registers.length > 0 && registers.every((register) => /^(pos|size):|^tab$/.test(register));
const isRename = (registers: readonly string[]) =>
  registers.length > 0 && registers.every((register) => register === 'title');

const nouns: Readonly<Record<string, Noun>> = {
  charts: {
    one: 'chart',
    many: 'charts',
    changed: (registers) => (isMove(registers) ? 'moved' : isRename(registers) ? 'renamed' : 'changed'),
  },
  filters: { one: 'filter', many: 'filters' },
  tabs: { one: 'tab', many: 'tabs' },
  datasets: { one: 'dataset', many: 'datasets' },
  meta: {
    one: 'the dashboard',
    many: 'the dashboard',
    isSingle: true,
    changed: (registers) => (isRename(registers) ? 'renamed' : 'changed the look of'),
  },
  settings: { one: 'the settings', many: 'the settings', isSingle: true },
};

/** A session of work in one line. */
export function describeDashboardSession(touched: Touched): string {
  return sessionLine(clausesOf(touched, nouns));
}
