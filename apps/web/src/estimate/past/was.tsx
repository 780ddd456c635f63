import type { ReactNode } from 'react';
import { CellChange } from '../grid/change-mark.tsx';
import css from './was.module.css';

interface Props {
  /** What it said; undefined where nothing is compared, or it was not there. */
  old: string | undefined;
  now: string;
  /** Whether it is a figure: what is said of it stands to the right then. */
  number?: boolean;
  children: ReactNode;
}

/** A field, marked where it said something else: with a sign, a colour, and what it said. */
export function Was({ old, now, number = false, children }: Props) {
  if (old === undefined || old === now) return children;
  return (
    <span className={css.was} data-changed data-up data-align={number ? 'end' : undefined}>
      <span className={css.field}>{children}</span>
      <CellChange old={old || 'nothing'} now={now} />
    </span>
  );
}
