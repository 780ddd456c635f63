import { Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { Past } from '@tidemark/documents/records';
import { IconButton } from '@tidemark/ui';
import { createContext, useContext, useMemo } from 'react';
import { type Row, rowsOf } from '../../history/compare/rows.ts';
import { useAuthors } from '../../history/compare/use-authors.ts';
import { useChangeActs } from '../../history/compare/use-change-acts.ts';
import { useMarks } from '../../history/compare/use-marks.ts';
import { useComparedSide } from '../../history/compare/use-sides.ts';
import { Who } from '../../history/compare/who.tsx';
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

function Actions({ row, told }: { row: Row; told: ToldChanges }) {
  const { acts, belongings } = useChangeActs(row.change, told);
  if (acts.length === 0) return null;
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <IconButton label={`Actions for ${row.change.name || row.change.what}`} hint="Actions" size={22}>
          <IconDots size={15} stroke={1.8} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ label, Icon, busy, run }) => (
          <Menu.Item key={label} leftSection={<Icon size={16} stroke={1.7} />} disabled={busy} onClick={run}>
            {label}
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
