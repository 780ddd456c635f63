const moment = new Intl.DateTimeFormat('en', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** "Nov 3, 2026, 14:05:12". */
export function momentWords(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? '' : moment.format(time);
}
