import { expect, test } from 'vitest';
import { timeAgo } from './time.ts';

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
