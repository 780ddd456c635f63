import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { Banner, EmptyState, LiveRegion } from '@tidemark/ui';
import { type ComponentType, useMemo, useState } from 'react';
import type { MomentRef } from '../../api/history.ts';
import { wordsOf } from '../../api/http.ts';
import page from '../../editor/page.module.css';
import { useOutOfReach } from '../../editor/rights.ts';
import { StepChanges } from '../compare/step-changes.tsx';
import type { PastProps } from '../past.tsx';
import { Scrubber } from '../scrubber/scrubber.tsx';
import { useAuthorNames } from '../use-author-names.ts';
import { AskedHistoryContext } from './asked-history.ts';
import { PastBanners } from './past-banners.tsx';
import css from './travel.module.css';
import { TravelBar } from './travel-bar.tsx';
import { useMomentWords } from './use-moment-words.ts';
import { useTravel } from './use-travel.ts';

interface Props {
  Past: ComponentType<PastProps>;
  moment: MomentRef;
}

/** The document as it was, in its own editor, to be read; and the way to any other moment of it. */
export function TravelScreen({ Past, moment }: Props) {
  const [showing, setShowing] = useState(false);
  const [asked, setAsked] = useState(0);
  const travel = useTravel(moment);
  const nameOf = useAuthorNames();
  const words = useMomentWords(moment, travel.stop, nameOf);
  const outOfReach = useOutOfReach();
  const { state, isBefore, error, again, playing, track, place } = travel;
  const stopBefore = track.stops[place - 1];
  const before = travel.stop && stopBefore ? { lsn: stopBefore.lsn } : null;
  // Said when one has arrived; while playing, only the end of it.
  const arrived = isBefore || playing ? null : words.label;
  const message = useMemo(() => (arrived === null ? null : { text: `The past: ${arrived}` }), [arrived]);
  return (
    <div className={`${page.page} ${css.screen}`}>
      <TravelBar
        moment={moment}
        words={words}
        before={before}
        busy={isBefore}
        onHistory={error === null ? () => setAsked(asked + 1) : null}
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
        {outOfReach && state !== undefined && ' You are offline: this is kept on this device.'}
      </Banner>
      {error !== null ? (
        <main className={css.empty}>
          <EmptyState
            title="This moment could not be opened"
            icon={<IconAlertTriangle size={26} stroke={1.6} />}
            actions={
              <Button variant="default" onClick={again}>
                Try again
              </Button>
            }
          >
            {outOfReach
              ? 'You are offline, and this moment was not looked at on this device before.'
              : wordsOf(error)}
          </EmptyState>
        </main>
      ) : (
        <div className={css.body} data-before={isBefore || undefined} aria-busy={isBefore}>
          <StepChanges before={showing && !isBefore ? before : null} state={state}>
            {(marks) => (
              <AskedHistoryContext value={asked}>
                <Past state={state} marks={marks} />
              </AskedHistoryContext>
            )}
          </StepChanges>
        </div>
      )}
      <Scrubber travel={travel} nameOf={nameOf} />
      <LiveRegion message={message} />
    </div>
  );
}
