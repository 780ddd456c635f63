import { Select } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff, IconEqual, IconInfoCircle } from '@tabler/icons-react';
import { EmptyState } from '@tidemark/ui';
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import css from './change-list.module.css';
import { ChangeRow } from './change-row.tsx';
import type { ShownComparison } from './comparison.ts';
import { type ChangeType, countTypes, groupRows, peopleIn, type Row, rowsOf } from './rows.ts';
import { typeWords } from './type-words.tsx';
import type { Authors } from './use-authors.ts';
import { firstRows, useFilled } from './use-filled.ts';

interface Props {
  comparison: Pick<ShownComparison, 'changes' | 'chosen'>;
  authors: Authors;
  onReveal: (row: Row) => void;
  /** What can be done about the change that is chosen. */
  actions?: (row: Row) => ReactNode;
}

/** All that differs, by what became of it; arrows walk through it. */
export function ChangeList({ comparison, authors, onReveal, actions }: Props) {
  const { changes, chosen } = comparison;
  const { index } = authors;
  const rows = useMemo(() => rowsOf(changes, index), [changes, index]);
  const [types, setTypes] = useState<ReadonlySet<ChangeType>>(new Set());
  const [person, setPerson] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const row = chosen === null ? null : list.current?.querySelector(`[data-change="${CSS.escape(chosen)}"]`);
    row?.closest('li')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const people = useMemo(() => peopleIn(rows), [rows]);
  const counts = useMemo(() => countTypes(rows), [rows]);
  const known = people.some(({ id }) => id === person) ? person : null;
  const groups = useMemo(() => groupRows(rows, { types, person: known }), [rows, types, known]);
  const filled = useFilled(groups.reduce((sum, group) => sum + group.rows.length, 0));
  const sizes = new Map(groups.map((group) => [group.type, group.rows.length]));
  // The same for ever: rows are drawn anew when they change, and not when another one is looked at.
  const latest = useRef(onReveal);
  latest.current = onReveal;
  const reveal = useCallback((row: Row) => latest.current(row), []);
  if (rows.length === 0) {
    return (
      <EmptyState size="tile" level={3} title="Nothing differs" icon={<IconEqual size={22} stroke={1.6} />}>
        Both moments say the same.
      </EmptyState>
    );
  }
  const toggle = (type: ChangeType) =>
    setTypes((now) =>
      now.has(type) ? new Set([...now].filter((one) => one !== type)) : new Set([...now, type]),
    );
  return (
    <div className={css.list}>
      <fieldset className={css.types}>
        <legend>Narrow to</legend>
        {[...counts].map(([type, count]) => (
          <TypeToggle
            key={type}
            type={type}
            count={count}
            pressed={types.has(type)}
            onToggle={() => toggle(type)}
          />
        ))}
      </fieldset>
      {people.length > 1 && (
        <Select
          aria-label="Changes of"
          size="xs"
          placeholder="Everybody"
          clearable
          data={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={known}
          onChange={setPerson}
        />
      )}
      <AboutAuthors authors={authors} />
      {groups.length === 0 && <p className={css.note}>No such change.</p>}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from row to row of the lists within */}
      <div ref={list} onKeyDown={(event) => walk(event, list.current)}>
        {firstRows(groups, filled).map(({ type, rows: group }) => (
          <section
            key={type}
            className={css.group}
            aria-label={`${typeWords[type].word}, ${sizes.get(type)}`}
          >
            <h3 className={css.head} data-type={type}>
              {typeWords[type].word}
              <span>{sizes.get(type)}</span>
            </h3>
            <ul>
              {group.map((row) => (
                <ChangeRow
                  key={row.key}
                  row={row}
                  chosen={row.key === chosen}
                  asking={authors.is === 'loading'}
                  onReveal={reveal}
                  actions={row.key === chosen ? actions?.(row) : null}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </div>
  );
}

interface ToggleProps {
  type: ChangeType;
  count: number;
  pressed: boolean;
  onToggle: () => void;
}

function TypeToggle({ type, count, pressed, onToggle }: ToggleProps) {
  const { word, Icon } = typeWords[type];
  return (
    <button
      type="button"
      className={css.type}
      data-type={type}
      aria-pressed={pressed}
      disabled={count === 0}
      onClick={onToggle}
    >
      <Icon size={13} stroke={2.2} aria-hidden />
      {word} <span>{count}</span>
    </button>
  );
}

/** What has to be known about the people that are named, or are not. */
function AboutAuthors({ authors }: { authors: Authors }) {
  if (authors.is === 'offline') {
    return (
      <p className={css.note} role="status">
        <IconCloudOff size={14} stroke={1.8} aria-hidden />
        You are offline. What differs is known here; who changed it and when is on the server
        {authors.index === null ? '.' : ', as far as it is not shown.'}
      </p>
    );
  }
  if (authors.is === 'failed') {
    return (
      <p className={css.note} role="status">
        <IconAlertTriangle size={14} stroke={1.8} aria-hidden />
        <span>
          Who changed what could not be read.{' '}
          <button type="button" className={css.again} onClick={authors.again}>
            Try again
          </button>
        </span>
      </p>
    );
  }
  if (!authors.reversed) return null;
  return (
    <p className={css.note}>
      <IconInfoCircle size={14} stroke={1.8} aria-hidden />
      Before is the later moment here: who is named did the opposite.
    </p>
  );
}

function walk(event: KeyboardEvent, list: HTMLElement | null): void {
  const by = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
  if (by === undefined || event.altKey || event.ctrlKey || event.metaKey || list === null) return;
  const rows = [...list.querySelectorAll<HTMLElement>('[data-change]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (at < 0) return;
  event.preventDefault();
  rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}
