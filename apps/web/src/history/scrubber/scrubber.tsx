import { IconPlayerPauseFilled, IconPlayerPlayFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { IconButton, KeyboardHint, usePhone } from '@tidemark/ui';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useWidth } from '../../editor/use-width.ts';
import { colourOf } from '../../shell/colour.ts';
import { useLive } from '../live.ts';
import { momentWords } from '../moment-words.ts';
import { dayOnTrack } from '../panel/entries.ts';
import { speeds, type Travel } from '../travel/use-travel.ts';
import css from './scrubber.module.css';
import { ticksOf } from './ticks.ts';
import { edgeOf, placeAfterKey, placeAtShare, shareOf, type Track } from './track.ts';

interface Props {
  travel: Travel;
  nameOf: (userId: string | null) => string;
}

const percent = (share: number): string => `${share * 100}%`;

/** All of history on one line: who worked when, where one stands, and the way to any moment of it. */
export function Scrubber({ travel, nameOf }: Props) {
  const { documentId } = useLive();
  const phone = usePhone();
  const { track, playing, speed } = travel;
  const size = phone ? 44 : 34;
  if (track.stops.length === 0) return null;
  return (
    <section className={css.scrubber} aria-label="Timeline">
      <IconButton
        label={playing ? 'Pause' : 'Play'}
        hint={
          <>
            {playing ? 'Pause' : 'Play'} <KeyboardHint keys="Space" />
          </>
        }
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
      <Line travel={travel} nameOf={nameOf} />
      <Link to="/d/$documentId" params={{ documentId }} className={css.now} title="Back to now">
        Now
      </Link>
    </section>
  );
}

function Line({ travel, nameOf }: Props) {
  const { track, place, stop } = travel;
  const line = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  const share = shareOf(track, place);
  const there = track.stops[place];
  const words = there ? [momentWords(there.at), nameOf(there.by)].filter(Boolean).join(', ') : '';
  const follow = (event: PointerEvent) => {
    const box = line.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const next = placeAtShare(track, (event.clientX - box.left) / box.width);
    if (next !== place) travel.go(next);
  };
  // Whoever comes from a list that is gone can travel by keys at once.
  useEffect(() => {
    if (document.activeElement === document.body) thumb.current?.focus({ preventScroll: true });
  }, []);
  const keys = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = placeAfterKey(track, place, event.key);
    if (next !== null) travel.go(next);
    else if (event.key === ' ') travel.play(!travel.playing);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      className={css.line}
      data-held={held || undefined}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld(true);
        thumb.current?.focus({ preventScroll: true });
        follow(event);
      }}
      onPointerMove={(event) => held && follow(event)}
      onPointerUp={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
    >
      <div ref={line} className={css.rail}>
        <Bands track={track} />
        <div
          ref={thumb}
          role="slider"
          tabIndex={0}
          className={css.thumb}
          style={{ left: percent(share) }}
          aria-label="Moment"
          aria-valuemin={1}
          aria-valuemax={track.stops.length}
          aria-valuenow={place + 1}
          aria-valuetext={words}
          onKeyDown={keys}
        />
        {there && (held || (stop !== null && travel.playing)) && (
          <span
            className={css.bubble}
            style={{ left: percent(share), translate: percent(-share) }}
            aria-hidden="true"
          >
            {words}
          </span>
        )}
      </div>
    </div>
  );
}

function Bands({ track }: { track: Track }) {
  const { ref, width } = useWidth();
  const { bands } = track;
  return (
    <div ref={ref} className={css.bands} aria-hidden="true">
      {bands.map(({ by, first, last }) => {
        const from = edgeOf(track, first);
        return (
          <span
            key={first}
            className={css.band}
            style={{
              left: percent(from),
              width: percent(edgeOf(track, last + 1) - from),
              background: by === null ? undefined : colourOf(by),
            }}
          />
        );
      })}
      {ticksOf(track, width).map(({ place, at, isNamed }) => (
        <span key={place} className={css.day} style={{ left: percent(edgeOf(track, place)) }}>
          {isNamed && <span className={css.dayName}>{dayOnTrack(at, Date.now())}</span>}
        </span>
      ))}
    </div>
  );
}
