import type { ReactNode } from 'react';
import css from './figures.module.css';

interface Props {
  label: string;
  value: string;
  /** What belongs to it. */
  children: ReactNode;
  testid: string;
  strong?: boolean;
  tone?: 'none' | 'good' | 'bad';
}

/** Figures side by side. */
export function Figures({ children, label }: { children: ReactNode; label: string }) {
  return (
    <section aria-label={label}>
      <dl className={css.strip}>{children}</dl>
    </section>
  );
}

/** One of them: what it is, what it comes to, and a word about it. */
export function Figure({ label, value, children, testid, strong = false, tone = 'none' }: Props) {
  return (
    <div className={css.figure} data-strong={strong || undefined}>
      <dt>{label}</dt>
      <dd className={css.value} data-tone={tone} data-testid={testid}>
        {value}
      </dd>
      <dd className={css.words}>{children}</dd>
    </div>
  );
}
