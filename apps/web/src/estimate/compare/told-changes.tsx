import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Past } from '@tidemark/documents/records';
import { IconButton } from '@tidemark/ui';
import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import { type Row, rowsOf } from '../../history/compare/rows.ts';
import { useAuthors } from '../../history/compare/use-authors.ts';
import { useChangeActs } from '../../history/compare/use-change-acts.ts';
import { useMarks } from '../../history/compare/use-marks.ts';
import { useComparedSide } from '../../history/compare/use-sides.ts';
import { Who } from '../../history/compare/who.tsx';
import { useMayChange } from '../../history/live.ts';
import type { Side } from '../../history/side.ts';
import { useEstimate } from '../context.ts';
import css from './row-list.module.css';

/** The same comparison as history tells it: who, when, and what can be done about it. */
export interface ToldChanges {
  readonly rows: ReadonlyMap<string, Row>;
  /** Whether it is still asked who did it. */
  readonly asking: boolean;
  readonly before: Past;
  /** Null where it is what stands there now. */
  readonly after: Past | null;
  readonly label: string;
}

/** Null where two documents are compared: neither is a moment of the other. */
export const ToldContext = createContext<ToldChanges | null>(null);

export function useToldChanges(before: Side, after: Side): ToldChanges | null {
  const { documentId } = useEstimate();
  const own = before.documentId === documentId && after.documentId === documentId;
  const [old, now] = [useComparedSide(before), useComparedSide(after)];
  const comparison = useMarks(own ? old.state : undefined, own ? now.state : undefined);
  const { index, is } = useAuthors(before, after);
  const asking = is === 'loading';
  const { label } = old;
  const isNow = after.at === null;
  return useMemo(() => {
    if (comparison === null) return null;
    const rows = new Map(rowsOf(comparison.changes, index).map((row) => [row.key, row]));
    return { rows, asking, before: comparison.before, after: isNow ? null : comparison.after, label };
  }, [comparison, index, asking, isNow, label]);
}

/** Beside a line, a section or a risk that differs: who changed it, when, and what can be done about it. */
export function AboutChange({ collection, id }: { collection: string; id: string }) {
  const told = useContext(ToldContext);
  const row = told?.rows.get(`${collection}/${id}`);
  if (!told || !row) return null;
  return (
    <span className={css.about}>
      <Who authorship={row.authorship} asking={told.asking} />
      <Actions row={row} told={told} />
    </span>
  );
}

/** A plain button until it is pressed: a menu for each of thousands of rows takes seconds to make. */
function Actions({ row, told }: { row: Row; told: ToldChanges }) {
  const mayChange = useMayChange();
  const [asked, setAsked] = useState(false);
  if (!mayChange) return null;
  const label = `Actions for ${row.change.name || row.change.what}`;
  if (asked) return <ActionMenu row={row} told={told} label={label} />;
  return (
    <button
      type="button"
      className={css.dots}
      aria-label={label}
      aria-haspopup="menu"
      onClick={() => setAsked(true)}
    >
      <IconDots size={15} stroke={1.8} aria-hidden />
    </button>
  );
}

interface MenuProps {
  row: Row;
  told: ToldChanges;
  label: string;
}

/** Opens by itself: it takes the place of the button that asked for it, and its focus. */
function ActionMenu({ row, told, label }: MenuProps) {
  const { acts, belongings } = useChangeActs(row.change, told);
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    button.current?.focus();
    setOpened(true);
  }, []);
  return (
    <Menu position="bottom-end" width={210} opened={opened} onChange={setOpened}>
      <Menu.Target>
        <IconButton ref={button} label={label} hint="Actions" size={22}>
          <IconDots size={15} stroke={1.8} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ label: what, Icon, busy, run }) => (
          <Menu.Item key={what} leftSection={<Icon size={16} stroke={1.7} />} disabled={busy} onClick={run}>
            {what}
          </Menu.Item>
        ))}
        {belongings && (
          <Menu.CheckboxItem closeMenuOnClick={false} checked={belongings.wanted} onChange={belongings.want}>
            and {belongings.words}
          </Menu.CheckboxItem>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Texts that differ; they belong to no line. */
export function useTextRows(): readonly Row[] {
  const told = useContext(ToldContext);
  return told === null
    ? []
    : [...told.rows.values()].filter(({ change }) => change.thing.collection === 'texts');
}

/** Ids of the lines that moved; null where two documents are compared. */
export function useMovedLines(): ReadonlySet<string> | null {
  const told = useContext(ToldContext);
  return useMemo(() => {
    if (told === null) return null;
    const moved = [...told.rows.values()].filter(
      ({ change }) => change.thing.collection === 'lines' && change.types.includes('moved'),
    );
    return new Set(moved.map(({ change }) => change.thing.id));
  }, [told]);
}
