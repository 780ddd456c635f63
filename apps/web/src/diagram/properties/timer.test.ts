import { describe, expect, it } from 'vitest';
import { readTimer, type TimerKind } from './timer.ts';

const words = (kind: TimerKind, text: string) => {
  const reading = readTimer(kind, text);
  return reading.state === 'good' ? reading.words : reading.state;
};

describe('a timer read aloud', () => {
  it('reads dates and times that exist', () => {
    expect(words('timeDate', '2027-03-01T09:00:00Z')).toBe('On 1 March 2027 at 09:00 UTC');
    expect(words('timeDate', '2027-03-01T09:00:05+02:00')).toBe('On 1 March 2027 at 09:00:05 UTC+02:00');
    expect(words('timeDate', '2028-02-29')).toBe('On 29 February 2028');
    expect(words('timeDate', '2027-02-29')).toBe('bad');
    expect(words('timeDate', '2027-02-28T24:00:00Z')).toBe('bad');
    expect(words('timeDate', 'tomorrow')).toBe('bad');
  });

  it('reads durations, and refuses what only looks like one', () => {
    expect(words('timeDuration', 'PT15M')).toBe('15 minutes');
    expect(words('timeDuration', 'P1Y2M3DT4H5M6.5S')).toBe(
      '1 year 2 months 3 days 4 hours 5 minutes 6.5 seconds',
    );
    expect(words('timeDuration', 'P1W')).toBe('1 week');
    for (const text of ['P', 'PT', 'P1DT', '15M', 'PT15', '-PT1H', 'P1H']) {
      expect(words('timeDuration', text), text).toBe('bad');
    }
  });

  it('reads cycles with a start, an end or neither, and cron lines', () => {
    expect(words('timeCycle', 'R3/PT10H')).toBe('Every 10 hours, 3 times');
    expect(words('timeCycle', 'R/P1D')).toBe('Every 1 day, again and again');
    expect(words('timeCycle', 'R/2027-01-01T08:00:00Z/P1D')).toBe(
      'Every 1 day, again and again, from 1 January 2027 at 08:00 UTC',
    );
    expect(words('timeCycle', 'R2/PT1H/2027-01-01')).toBe('Every 1 hour, 2 times, until 1 January 2027');
    expect(words('timeCycle', '0 0 9 * * MON-FRI')).toBe('A cron line, as the engine reads it');
    for (const text of ['R3', 'R/tomorrow', 'every day', 'R/P1D/P1D', 'R/PT1H/2027-01-01/x']) {
      expect(words('timeCycle', text), text).toBe('bad');
    }
  });

  it('leaves expressions to the engine and asks nothing of an empty field', () => {
    expect(words('timeDuration', '=orderDelay')).toBe('expression');
    expect(words('timeCycle', '#{cycle}')).toBe('expression');
    expect(words('timeDate', '   ')).toBe('empty');
  });
});
