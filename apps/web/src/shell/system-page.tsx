import { Button } from '@mantine/core';
import { IconCloudOff, IconLock, IconMapQuestion, IconTool } from '@tabler/icons-react';
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { EmptyState, Wordmark } from '@tidemark/ui';
import type { ReactNode } from 'react';
import { ApiError } from '../api/http.ts';
import { usePageTitle } from './page-title.ts';
import css from './system-page.module.css';

interface Props {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}

function Page({ icon, title, children, actions }: Props) {
  usePageTitle(title);
  return (
    <div className={css.page}>
      <header className={css.brand}>
        <Link to="/" className={css.home} aria-label="Tidemark, to your documents">
          <Wordmark />
        </Link>
      </header>
      <main className={css.main}>
        <EmptyState level={1} title={title} icon={icon} actions={actions}>
          {children}
        </EmptyState>
      </main>
    </div>
  );
}

const home = (
  <Button component={Link} to="/" variant="default">
    Go to your documents
  </Button>
);

export function NotFoundPage() {
  return (
    <Page icon={<IconMapQuestion size={26} stroke={1.6} />} title="There is nothing here" actions={home}>
      The link may be wrong, the document may be in the bin, or you may not have access to it.
    </Page>
  );
}

export function NoAccessPage() {
  return (
    <Page icon={<IconLock size={26} stroke={1.6} />} title="You have no access to this" actions={home}>
      Ask the person who sent you the link, or somebody in your company, to invite you.
    </Page>
  );
}

/** Of a document that was never opened on this device, while no server can be reached. */
export function AwayPage({ noun, onRetry }: { noun: string; onRetry: () => void }) {
  return (
    <Page
      icon={<IconCloudOff size={26} stroke={1.6} />}
      title={`This ${noun} is not on this device`}
      actions={
        <>
          <Button onClick={onRetry}>Try again</Button>
          {home}
        </>
      }
    >
      The server cannot be reached. It opens as soon as it can, and from then on it can be opened and edited
      offline too.
    </Page>
  );
}

/** Shown instead of a page that could not be opened. */
export function SystemPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  const retry = <Button onClick={again}>Try again</Button>;
  if (error instanceof ApiError) {
    if (error.status === 404) return <NotFoundPage />;
    if (error.status === 403) return <NoAccessPage />;
    const title = error.code === 'offline' ? 'Tidemark cannot be reached' : 'The server has a problem';
    return (
      <Page icon={<IconCloudOff size={26} stroke={1.6} />} title={title} actions={retry}>
        {error.code === 'offline'
          ? 'Check your network. Edits that were kept on this device are safe.'
          : `${error.message} Nothing you saved is lost.`}
      </Page>
    );
  }
  return (
    <Page
      icon={<IconTool size={26} stroke={1.6} />}
      title="This page stopped working"
      actions={[<span key="retry">{retry}</span>, <span key="home">{home}</span>]}
    >
      A fault of ours. What you did before is kept; opening the page again usually helps.
    </Page>
  );
}
