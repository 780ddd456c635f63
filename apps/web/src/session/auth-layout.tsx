import { Wordmark } from '@tidemark/ui';
import type { ReactNode } from 'react';
import css from './auth-layout.module.css';
import { AuthPicture } from './auth-picture.tsx';

interface Props {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
}

/** The page around sign in, sign up and invitations. */
export function AuthLayout({ title, lead, children, foot }: Props) {
  return (
    <div className={css.page}>
      <main className={css.side}>
        <div className={css.brand}>
          <Wordmark size={26} />
        </div>
        <div className={css.form}>
          <h1 className={css.title}>{title}</h1>
          {lead && <p className={css.lead}>{lead}</p>}
          {children}
          {foot && <p className={css.foot}>{foot}</p>}
        </div>
      </main>
      <aside className={css.picture} aria-hidden="true">
        <AuthPicture />
        <p className={css.promise}>Everyone on the same page, at the same time.</p>
        <p className={css.small}>Every edit is stored before it is called saved.</p>
      </aside>
    </div>
  );
}
