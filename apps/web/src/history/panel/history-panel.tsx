import { Button, Select, Switch } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { useSearch } from '@tanstack/react-router';
import { EmptyState, ListSkeleton } from '@tidemark/ui';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { HistoryItem, Touched } from '../../api/history.ts';
import { wordsOf } from '../../api/http.ts';
import { useOutOfReach } from '../../editor/rights.ts';
import { useNow } from '../../shell/use-now.ts';
import { loadTravelScreen } from '../travel/load-travel.ts';
import { useHistory } from '../use-history.ts';
import { AutomaticsRow } from './automatics-row.tsx';
import { authorsOf, type Day, daysOf, type Entry } from './entries.ts';
import { HistoryRow } from './history-row.tsx';
import { momentBefore } from './item-words.ts';
import css from './panel.module.css';

interface Props {
  /** One line of what a session did, in the words of the kind. */
  describe: (touched: Touched) => string;
}

/** Who worked on the document and when, and what was kept of it. */
export function HistoryPanel({ describe }: Props) {
  const pages = useHistory();
  const outOfReach = useOutOfReach();
  const now = useNow();
  useEffect(() => void loadTravelScreen(), []);
  const [person, setPerson] = useState<string | null>(null);
  const [namedOnly, setNamedOnly] = useState(false);
  const items = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const detail = pages.data?.pages[0]?.detail ?? null;
  const days = useMemo(
    () => daysOf(items, detail, { person, namedOnly }, now),
    [items, detail, person, namedOnly, now],
  );
  const people = useMemo(() => authorsOf(items), [items]);
  const settling = pages.data?.pages[0]?.settling === true;
  return (
    <div className={css.panel}>
      {items.length > 0 && (
        <div className={css.filters}>
          <Select
            aria-label="Whose work"
            placeholder="Everybody"
            size="xs"
            clearable
            data={people.map(({ id, name }) => ({ value: id, label: name }))}
            value={person}
            onChange={setPerson}
            className={css.person}
          />
          <Switch
            size="xs"
            label="Named only"
            className={css.named}
            checked={namedOnly}
            onChange={(event) => setNamedOnly(event.currentTarget.checked)}
          />
        </div>
      )}
      {outOfReach && (
        <p className={css.note} role="status">
          {items.length === 0
            ? 'You are offline. History is on the server; it shows when it can be reached.'
            : 'You are offline. This is the history as it was last seen here; moments that you have looked at on this device can be opened.'}
        </p>
      )}
      {settling && (
        <p className={css.note} role="status">
          Recent work is still being read…
        </p>
      )}
      {((pages.isPending && !outOfReach) || (settling && items.length === 0)) && <ListSkeleton rows={5} />}
      {pages.isError && items.length === 0 && (
        <EmptyState
          size="tile"
          level={3}
          title="The history could not be read"
          icon={<IconAlertTriangle size={22} stroke={1.6} />}
          actions={
            <Button
              size="compact-sm"
              variant="default"
              loading={pages.isFetching}
              onClick={() => void pages.refetch()}
            >
              Try again
            </Button>
          }
        >
          {wordsOf(pages.error)}
        </EmptyState>
      )}
      {pages.isSuccess && items.length === 0 && !settling && (
        <EmptyState
          size="tile"
          level={3}
          title="No changes yet"
          icon={<IconHistory size={22} stroke={1.6} />}
        >
          Everything that is done here is remembered, and can be looked at and brought back.
        </EmptyState>
      )}
      {items.length > 0 && days.length === 0 && (
        <p className={css.note}>Nothing here is of that kind{pages.hasNextPage ? ' so far' : ''}.</p>
      )}
      <Days days={days} items={items} describe={describe} />
      {pages.hasNextPage && (
        <More busy={pages.isFetchingNextPage} onWanted={() => void pages.fetchNextPage()} />
      )}
    </div>
  );
}

interface DaysProps extends Props {
  days: readonly Day[];
  /** All that is known, the newest first. */
  items: readonly HistoryItem[];
}

function Days({ days, items, describe }: DaysProps) {
  const { at, version } = useSearch({ from: '/signed-in/d/$documentId' });
  const current = useMemo(() => currentOf(items, at, version), [items, at, version]);
  const isCurrent = (item: HistoryItem) => item === current;
  const row = (entry: Entry) => {
    switch (entry.type) {
      case 'item':
        return (
          <HistoryRow
            key={entry.key}
            item={entry.item}
            before={momentBefore(items, entry.item)}
            current={isCurrent(entry.item)}
            describe={describe}
          />
        );
      case 'automatics':
        return <AutomaticsRow key={entry.key} items={entry.items} isCurrent={isCurrent} />;
      case 'detail-end':
        return (
          <li key={entry.key} className={css.end}>
            Detail ends here: before {longDay.format(new Date(entry.at))} only versions are kept.
          </li>
        );
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows go between the links inside, which are what acts
    <div onKeyDown={walk}>
      {days.map((day) => (
        <section key={day.key} className={css.day} aria-label={day.label || 'Earlier'}>
          {day.label !== '' && <h3 className={css.label}>{day.label}</h3>}
          <ol className={css.entries}>{day.entries.map(row)}</ol>
        </section>
      ))}
    </div>
  );
}

/** What is looked at: the version, what ended at the moment, or the session that it lies in; of several at once the shortest. */
function currentOf(items: readonly HistoryItem[], at?: number, version?: string): HistoryItem | undefined {
  if (at === undefined) return items.find((item) => item.type === 'version' && item.version.id === version);
  return (
    items.find((item) => item.type === 'session' && item.last === at) ??
    items.find((item) => item.type === 'automatic' && item.lsn === at) ??
    items
      .flatMap((item) => (item.type === 'session' && item.first <= at && at <= item.last ? [item] : []))
      .reduce<HistoryItem | undefined>(shorter, undefined)
  );
}

type Session = Extract<HistoryItem, { type: 'session' }>;

function shorter(one: HistoryItem | undefined, other: Session): HistoryItem {
  return one?.type === 'session' && one.last - one.first <= other.last - other.first ? one : other;
}

const longDay = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', year: 'numeric' });

/** Arrows go from line to line, over the days. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const { key, target, currentTarget } = event;
  if (!(target instanceof HTMLElement) || !target.matches('[data-history-item]')) return;
  const all = [...currentTarget.querySelectorAll<HTMLElement>('[data-history-item]')];
  const at = all.indexOf(target);
  const next =
    key === 'ArrowDown'
      ? all[at + 1]
      : key === 'ArrowUp'
        ? all[at - 1]
        : key === 'Home'
          ? all[0]
          : key === 'End'
            ? all.at(-1)
            : undefined;
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

/** Asks for the next page when its end comes into sight. */
function More({ busy, onWanted }: { busy: boolean; onWanted: () => void }) {
  const place = useRef<HTMLDivElement>(null);
  const wanted = useRef(onWanted);
  wanted.current = onWanted;
  useEffect(() => {
    const element = place.current;
    if (element === null || busy) return;
    const watcher = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) wanted.current();
    });
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [busy]);
  return (
    <div ref={place} className={css.tail}>
      <Button variant="default" size="compact-sm" loading={busy} onClick={onWanted}>
        Show more
      </Button>
    </div>
  );
}
