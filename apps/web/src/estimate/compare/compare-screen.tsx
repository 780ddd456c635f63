import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft, IconArrowsDiff, IconArrowsLeftRight } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { compareEstimates } from '@tidemark/estimating';
import { AppBar, EmptyState, IconButton, ListSkeleton } from '@tidemark/ui';
import { useMemo } from 'react';
import { wordsOf } from '../../api/http.ts';
import { type Side, sideText } from '../../history/side.ts';
import { PastBanners } from '../../history/travel/past-banners.tsx';
import { untitled } from '../../shell/kind-words.ts';
import { usePageTitle } from '../../shell/page-title.ts';
import { ProfileMenu } from '../../shell/profile-menu.tsx';
import { useEstimate, useView } from '../context.ts';
import { Changes } from './changes.tsx';
import css from './compare.module.css';
import { SidePicker } from './side-picker.tsx';
import { ToldContext, useToldChanges } from './told-changes.tsx';
import { type SideView, useSide } from './use-side.ts';

interface Props {
  before: Side;
  after: Side;
}

/** What became of an estimate, line by line, and why the bid is another. Live where a side is this document now. */
export function CompareScreen({ before, after }: Props) {
  const { documentId } = useEstimate();
  const title = useView((view) => view.meta.title) || untitled('estimate');
  const navigate = useNavigate({ from: '/d/$documentId' });
  const [old, now] = [useSide(before), useSide(after)];
  const told = useToldChanges(before, after);
  usePageTitle(`Compare ${title}`);
  const choose = (first: Side, second: Side) =>
    void navigate({ search: { before: sideText(first), after: sideText(second) }, replace: true });
  return (
    <div className={css.screen}>
      <div className={css.bar}>
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
              <h1 className={css.title}>Compare</h1>
              <span className={css.of}>{title}</span>
            </>
          }
          end={<ProfileMenu />}
        />
        <PastBanners />
      </div>
      <main className={css.main}>
        <div className={css.sides}>
          <SidePicker
            label="Before"
            side={before}
            called={old.label}
            onChoose={(side) => choose(side, after)}
          />
          <IconButton label="Swap before and after" onClick={() => choose(after, before)}>
            <IconArrowsLeftRight size={18} stroke={1.7} />
          </IconButton>
          <SidePicker
            label="After"
            side={after}
            called={now.label}
            onChoose={(side) => choose(before, side)}
          />
        </div>
        <p className={css.paperHead}>
          {title}: {old.label} → {now.label}
        </p>
        <ToldContext value={told}>
          <Compared old={old} now={now} name={title} same={sideText(before) === sideText(after)} />
        </ToldContext>
      </main>
    </div>
  );
}

interface ComparedProps {
  old: SideView;
  now: SideView;
  name: string;
  /** Both sides are one and the same. */
  same: boolean;
}

function Compared({ old, now, name, same }: ComparedProps) {
  const { view: before } = old;
  const { view: after } = now;
  const comparison = useMemo(
    () => (before === null || after === null ? null : compareEstimates(before, after)),
    [before, after],
  );
  const failed = [old, now].find(({ view, error }) => view === null && error !== null);
  if (failed) {
    return (
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
    );
  }
  if (same) {
    return (
      <EmptyState title="Choose what to compare with" icon={<IconArrowsDiff size={26} stroke={1.6} />}>
        Both sides are the same. Take a version or another estimate for one of them.
      </EmptyState>
    );
  }
  if (before === null || after === null || comparison === null) return <ListSkeleton rows={8} />;
  return <Changes comparison={comparison} before={before} after={after} name={name} />;
}
