import { type KeyboardEvent, useRef } from 'react';
import type { Travel } from '../travel/use-travel.ts';
import { Bands } from './bands.tsx';
import { countOf, lsnAfterKey, lsnAtShare, shareInPeriod } from './period.ts';
import { Rail } from './rail.tsx';
import css from './scrubber.module.css';
import { type Period, placeAfterKey, type Track } from './track.ts';

interface Props {
  travel: Travel;
  period: Period;
  lsn: number;
  words: string;
}

/** The work around the moment on a line of its own, edit by edit. */
export function EditLine({ travel, period, lsn, words }: Props) {
  const { track, place } = travel;
  const thumb = useRef<HTMLDivElement>(null);
  const { nth, of } = countOf(period, lsn);
  const toStop = (key: 'ArrowLeft' | 'ArrowRight') => {
    const stop = track.stops[placeAfterKey(track, place, key, lsn) ?? place];
    if (stop) travel.go(stop.lsn);
  };
  const onKey = ({ key }: KeyboardEvent): boolean => {
    const next = lsnAfterKey(period, lsn, key);
    if (next !== null) {
      // At its end, on into the work before or after it.
      const by = { ArrowLeft: -1, ArrowRight: 1 }[key];
      if (next !== lsn) travel.go(next);
      else if (by !== undefined) travel.steps.step(by > 0 ? 1 : -1);
    } else if (key === 'PageUp') toStop('ArrowRight');
    else if (key === 'PageDown') toStop('ArrowLeft');
    else if (key === ' ') travel.play(!travel.playing);
    else return false;
    return true;
  };
  return (
    <Rail
      label="Edit"
      min={1}
      max={of}
      now={nth}
      text={words}
      share={shareInPeriod(period, lsn)}
      telling={travel.playing}
      thumb={thumb}
      onShare={(share) => {
        const next = lsnAtShare(period, share);
        if (next !== lsn) travel.go(next);
      }}
      onKey={onKey}
    >
      <div className={css.bands} aria-hidden="true">
        <Bands stretches={stretchesOf(track, period)} />
      </div>
    </Rail>
  );
}

/** Whose the edits are, as far as the stops tell. */
function stretchesOf({ stops, bands }: Track, { first, last, from, to }: Period) {
  const edits = to - from + 1;
  return bands
    .filter((band) => band.first >= first && band.last <= last)
    .map((band) => {
      const begins = band.first === first ? from : (stops[band.first - 1]?.lsn ?? 0) + 1;
      const ends = band.last === last ? to : (stops[band.last]?.lsn ?? to);
      return {
        ...{ key: band.first, by: band.by },
        from: (begins - from) / edits,
        to: (ends + 1 - from) / edits,
      };
    });
}
