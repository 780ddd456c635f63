export type TimerKind = 'timeDate' | 'timeDuration' | 'timeCycle';

/** What a timer's text means, in words; or what is wrong with it. */
export type TimerReading =
  | { readonly state: 'empty' }
  /** Left to the engine: FEEL (`=…`) or JUEL (`${…}`, `#{…}`). */
  | { readonly state: 'expression' }
  | { readonly state: 'good'; readonly words: string }
  | { readonly state: 'bad'; readonly problem: string };

/** Reads a timer as engines do: ISO 8601 dates, durations and repeating intervals, and cron lines for cycles. */
export function readTimer(kind: TimerKind, written: string): TimerReading {
  const text = written.trim();
  if (text === '') return { state: 'empty' };
  if (/^=/.test(text) || /^[$#]\{[\s\S]*\}$/.test(text)) return { state: 'expression' };
  if (kind === 'timeDate') return readDate(text);
  if (kind === 'timeDuration') return readDuration(text);
  return readCycle(text);
}

const datePattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|[+-]\d{2}:?\d{2})?(?:\[[\w/+-]+\])?)?$/;

function readDate(text: string): TimerReading {
  const parts = datePattern.exec(text);
  if (!parts) return bad('A date and time, such as 2027-03-01T09:00:00Z.');
  const [, year, month, day, hour = '0', minute = '0', second = '0', , zone] = parts;
  if (!existsDay(Number(year), Number(month), Number(day))) return bad('There is no such day.');
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return bad('There is no such time.');
  const clock = parts[4] === undefined ? '' : ` at ${hour}:${minute}${Number(second) ? `:${second}` : ''}`;
  const where = zone === undefined ? '' : zone === 'Z' ? ' UTC' : ` UTC${zone}`;
  return good(`On ${Number(day)} ${months[Number(month) - 1]} ${year}${clock}${where}`);
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

function existsDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const durationPattern =
  /^(-)?P(?:(\d+)W|(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:(T)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?)$/;

function readDuration(text: string): TimerReading {
  const words = durationWords(text);
  if (words === null) return bad('A duration, such as PT15M, P2DT6H or P1W.');
  return good(words);
}

/** `P1DT2H` as "1 day 2 hours"; null when it is no duration. */
function durationWords(text: string): string | null {
  const parts = durationPattern.exec(text);
  if (!parts) return null;
  const [, minus, weeks, years, months, days, time, hours, minutes, seconds] = parts;
  if (minus) return null;
  if (time && !hours && !minutes && !seconds) return null;
  const words = [
    count(years, 'year'),
    count(months, 'month'),
    count(weeks, 'week'),
    count(days, 'day'),
    count(hours, 'hour'),
    count(minutes, 'minute'),
    count(seconds, 'second'),
  ].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(' ');
}

function count(number: string | undefined, unit: string): string | null {
  if (number === undefined) return null;
  const value = Number(number.replace(',', '.'));
  return `${value} ${unit}${value === 1 ? '' : 's'}`;
}

function readCycle(text: string): TimerReading {
  const repeat = /^R(\d*)\/(.+)$/.exec(text);
  if (repeat) return readRepeat(repeat[1] ?? '', repeat[2] ?? '');
  if (isCron(text)) return good('A cron line, as the engine reads it');
  return bad('A cycle, such as R/PT1H (every hour) or R3/P1D (three times, daily).');
}

function readRepeat(times: string, interval: string): TimerReading {
  const parts = interval.split('/');
  const often = times === '' ? 'again and again' : Number(times) === 1 ? 'once' : `${times} times`;
  if (parts.length === 1) {
    const every = durationWords(interval);
    return every === null
      ? bad('After R/ comes a duration, such as PT1H.')
      : good(`Every ${every}, ${often}`);
  }
  const [first = '', second = ''] = parts;
  if (parts.length > 2) return bad('A cycle has a start or an end, and a duration.');
  const start = readDate(first);
  const every = durationWords(start.state === 'good' ? second : first);
  const end = start.state === 'good' ? null : readDate(second);
  if (every === null || (end && end.state !== 'good')) {
    return bad('A cycle has a start or an end, and a duration: R/2027-01-01T08:00:00Z/P1D.');
  }
  const from = start.state === 'good' ? `, from ${lower(start.words)}` : '';
  const until = end?.state === 'good' ? `, until ${lower(end.words)}` : '';
  return good(`Every ${every}, ${often}${from}${until}`);
}

function lower(words: string): string {
  return words.replace(/^On /, '');
}

/** Six or seven fields of a Quartz line, or five of a Unix one. */
function isCron(text: string): boolean {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(text)) return true;
  const fields = text.split(/\s+/);
  return (
    fields.length >= 5 && fields.length <= 7 && fields.every((field) => /^[\d*?/,\-#LWA-Z]+$/i.test(field))
  );
}

function good(words: string): TimerReading {
  return { state: 'good', words };
}

function bad(problem: string): TimerReading {
  return { state: 'bad', problem };
}
