import { Link } from '@tanstack/react-router';
import { AppBar, usePhone, Wordmark } from '@tidemark/ui';
import type { ReactNode } from 'react';
import { JumpButton } from './jump-button.tsx';
import css from './page.module.css';
import { ProfileMenu } from './profile-menu.tsx';

interface Props {
  /** Banners, between the bar and everything else. */
  alarms?: ReactNode;
  /** The way to the other pages of the company. */
  nav?: ReactNode;
  children: ReactNode;
  /** A panel beside what is read. */
  beside?: ReactNode;
}

/** A page that is no document: the app's bar, what it says, and what is open beside it. */
export function Page({ alarms, nav, children, beside }: Props) {
  const phone = usePhone();
  return (
    <div className={css.page}>
      <AppBar
        start={
          <Link to="/" className={css.home} aria-label="Tidemark, all documents">
            <Wordmark size={phone ? 24 : 26} />
          </Link>
        }
        end={
          <>
            {nav && <JumpButton />}
            <ProfileMenu />
          </>
        }
      />
      {alarms}
      <div className={css.body} data-nav={nav ? true : undefined}>
        {nav}
        <main className={css.main}>{children}</main>
        {beside}
      </div>
    </div>
  );
}

interface HeadProps {
  title: string;
  /** A line with what is in it; empty while that is not known. */
  about: string | undefined;
  actions?: ReactNode;
}

export function PageHead({ title, about, actions }: HeadProps) {
  return (
    <div className={css.head}>
      <div>
        <h1 className={css.title}>{title}</h1>
        <p className={css.about}>{about}</p>
      </div>
      {actions}
    </div>
  );
}
