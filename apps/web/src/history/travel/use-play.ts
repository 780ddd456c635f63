import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLive } from '../live.ts';
import { momentStateQuery } from '../moment-state.ts';

/** So many moments ahead are asked for while playing. */
const ahead = 3;

export const speeds = [1, 2, 4] as const;
export type Speed = (typeof speeds)[number];

interface Playing {
  /** Moments that follow, the next one first; none at the end. */
  readonly next: readonly number[];
  /** Between two of them at speed 1, milliseconds. */
  readonly step: number;
  /** Whether what is to be shown is. */
  readonly arrived: boolean;
  readonly failed: boolean;
  go(lsn: number): void;
}

/** Goes on by itself, each moment when the one before it is shown. */
export function usePlay({ next, step, arrived, failed, go }: Playing) {
  const live = useLive();
  const queryClient = useQueryClient();
  const [playing, play] = useState(false);
  const [speed, setSpeed] = useState<Speed>(1);
  useEffect(() => {
    if (!playing) return;
    const [first] = next;
    if (failed || (first === undefined && arrived)) return play(false);
    for (const lsn of next.slice(0, ahead)) {
      void queryClient.prefetchQuery(momentStateQuery(live, { lsn }));
    }
    if (!arrived || first === undefined) return;
    const timer = setTimeout(() => go(first), step / speed);
    return () => clearTimeout(timer);
  }, [playing, speed, next, step, arrived, failed, go, queryClient, live]);
  return { playing, speed, setSpeed, play };
}
