import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useWidth } from '../../editor/use-width.ts';
import { dayOnTrack } from '../panel/entries.ts';
import type { Travel } from '../travel/use-travel.ts';
import { Bands } from './bands.tsx';
import { Rail } from './rail.tsx';
import css from './scrubber.module.css';
import { ticksOf } from './ticks.ts';
import { edgeOf, placeAfterKey, placeAtShare, shareOfLsn, type Track } from './track.ts';

interface Props {
  travel: Travel;
  /** What is said of where one stands. */
  words: string;
}

/** All of history on one line, stop by stop. */
export function StopLine({ travel, words }: Props) {
  const { track, place, lsn, stop, playing, zoomed } = travel;
  const thumb = useRef<HTMLDivElement>(null);
  // Whoever comes from a list that is gone can travel by keys at once.
  useEffect(() => {
    if (document.activeElement === document.body) thumb.current?.focus({ preventScroll: true });
  }, []);
  const toStop = (next: number) => {
    const there = track.stops[next];
    if (there) travel.go(there.lsn);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = placeAfterKey(track, place, event.key, lsn);
    if (event.shiftKey && by !== undefined) travel.steps.step(by > 0 ? 1 : -1);
    else if (next !== null) toStop(next);
    else if (event.key === ' ') travel.play(!playing);
    else return false;
    return true;
  };
  return (
    <Rail
      label="Moment"
      min={1}
      max={track.stops.length}
      now={place + 1}
      text={words}
      share={lsn === null ? 0 : shareOfLsn(track, lsn)}
      telling={playing && stop !== null && !zoomed}
      thumb={thumb}
      onShare={(share) => {
        const next = placeAtShare(track, share);
        if (next !== place || stop === null) toStop(next);
      }}
      onKey={onKey}
    >
      <Days track={track} />
    </Rail>
  );
}

const percent = (share: number): string => `${share * 100}%`;

function Days({ track }: { track: Track }) {
  const { ref, width } = useWidth();
  const stretches = track.bands.map(({ by, first, last }) => ({
    ...{ key: first, by, from: edgeOf(track, first), to: edgeOf(track, last + 1) },
  }));
  return (
    <div ref={ref} className={css.bands} aria-hidden="true">
      <Bands stretches={stretches} />
      {ticksOf(track, width).map(({ place, at, isNamed }) => (
        <span key={place} className={css.day} style={{ left: percent(edgeOf(track, place)) }}>
          {isNamed && <span className={css.dayName}>{dayOnTrack(at, Date.now())}</span>}
        </span>
      ))}
    </div>
  );
}
