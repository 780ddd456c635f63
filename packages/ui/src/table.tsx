import type { ReactNode } from 'react';
import css from './table.module.css';

interface TableProps {
  children: ReactNode;
  'aria-label'?: string;
}

/**
 * A table to be read, as wide as its card. Its parts say what they are: cells `data-number` and `data-wide` (not on
 * phones); rows `data-link`, which the `data-opens` button or link inside opens, and `data-chosen`; below a name a line
 * `data-sub`, or `data-narrow` with what a phone has no column for.
 */
export function Table(props: TableProps) {
  return <table className={`${css.table} ${css.page}`} {...props} />;
}

/** The same in a dialog: it scrolls by itself, by keyboard too, below its heads. */
export function ScrollTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className={css.scroll} aria-label={label} tabIndex={0}>
      <table className={css.table}>{children}</table>
    </section>
  );
}
