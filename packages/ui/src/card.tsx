import type { ReactNode } from 'react';
import css from './card.module.css';

interface Props {
  children: ReactNode;
  as?: 'div' | 'section' | 'ul';
  'aria-label'?: string;
  /** It shows the answer to an earlier question, until the next one is there. */
  stale?: boolean;
}

/** A surface on the page, with a list or a table on it. */
export function Card({ as: Element = 'div', stale, ...rest }: Props) {
  return <Element className={css.card} data-stale={stale || undefined} {...rest} />;
}
