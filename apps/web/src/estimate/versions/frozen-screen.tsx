import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowLeft,
  IconArrowsDiff,
  IconGitBranch,
  IconLock,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { AppBar, Banner, EmptyState, usePhone } from '@tidemark/ui';
import { useMemo, useRef } from 'react';
import { wordsOf } from '../../api/http.ts';
import { stateQuery, type Version, versionQuery } from '../../api/versions.ts';
import { type Talk, TalkContext, useTalk } from '../../conversation/context.ts';
import { SessionContext } from '../../editor/context.ts';
import page from '../../editor/page.module.css';
import { PanelHost } from '../../editor/panel-host.tsx';
import { PanelRail } from '../../editor/panel-rail.tsx';
import { useMayEdit } from '../../editor/rights.ts';
import { sideText } from '../../history/side.ts';
import { versionTitle } from '../../history/version-title.ts';
import { untitled } from '../../shell/kind-words.ts';
import { LinkButton } from '../../shell/links.tsx';
import { usePageTitle } from '../../shell/page-title.ts';
import { timeInFull } from '../../shell/time.ts';
import { DeskContext, EstimateContext, PresenceContext, useDesk, useEstimate, useView } from '../context.ts';
import { useDeskState } from '../desk.ts';
import { GridSkeleton } from '../estimate-skeleton.tsx';
import { panels } from '../panels.ts';
import { BidBar } from '../summary/bid-bar.tsx';
import { ViewHost } from '../view-host.tsx';
import { ViewTabs } from '../view-tabs.tsx';
import css from './frozen.module.css';
import { useFrozenSession } from './frozen-session.ts';
import { ask } from './version-door.ts';

/** A version as it was, in the estimate's own editor, to be read. */
export function FrozenScreen({ versionId }: { versionId: string }) {
  const live = useEstimate();
  const { documentId } = live;
  const about = useQuery(versionQuery(documentId, versionId));
  const state = useQuery(stateQuery(documentId, versionId));
  const session = useFrozenSession(live, state.data);
  const error = about.error ?? state.error;
  const title = useView((view) => view.meta.title) || untitled('estimate');
  usePageTitle(about.data ? `${versionTitle(about.data)} of ${title}` : title);
  return (
    <div className={page.page}>
      <Bar version={about.data ?? null} title={title} />
      {error !== null && (session === null || about.data === undefined) ? (
        <main className={css.empty}>
          <EmptyState
            title="The version could not be opened"
            icon={<IconAlertTriangle size={26} stroke={1.6} />}
            actions={
              <Button
                variant="default"
                onClick={() => {
                  void about.refetch();
                  void state.refetch();
                }}
              >
                Try again
              </Button>
            }
          >
            {wordsOf(error)}
          </EmptyState>
        </main>
      ) : session === null || about.data === undefined ? (
        <main className={css.empty} aria-busy="true">
          <GridSkeleton />
        </main>
      ) : (
        <SessionContext value={session}>
          <EstimateContext value={session}>
            <PresenceContext value={null}>
              <Frozen version={about.data} />
            </PresenceContext>
          </EstimateContext>
        </SessionContext>
      )}
    </div>
  );
}

function Bar({ version, title }: { version: Version | null; title: string }) {
  const { documentId } = useEstimate();
  const mayEdit = useMayEdit();
  const phone = usePhone();
  return (
    <AppBar
      start={
        <>
          <Link
            to="/d/$documentId"
            params={{ documentId }}
            className={css.back}
            aria-label="Back to the estimate"
          >
            <IconArrowLeft size={18} stroke={1.8} />
          </Link>
          <h1 className={css.title}>
            {version === null ? 'Version' : versionTitle(version)}
            <span className={css.of}>{title}</span>
          </h1>
        </>
      }
      end={
        version !== null && (
          <>
            <LinkButton
              to="/d/$documentId"
              params={{ documentId }}
              search={{ before: sideText({ documentId, at: { versionId: version.id } }) }}
              size="compact-sm"
              variant="default"
              aria-label="Compare with now"
              leftSection={<IconArrowsDiff size={15} stroke={1.8} />}
            >
              {phone ? 'Compare' : 'Compare with now'}
            </LinkButton>
            {mayEdit && !phone && (
              <Button
                size="compact-sm"
                leftSection={<IconGitBranch size={15} stroke={1.8} />}
                onClick={() => ask({ is: 'fork', version })}
              >
                New version from this…
              </Button>
            )}
          </>
        )
      }
    />
  );
}

/** What can be read of a version beside its lines. */
const shown = panels.filter(({ name }) => name === 'summary' || name === 'settings');
const nothing: Talk['counts'] = new Map();

function Frozen({ version }: { version: Version }) {
  const desk = useDeskState();
  const talk = useTalk();
  // What people say is about the estimate of now.
  const silent = useMemo(() => ({ ...talk, counts: nothing }), [talk]);
  const phone = usePhone();
  const surface = useRef<HTMLElement>(null);
  const { kind, at, by, note } = version;
  return (
    <TalkContext value={silent}>
      <DeskContext value={desk}>
        <Banner tone="info" icon={<IconLock size={16} stroke={1.8} />}>
          {kind === 'submitted' ? 'Submitted' : 'Named'} on {timeInFull(at)}
          {by.name !== '' && ` by ${by.name}`}. It stays as it was.{note !== '' && ` “${note}”`}
        </Banner>
        <ViewTabs>
          <div className={page.body}>
            <ViewHost surface={surface} />
            <Panels />
          </div>
        </ViewTabs>
        {phone && <BidBar />}
      </DeskContext>
    </TalkContext>
  );
}

function Panels() {
  const desk = useDesk();
  return (
    <>
      <PanelHost panels={shown} desk={desk} />
      <PanelRail panels={shown} desk={desk} />
    </>
  );
}
