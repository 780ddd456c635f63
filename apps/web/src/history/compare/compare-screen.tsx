import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowsDiff } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { EmptyState, ListSkeleton, SidePanel, usePhone } from '@tidemark/ui';
import { type ComponentType, useEffect, useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import page from '../../editor/page.module.css';
import { untitled } from '../../shell/kind-words.ts';
import { usePageTitle } from '../../shell/page-title.ts';
import { useLive } from '../live.ts';
import type { PastProps } from '../past.tsx';
import { type Side, sameSide, sideText } from '../side.ts';
import { PastBanners } from '../travel/past-banners.tsx';
import { useTitle } from '../use-title.ts';
import { ChangeActions } from './change-actions.tsx';
import { ChangeList } from './change-list.tsx';
import css from './compare.module.css';
import { CompareHead } from './compare-head.tsx';
import { ComparisonContext, ListedContext } from './comparison.ts';
import { Legend } from './legend.tsx';
import type { Row } from './rows.ts';
import { useAuthors } from './use-authors.ts';
import { useLook } from './use-look.ts';
import { useMarks } from './use-marks.ts';
import { useComparedSide } from './use-sides.ts';

interface Props {
  Past: ComponentType<PastProps>;
  before: Side;
  after: Side;
}

/** Two moments of one document: what differs, by whom and when, in a list and on the picture. A side of now is live. */
export function CompareScreen({ Past, before, after }: Props) {
  const { kind } = useLive();
  const title = useTitle() || untitled(kind);
  const navigate = useNavigate({ from: '/d/$documentId' });
  const [old, now] = [useComparedSide(before), useComparedSide(after)];
  const same = sameSide(before, after);
  const comparison = useMarks(old.state, now.state);
  const authors = useAuthors(before, after);
  const look = useLook(comparison);
  const phone = usePhone();
  const [listed, setListed] = useState(!phone);
  const [asked, setAsked] = useState(false);
  usePageTitle(`Compare ${title}`);
  const choose = (first: Side, second: Side) =>
    void navigate({ search: { before: sideText(first), after: sideText(second) }, replace: true });
  const reveal = (row: Row) => {
    if (phone) setListed(false);
    look.reveal(row.change);
  };
  const { key } = look;
  useEffect(() => {
    const press = (event: KeyboardEvent) => key(event);
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [key]);
  const failed = [old, now].find(({ state, error }) => state === undefined && error !== null);
  const elsewhere = before.documentId !== after.documentId;
  const count = comparison?.changes.length ?? null;
  return (
    <div className={page.page}>
      <CompareHead
        title={title}
        before={old}
        after={now}
        view={look.view}
        onView={look.show}
        onChoose={choose}
        count={same ? null : count}
        listed={listed}
        onList={() => {
          setAsked(true);
          setListed(!listed);
        }}
      />
      <PastBanners />
      {failed ? (
        <main className={css.empty}>
          <EmptyState
            title={`“${failed.label}” could not be read`}
            icon={<IconAlertTriangle size={26} stroke={1.6} />}
            actions={
              <Button variant="default" onClick={failed.again}>
                Try again
              </Button>
            }
          >
            {failed.error && wordsOf(failed.error)}
          </EmptyState>
        </main>
      ) : same || elsewhere ? (
        <main className={css.empty}>
          <EmptyState title="Choose what to compare with" icon={<IconArrowsDiff size={26} stroke={1.6} />}>
            {same ? 'Both sides are the same moment.' : 'The two are of different documents.'} Take another
            one for one of them.
          </EmptyState>
        </main>
      ) : (
        <ComparisonContext value={look.shown}>
          <div className={page.body}>
            <div className={css.stage} data-view={look.view}>
              <ListedContext value={true}>
                <Past
                  state={look.view === 'before' ? old.state : now.state}
                  marks={look.view === 'changes' ? (comparison?.marks ?? null) : null}
                />
              </ListedContext>
              {look.view === 'changes' && comparison && comparison.changes.length > 0 && (
                <Legend changes={comparison.changes} />
              )}
            </div>
            <SidePanel title="Changes" opened={listed} takesFocus={asked} onClose={() => setListed(false)}>
              {look.shown === null ? (
                <ListSkeleton rows={6} />
              ) : (
                <ChangeList
                  comparison={look.shown}
                  authors={authors}
                  onReveal={reveal}
                  actions={(row) =>
                    look.shown && (
                      <ChangeActions
                        change={row.change}
                        before={look.shown.before}
                        after={after.at === null ? null : look.shown.after}
                        label={old.label}
                      />
                    )
                  }
                />
              )}
            </SidePanel>
          </div>
        </ComparisonContext>
      )}
    </div>
  );
}
