import type { HistoryItem, MomentRef } from '../../api/history.ts';

type Automatic = Extract<HistoryItem, { type: 'automatic' }>;

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** "14:05". */
export const clockTime = (iso: string): string => clock.format(new Date(iso));

/** "14:05–14:32", or one time where both are the same. */
export function span(from: string, to: string): string {
  const [first, last] = [clockTime(from), clockTime(to)];
  return first === last ? first : `${first}–${last}`;
}

const reasons: Readonly<Record<Automatic['reason'], string>> = {
  quiet: 'After a session of work',
  nightly: 'Of the night',
  'before-restore': 'Before a restore',
  restored: 'Restored',
  'before-import': 'Before an import',
  forked: 'A new document began here',
};

/** What an automatic version is: its reason, and what it was about. */
export function automaticWords({ reason, about }: Pick<Automatic, 'reason' | 'about'>): string {
  return about === '' ? reasons[reason] : `${reasons[reason]}: ${about}`;
}

/** What can be looked at; null where nothing is kept of it. */
export function momentOf(item: HistoryItem): MomentRef | null {
  switch (item.type) {
    case 'session':
      return item.detail ? { lsn: item.last } : null;
    case 'automatic':
      return { lsn: item.lsn };
    case 'version':
      return { versionId: item.version.id };
    case 'life':
      return null;
  }
}

/** With what it is compared to see what it brought: what stood before a session, or the version before. Items: the newest first. */
export function momentBefore(items: readonly HistoryItem[], item: HistoryItem): MomentRef | null {
  if (item.type === 'session') return item.detail ? { lsn: item.first - 1 } : null;
  const older = items.slice(items.indexOf(item) + 1);
  for (const other of older) {
    if (other.type === 'life') return null;
    if (other.type !== 'session') return momentOf(other);
  }
  return null;
}
