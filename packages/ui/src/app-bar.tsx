import type { ReactNode } from 'react';
import css from './app-bar.module.css';

interface Props {
  start: ReactNode;
  middle?: ReactNode;
  end: ReactNode;
}

/** The bar at the top of every page: where one is, what it is called, who is here. */
export function AppBar({ start, middle, end }: Props) {
  return (
    <section className={css.bar} aria-label="Top bar">
      <div className={css.start}>{start}</div>
      {middle && <div className={css.middle}>{middle}</div>}
      <div className={css.end}>{end}</div>
    </section>
  );
}
