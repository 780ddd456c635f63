import type { Author, HistoryItem, HistoryPage } from '../../api/history.ts';

type Of<Type extends HistoryItem['type']> = Extract<HistoryItem, { type: Type }>;

/** One line of the panel. */
export type Entry =
  | { readonly type: 'item'; readonly key: string; readonly item: HistoryItem }
  /** Automatic versions that nobody asked for, as one line. */
  | { readonly type: 'automatics'; readonly key: string; readonly items: readonly Of<'automatic'>[] }
  /** Of what is older, only versions are kept. */
  | { readonly type: 'detail-end'; readonly key: string; readonly at: string; readonly days: number | null };

export interface Day {
  readonly key: string;
  readonly label: string;
  readonly entries: readonly Entry[];
}

export interface Filter {
  /** Null: everybody. */
  readonly person: string | null;
  readonly namedOnly: boolean;
}

/** Versions of these reasons are worth a line each: somebody did something. */
const telling: ReadonlySet<Of<'automatic'>['reason']> = new Set(['restored', 'forked', 'before-import']);

/** Items of pages, the newest first, by days; automatic versions between two that somebody kept stand as one. */
export function daysOf(
  items: readonly HistoryItem[],
  detail: HistoryPage['detail'] | null,
  filter: Filter,
  now: number,
): Day[] {
  const days: { key: string; label: string; entries: Entry[] }[] = [];
  const shown = items.filter((item) => isShown(item, filter));
  let gathered: Of<'automatic'>[] | null = null;
  let ended = detail === null || detail.lsn === 0 || detail.at === null;
  const end = (at: string) => {
    ended = true;
    const entry: Entry = { type: 'detail-end', key: 'detail-end', at, days: detail?.days ?? null };
    const last = days.at(-1);
    if (last) last.entries.push(entry);
    else days.push({ key: 'detail-end', label: '', entries: [entry] });
  };
  for (const item of shown) {
    const at = timeOf(item);
    if (!ended && detail?.at && Date.parse(at) <= Date.parse(detail.at)) {
      gathered = null;
      end(detail.at);
    }
    const key = dayKey(at);
    let day = days.at(-1);
    if (day?.key !== key) {
      day = { key, label: dayLabel(at, now), entries: [] };
      days.push(day);
      gathered = null;
    }
    if (item.type === 'automatic' && !telling.has(item.reason)) {
      if (gathered !== null) gathered.push(item);
      else {
        gathered = [item];
        day.entries.push({ type: 'automatics', key: `automatics ${item.id}`, items: gathered });
      }
      continue;
    }
    if (item.type !== 'session') gathered = null;
    day.entries.push({ type: 'item', key: keyOf(item), item });
  }
  return days;
}

function isShown(item: HistoryItem, { person, namedOnly }: Filter): boolean {
  if (item.type === 'life') return true;
  if (namedOnly && item.type !== 'version') return false;
  if (person === null) return true;
  return (item.type === 'version' ? item.version.by.id : item.by.id) === person;
}

/** When it was, or ended. */
export function timeOf(item: HistoryItem): string {
  return item.type === 'session' ? item.to : item.at;
}

export function keyOf(item: HistoryItem): string {
  switch (item.type) {
    case 'session':
    case 'automatic':
      return `${item.type} ${item.id}`;
    case 'version':
      return `version ${item.version.id}`;
    case 'life':
      return `life ${item.after}`;
  }
}

/** Everybody who stands in the items, each once, by name. */
export function authorsOf(items: readonly HistoryItem[]): (Author & { readonly id: string })[] {
  const all = new Map<string, string>();
  for (const item of items) {
    const { id, name } = item.type === 'version' ? item.version.by : item.by;
    if (id !== null && !all.has(id)) all.set(id, name);
  }
  return [...all].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name));
}

function dayKey(iso: string): string {
  const day = new Date(iso);
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}

const short = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' });
const shortYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short', year: '2-digit' });
const sameYear = new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' });
const otherYear = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });

/** "Today", "Yesterday", "Tuesday, March 3", "March 3, 2025". */
export function dayLabel(iso: string, now: number): string {
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  const key = dayKey(iso);
  if (key === dayKey(today.toISOString())) return 'Today';
  if (key === dayKey(yesterday.toISOString())) return 'Yesterday';
  const at = new Date(iso);
  return (at.getFullYear() === today.getFullYear() ? sameYear : otherYear).format(at);
}

/** "Today", "Yesterday", "Mar 3", "Mar 3, 25". */
export function dayOnTrack(iso: string, now: number): string {
  const words = dayLabel(iso, now);
  if (words === 'Today' || words === 'Yesterday') return words;
  const at = new Date(iso);
  return (at.getFullYear() === new Date(now).getFullYear() ? short : shortYear).format(at);
}
