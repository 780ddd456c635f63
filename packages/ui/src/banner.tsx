import type { ReactNode } from 'react';
import css from './banner.module.css';

interface Props {
  tone: 'info' | 'warn' | 'bad';
  icon?: ReactNode;
  children: ReactNode;
  action?: ReactNode;
}

/** One line across a page that stays as long as it is true. */
export function Banner({ tone, icon, children, action }: Props) {
  return (
    <div className={css.root} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      {icon}
      <span className={css.words}>{children}</span>
      {action && <span className={css.actions}>{action}</span>}
    </div>
  );
}
