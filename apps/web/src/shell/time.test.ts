import { expect, test } from 'vitest';
import { timeAgo, timeUntil } from './time.ts';

const now = Date.UTC(2026, 5, 15, 12);
const ago = (seconds: number) => timeAgo(new Date(now - seconds * 1000).toISOString(), now);

test('recent times are relative, old ones are dates', () => {
  expect(ago(5)).toBe('just now');
  expect(ago(50)).toBe('1 minute ago');
  expect(ago(3 * 3600)).toBe('3 hours ago');
  expect(ago(86_400)).toBe('yesterday');
  expect(ago(30 * 86_400)).toBe('May 16, 2026');
});

test('a clock that is ahead says just now, and nonsense says nothing', () => {
  expect(ago(-30)).toBe('just now');
  expect(timeAgo('soon', now)).toBe('');
});

test('a day to come is told in days, and one that is over is today', () => {
  const until = (days: number) => timeUntil(new Date(now + days * 86_400_000).toISOString(), now);
  expect(until(29.9)).toBe('in 30 days');
  expect(until(1.2)).toBe('tomorrow');
  expect(until(0.4)).toBe('today');
  expect(until(-3)).toBe('today');
  expect(timeUntil('soon', now)).toBe('');
});
