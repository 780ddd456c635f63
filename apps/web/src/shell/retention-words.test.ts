import { expect, test } from 'vitest';
import { choiceOf, daysOf, spanChoices, thinningWords } from './retention-words.ts';

test('TIME-7 what the night removes is told in numbers and with its date', () => {
  const before = '2025-11-21T12:00:00.000Z';
  expect(thinningWords(null)).toBe('Nothing is ever removed.');
  expect(thinningWords({ before, documents: 0, entries: 0 })).toMatch(/^No edits .* November 21, 2025/);
  expect(thinningWords({ before, documents: 1, entries: 1 })).toBe(
    'The next night removes the detail of 1 edit in 1 document, from before November 21, 2025.',
  );
  expect(thinningWords({ before, documents: 34, entries: 12_345 })).toMatch(/12,345 edits in 34 documents/);
});

test('a span that a program has set can be kept, and each choice is the days that it says', () => {
  expect(spanChoices(45).map(({ label }) => label)).toEqual([
    '30 days',
    '45 days',
    '90 days',
    '180 days',
    '1 year',
    '2 years',
    '5 years',
    'For good',
  ]);
  for (const { value } of spanChoices(365)) expect(choiceOf(daysOf(value))).toBe(value);
});
