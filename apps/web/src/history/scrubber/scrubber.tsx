import {
  IconCalendarTime,
  IconChevronLeft,
  IconChevronRight,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconZoomIn,
  IconZoomOut,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { IconButton, KeyboardHint, usePhone } from '@tidemark/ui';
import { type ReactNode, useEffect } from 'react';
import { isTyping } from '../../shell/typing.ts';
import { useLive } from '../live.ts';
import { span } from '../panel/item-words.ts';
import { speeds } from '../travel/use-play.ts';
import type { Travel } from '../travel/use-travel.ts';
import { EditLine } from './edit-line.tsx';
import { countOf } from './period.ts';
import css from './scrubber.module.css';
import { StopLine } from './stop-line.tsx';

interface Props {
  travel: Travel;
  /** What is said of where one stands. */
  words: string;
  /** Asks for a day and a time to go to. */
  onTime: () => void;
}

const hinted = (words: string, keys: string): ReactNode => (
  <>
    {words} <KeyboardHint keys={keys} />
  </>
);

/** All of history on one line, the work around the moment on another, and the way to any edit of it. */
export function Scrubber({ travel, words, onTime }: Props) {
  const { documentId } = useLive();
  const phone = usePhone();
  useStepKeys(travel.steps.step);
  const { track, playing, speed, lsn, period, zoomed } = travel;
  const size = phone ? 44 : 34;
  if (track.stops.length === 0) return null;
  return (
    <section className={css.scrubber} aria-label="Timeline">
      <div className={css.ways}>
        <IconButton
          label={playing ? 'Pause' : 'Play'}
          hint={hinted(playing ? 'Pause' : 'Play', 'Space')}
          size={size}
          onClick={() => travel.play(!playing)}
        >
          {playing ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
        </IconButton>
        <IconButton
          label={`Speed ${speed}×`}
          size={size}
          className={css.speed}
          onClick={() => travel.setSpeed(speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1)}
        >
          {speed}×
        </IconButton>
        <Steps travel={travel} size={size} />
      </div>
      <StopLine travel={travel} words={words} />
      <div className={css.ends}>
        <IconButton
          label="Every edit"
          hint={zoomed ? 'Hide the line of single edits' : 'Every edit of this work on a line of its own'}
          size={size}
          aria-pressed={zoomed}
          disabled={period === null && !zoomed}
          onClick={() => travel.zoom(!zoomed)}
        >
          {zoomed ? <IconZoomOut size={18} stroke={1.7} /> : <IconZoomIn size={18} stroke={1.7} />}
        </IconButton>
        {!phone && (
          <IconButton label="Go to a time…" size={size} onClick={onTime}>
            <IconCalendarTime size={18} stroke={1.7} />
          </IconButton>
        )}
        <Link to="/d/$documentId" params={{ documentId }} className={css.now} title="Back to now">
          Now
        </Link>
      </div>
      {zoomed && period !== null && lsn !== null && (
        <>
          <p className={css.when}>{spanOf(travel)}</p>
          <EditLine travel={travel} period={period} lsn={lsn} words={words} />
        </>
      )}
    </section>
  );
}

/** One stored edit back and forth, and which one it is. */
function Steps({ travel, size }: { travel: Travel; size: number }) {
  const { steps, period, lsn } = travel;
  const count = period === null || lsn === null ? null : countOf(period, lsn);
  return (
    <div className={css.steps}>
      <IconButton
        label="One edit back"
        hint={hinted('One edit back', ',')}
        size={size}
        disabled={!steps.back}
        onClick={() => steps.step(-1)}
      >
        <IconChevronLeft size={18} stroke={1.8} />
      </IconButton>
      <span
        className={css.count}
        style={count ? { minWidth: `${figure(count.of).length * 2 + 2}ch` } : undefined}
        aria-hidden="true"
      >
        {count ? `${figure(count.nth)} / ${figure(count.of)}` : '–'}
      </span>
      <IconButton
        label="One edit forward"
        hint={hinted('One edit forward', '.')}
        size={size}
        disabled={!steps.forward}
        onClick={() => steps.step(1)}
      >
        <IconChevronRight size={18} stroke={1.8} />
      </IconButton>
    </div>
  );
}

const figure = (count: number): string => count.toLocaleString('en');

/** From when to when the work around the moment went. */
function spanOf({ track: { stops }, period }: Travel): string {
  const [first, last] = [stops[period?.first ?? -1], stops[period?.last ?? -1]];
  return first && last ? span(first.at, last.at) : '';
}

/** `,` and `.` go edit by edit wherever the focus is, but where people write. */
function useStepKeys(step: (by: 1 | -1) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const by = { ',': -1, '.': 1 }[event.key];
      if (by === undefined || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (isTyping(event.target)) return;
      event.preventDefault();
      step(by > 0 ? 1 : -1);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [step]);
}
