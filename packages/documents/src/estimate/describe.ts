import type { Change, Touched } from '../change.ts';
import { describeRecords } from '../describe.ts';
import type { Past } from '../records/past.ts';
import { clausesOf, type Noun, sessionLine, textClauses } from '../session-line.ts';
import { estimateSchema } from './schema.ts';
import { estimateWords, textWords } from './words.ts';

/** What became of an estimate, thing by thing, in its own words. */
export function describeEstimate(before: Past, after: Past): Change[] {
  return describeRecords(estimateSchema, estimateWords, textWords, before, after);
}

const single = (one: string): Noun => ({ one, many: one, isSingle: true });
const isMove = (registers: readonly string[]) =>
  registers.length > 0 && registers.every((register) => register === 'g');

const nouns: Readonly<Record<string, Noun>> = {
  lines: { one: 'line', many: 'lines', changed: (registers) => (isMove(registers) ? 'moved' : 'changed') },
  groups: { one: 'section', many: 'sections' },
  risks: { one: 'risk', many: 'risks' },
  actuals: { one: 'actual cost', many: 'actual costs' },
  lessons: { one: 'lesson', many: 'lessons' },
  params: single('the rates'),
  meta: single('the details'),
  proposal: single('the look of the proposal'),
  review: single('the review'),
};

/** A session of work in one line. */
export function describeEstimateSession(touched: Touched): string {
  return sessionLine([...clausesOf(touched, nouns), ...textClauses(touched, textWords)]);
}
