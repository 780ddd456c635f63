import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type CSSProperties, type RefObject, useEffect, useState } from 'react';
import { colourOf } from '../../shell/colour.ts';
import css from './peers.module.css';
import { beyondSight } from './peers.ts';
import { headHeight, heights, topsOf, totalsHeight } from './row-places.ts';
import type { Sheet } from './sheet.ts';
import { useNameOf, usePeerMarks } from './use-peers.ts';

interface Props {
  sheet: Sheet;
  scroller: RefObject<HTMLElement | null>;
}

/** Those who work out of sight, at the edge behind which they are; a click goes there, and leaves what is chosen as it is. */
export function PeerEdges({ sheet, scroller }: Props) {
  const marks = usePeerMarks(sheet);
  const nameOf = useNameOf();
  const sight = useSight(scroller);
  const tops = topsOf(sheet);
  const found = marks.flatMap(({ peer, at }) => {
    const place = { top: tops[at.top] ?? 0, bottom: tops[at.bottom + 1] ?? 0 };
    const side = beyondSight(place, sight);
    return side === null ? [] : [{ peer, top: place.top, side }];
  });
  const go = (top: number) => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const height = scroller.current?.clientHeight ?? 0;
    scroller.current?.scrollTo({ top: Math.max(0, top - height / 3), behavior: calm ? 'instant' : 'smooth' });
  };
  return (['above', 'below'] as const).map((side) => {
    const there = found.filter((one) => one.side === side);
    if (there.length === 0) return null;
    return (
      <div key={side} className={css.edge} data-side={side}>
        {there.map(({ peer, top }) => (
          <button
            key={peer.clientId}
            type="button"
            className={css.chip}
            style={{ '--person': colourOf(peer.user.id) } as CSSProperties}
            aria-label={`Go to ${nameOf(peer.user)}, ${side}`}
            onClick={() => go(top)}
          >
            {side === 'above' ? (
              <IconArrowUp size={13} aria-hidden />
            ) : (
              <IconArrowDown size={13} aria-hidden />
            )}
            {nameOf(peer.user)}
          </button>
        ))}
      </div>
    );
  });
}

interface Sight {
  readonly top: number;
  readonly bottom: number;
}

/** What of the body is in sight, in pixels of it. */
function useSight(scroller: RefObject<HTMLElement | null>): Sight {
  const [sight, setSight] = useState<Sight>({ top: 0, bottom: Number.POSITIVE_INFINITY });
  useEffect(() => {
    const frame = scroller.current;
    if (frame === null) return;
    let waiting = 0;
    const look = () => {
      waiting = 0;
      const top = frame.scrollTop + (frame.scrollTop > 0 ? heights.section : 0);
      setSight({ top, bottom: frame.scrollTop + frame.clientHeight - headHeight - totalsHeight });
    };
    const later = () => {
      waiting ||= requestAnimationFrame(look);
    };
    look();
    frame.addEventListener('scroll', later, { passive: true });
    const observer = new ResizeObserver(later);
    observer.observe(frame);
    return () => {
      cancelAnimationFrame(waiting);
      frame.removeEventListener('scroll', later);
      observer.disconnect();
    };
  }, [scroller]);
  return sight;
}
