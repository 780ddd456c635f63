const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const day = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: 'numeric' });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** "just now", "5 minutes ago", "yesterday"; a date when it is more than a week ago. */
export function timeAgo(iso: string, now = Date.now()): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return '';
  const seconds = Math.round((time - now) / 1000);
  if (seconds > -45) return 'just now';
  if (seconds > -3600) return relative.format(Math.min(-1, Math.round(seconds / 60)), 'minute');
  if (seconds > -86_400) return relative.format(Math.round(seconds / 3600), 'hour');
  if (seconds > -7 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
  return day.format(time);
}

/** Date and time in full, for tooltips. */
export function timeInFull(iso: string): string {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? '' : moment.format(time);
}

/** "today", "tomorrow", "in 12 days"; of what is over, "today". */
export function timeUntil(iso: string, now = Date.now()): string {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return '';
  return relative.format(Math.max(0, Math.round((time - now) / 86_400_000)), 'day');
}
