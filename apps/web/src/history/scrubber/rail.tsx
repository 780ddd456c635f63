import { type KeyboardEvent, type PointerEvent, type ReactNode, type Ref, useRef, useState } from 'react';
import css from './scrubber.module.css';

interface Props {
  /** What its thumb is called. */
  label: string;
  min: number;
  max: number;
  now: number;
  /** What is said of where the thumb stands. */
  text: string;
  /** Where the thumb stands, 0 to 1. */
  share: number;
  /** Whether the words stand over the thumb also while nobody holds it. */
  telling: boolean;
  thumb: Ref<HTMLDivElement>;
  onShare: (share: number) => void;
  /** False: the key is none of its. */
  onKey: (event: KeyboardEvent) => boolean;
  children: ReactNode;
}

const percent = (share: number): string => `${share * 100}%`;

/** A line along which a thumb goes, by hand and by keys. */
export function Rail({ label, min, max, now, text, share, telling, thumb, onShare, onKey, children }: Props) {
  const line = useRef<HTMLDivElement>(null);
  const [held, setHeld] = useState(false);
  const follow = (event: PointerEvent) => {
    const box = line.current?.getBoundingClientRect();
    if (box && box.width > 0) onShare((event.clientX - box.left) / box.width);
  };
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !onKey(event)) return;
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
        event.currentTarget.querySelector<HTMLElement>('[role=slider]')?.focus({ preventScroll: true });
        follow(event);
      }}
      onPointerMove={(event) => held && follow(event)}
      onPointerUp={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
    >
      <div ref={line} className={css.rail}>
        {children}
        <div
          ref={thumb}
          role="slider"
          tabIndex={0}
          className={css.thumb}
          style={{ left: percent(share) }}
          aria-label={label}
          aria-valuemin={min}
          aria-valuemax={max}
          aria-valuenow={now}
          aria-valuetext={text}
          onKeyDown={press}
        />
        {text !== '' && (held || telling) && (
          <span
            className={css.bubble}
            style={{ left: percent(share), translate: percent(-share) }}
            aria-hidden="true"
          >
            {text}
          </span>
        )}
      </div>
    </div>
  );
}
