import { Button } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Banner, LiveRegion } from '@tidemark/ui';
import { type ComponentType, useMemo, useState } from 'react';
import type { MomentRef } from '../../api/history.ts';
import page from '../../editor/page.module.css';
import { useOutOfReach } from '../../editor/rights.ts';
import { StepChanges } from '../compare/step-changes.tsx';
import { TimeDialog } from '../compare/time-dialog.tsx';
import { useLive } from '../live.ts';
import type { PastProps } from '../past.tsx';
import { Scrubber } from '../scrubber/scrubber.tsx';
import { useAuthorNames } from '../use-author-names.ts';
import { useSideLabel } from '../use-side.ts';
import { AskedHistoryContext } from './asked-history.ts';
import { PastBanners } from './past-banners.tsx';
import css from './travel.module.css';
import { TravelBar } from './travel-bar.tsx';
import { Unopened } from './unopened.tsx';
import { useMomentWords } from './use-moment-words.ts';
import { type Travel, useTravel } from './use-travel.ts';

interface Props {
  Past: ComponentType<PastProps>;
  moment: MomentRef;
}

/** The document as it was, in its own editor, to be read; and the way to any other moment of it. */
export function TravelScreen({ Past, moment }: Props) {
  const { documentId } = useLive();
  const [showing, setShowing] = useState(false);
  const [asked, setAsked] = useState(0);
  const [askingTime, setAskingTime] = useState(false);
  const travel = useTravel(moment);
  const nameOf = useAuthorNames();
  const words = useMomentWords(moment, travel, nameOf);
  const outOfReach = useOutOfReach();
  const { state, isBefore, error, playing } = travel;
  const before = momentBefore(travel);
  const since = useSideLabel({ documentId, at: before?.moment ?? null });
  // Said when one has arrived; while playing, only the end of it.
  const arrived = isBefore || playing ? null : words.spoken;
  const message = useMemo(() => (arrived === null ? null : { text: `The past: ${arrived}` }), [arrived]);
  return (
    <div className={`${page.page} ${css.screen}`}>
      <TravelBar
        moment={moment}
        words={words}
        before={before?.moment ?? null}
        busy={isBefore}
        failed={error !== null}
        onHistory={error === null ? () => setAsked(asked + 1) : null}
        onTime={() => setAskingTime(true)}
      />
      <PastBanners />
      <Banner
        tone="warn"
        icon={<IconHistory size={16} stroke={1.8} />}
        action={
          before !== null && (
            <Button
              size="compact-sm"
              variant={showing ? 'filled' : 'default'}
              aria-pressed={showing}
              onClick={() => setShowing(!showing)}
            >
              Show changes
            </Button>
          )
        }
      >
        You are looking at the past. Nothing here can be changed.{words.note !== '' && ` ${words.note}`}
        {showing && before !== null && ` ${markedWords(before, since)}`}
        {outOfReach && state !== undefined && ' You are offline: this is kept on this device.'}
      </Banner>
      {error !== null ? (
        <Unopened error={error} outOfReach={outOfReach} travel={travel} />
      ) : (
        <div className={css.body} data-before={isBefore || undefined} aria-busy={isBefore}>
          <StepChanges before={showing && !isBefore ? (before?.moment ?? null) : null} state={state}>
            {(marks) => (
              <AskedHistoryContext value={asked}>
                <Past state={state} marks={marks} />
              </AskedHistoryContext>
            )}
          </StepChanges>
        </div>
      )}
      <Scrubber travel={travel} words={words.spoken} onTime={() => setAskingTime(true)} />
      <TimeDialog
        documentId={documentId}
        opened={askingTime}
        onClose={() => setAskingTime(false)}
        onMoment={travel.go}
      />
      <LiveRegion message={message} />
    </div>
  );
}

interface Before {
  readonly moment: MomentRef;
  /** Whether nothing but one edit lies between. */
  readonly isEdit: boolean;
}

/** With what it is compared to see what it brought: the edit before a single one, the stop before a stop. */
function momentBefore({ track, place, stop, edit, zoomed }: Travel): Before | null {
  if (edit !== null && (stop === null || zoomed)) return { moment: { lsn: edit.lsn - 1 }, isEdit: true };
  const stopBefore = track.stops[place - 1];
  return stop && stopBefore ? { moment: { lsn: stopBefore.lsn }, isEdit: false } : null;
}

function markedWords({ isEdit }: Before, since: string): string {
  return isEdit ? 'Marked is what this edit changed.' : `Marked is what changed since ${since}.`;
}
