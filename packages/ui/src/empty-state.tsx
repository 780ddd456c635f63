import type { ReactNode } from 'react';
import css from './empty-state.module.css';

interface Props {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  actions?: ReactNode;
  /** `page` fills its place; `tile` fits inside a card. */
  size?: 'page' | 'tile';
  level?: 1 | 2 | 3;
}

/** What a place says while it holds nothing, and the way on. */
export function EmptyState({ title, children, icon, actions, size = 'page', level = 2 }: Props) {
  const Heading = `h${level}` as const;
  return (
    <div className={css.root} data-size={size}>
      {icon && <div className={css.icon}>{icon}</div>}
      <Heading className={css.title}>{title}</Heading>
      {children && <div className={css.words}>{children}</div>}
      {actions && <div className={css.actions}>{actions}</div>}
    </div>
  );
}
