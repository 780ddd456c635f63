import { Button, SegmentedControl } from '@mantine/core';
import { IconAlertTriangle, IconLock } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Banner, Card, EmptyState, ListSkeleton } from '@tidemark/ui';
import { useState } from 'react';
import { wordsOf } from '../api/http.ts';
import { type Overview, overviewQuery } from '../api/operator.ts';
import { meQuery } from '../api/session.ts';
import { Page, PageHead } from '../shell/page.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { countOf, spanOf } from '../shell/sizes.ts';
import { type LiveDocument, liveDocuments } from './live-documents.ts';
import { LiveTable } from './live-table.tsx';
import css from './operator-page.module.css';
import { OperatorsList } from './operators-list.tsx';
import { ProcessTable } from './process-table.tsx';
import { QuarantineList } from './quarantine-list.tsx';
import { RoomPanel } from './room-panel.tsx';

/** Unsaved for longer than this, milliseconds, is worth a word. */
const longUnsaved = 5_000;

const tabs = [
  { value: 'live', label: 'Live documents' },
  { value: 'quarantine', label: 'Quarantine' },
  { value: 'operators', label: 'Operators' },
] as const;

/** For the people who look after the server: its processes, live rooms, and what was set aside. */
export function OperatorPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  usePageTitle('Server');
  if (me.operator) return <Inspector />;
  return (
    <Page>
      <EmptyState title="Only for operators" level={1} icon={<IconLock size={26} stroke={1.6} />}>
        This page is for the people who look after the server. One of them can appoint you.
      </EmptyState>
    </Page>
  );
}

function Inspector() {
  const { tab = 'live' } = useSearch({ from: '/signed-in/operator' });
  const navigate = useNavigate({ from: '/operator' });
  const overview = useQuery(overviewQuery);
  const [shown, setShown] = useState<string | null>(null);
  const live = overview.data ? liveDocuments(overview.data) : [];
  const chosen = live.find(({ id }) => id === shown);
  return (
    <Page
      alarms={
        <>
          {overview.data && <Alarm overview={overview.data} live={live} />}
          {overview.isError && overview.data && (
            <Banner tone="warn" icon={<IconAlertTriangle size={16} stroke={1.8} />}>
              {wordsOf(overview.error)} What you see is from{' '}
              {new Date(overview.dataUpdatedAt).toLocaleTimeString('en')}.
            </Banner>
          )}
        </>
      }
      beside={
        tab === 'live' &&
        overview.data &&
        chosen && <RoomPanel live={chosen} overview={overview.data} onClose={() => setShown(null)} />
      }
    >
      <PageHead title="Server" about={overview.data && summaryOf(overview.data, live)} />
      <Card as="section" aria-label="Processes">
        {overview.data ? (
          <ProcessTable processes={overview.data.processes} />
        ) : overview.isError ? (
          <EmptyState
            title="The processes could not be asked"
            icon={<IconAlertTriangle size={26} stroke={1.6} />}
            actions={
              <Button variant="default" loading={overview.isFetching} onClick={() => void overview.refetch()}>
                Try again
              </Button>
            }
          >
            {wordsOf(overview.error)}
          </EmptyState>
        ) : (
          <ListSkeleton />
        )}
      </Card>
      <SegmentedControl
        className={css.tabs}
        aria-label="What is shown"
        value={tab}
        data={[...tabs]}
        onChange={(value) =>
          void navigate({ search: value === 'live' ? {} : { tab: value as 'quarantine' | 'operators' } })
        }
      />
      {tab === 'live' && overview.data && <LiveTable live={live} shown={shown} onShow={setShown} />}
      {tab === 'quarantine' && <QuarantineList />}
      {tab === 'operators' && <OperatorsList />}
    </Page>
  );
}

/** What needs somebody now. Nothing when all is well. */
function Alarm({ overview, live }: { overview: Overview; live: readonly LiveDocument[] }) {
  const failing = live.filter((one) => one.failing).length;
  const oldest = Math.max(0, ...overview.processes.map(({ report }) => report.stats.dirtyMs ?? 0));
  const silent = overview.processes.filter(({ answered }) => !answered).length;
  const words = [
    failing > 0 && `Storing fails in ${countOf(failing, 'document')}.`,
    oldest > longUnsaved && `The oldest unsaved edit is ${spanOf(oldest)} old.`,
    silent > 0 && `${countOf(silent, 'process', 'processes')} did not answer.`,
  ].filter((word) => word !== false);
  if (words.length === 0) return null;
  return (
    <Banner tone={failing > 0 ? 'bad' : 'warn'} icon={<IconAlertTriangle size={16} stroke={1.8} />}>
      {words.join(' ')}
    </Banner>
  );
}

function summaryOf({ processes }: Overview, live: readonly LiveDocument[]): string {
  const sessions = processes.reduce((sum, { report }) => sum + (report.stats.sessions ?? 0), 0);
  return [
    countOf(processes.length, 'process', 'processes'),
    countOf(live.length, 'live document'),
    countOf(sessions, 'connection'),
  ].join(' · ');
}
