import { useEffect, useMemo } from 'react';
import type { PresenceWriter } from '../editor/presence.ts';
import type { Viewing } from '../editor/use-follow.ts';
import { useOwnPresence } from '../editor/use-presence.ts';
import { useDesk } from './context.ts';
import { type EstimatePresence, estimatePresence } from './presence.ts';
import type { Range } from './selection.ts';

/** What a follower shows: the tab, and the line that somebody is at. */
interface Sight {
  readonly view: EstimatePresence['view'];
  readonly line: string | null;
}

interface EstimatePresenceState {
  readonly writer: PresenceWriter<EstimatePresence> | null;
  readonly viewing: Viewing<EstimatePresence, Sight>;
}

/** Keeps true what others are told of this screen, and says how it shows what somebody else looks at. */
export function useEstimatePresence(): EstimatePresenceState {
  const { view, selection, look, reveal } = useDesk();
  const writer = useOwnPresence(estimatePresence);
  useEffect(() => writer?.set({ view }), [writer, view]);
  useEffect(() => {
    const say = () => writer?.set(placeOf(selection.get()));
    say();
    return selection.subscribe(say);
  }, [writer, selection]);
  const viewing = useMemo(
    (): Viewing<EstimatePresence, Sight> => ({
      presence: estimatePresence,
      of: ({ view, cell }) => ({ view, line: cell?.line ?? null }),
      show(sight) {
        look(sight.view);
        if (sight.line === null) return;
        if (sight.view === 'estimate') reveal({ kind: 'line', id: sight.line }, { choose: false });
        else if (sight.view === 'risks') reveal({ kind: 'risk', id: sight.line }, { choose: false });
      },
      moves: ['wheel', 'pointerdown', 'touchmove'],
      watch: (moved) => selection.subscribe(moved),
    }),
    [look, reveal, selection],
  );
  return { writer, viewing };
}

export function placeOf(range: Range | null): Pick<EstimatePresence, 'cell' | 'range'> {
  if (range === null) return { cell: null, range: null };
  const { anchor, focus } = range;
  const one = anchor.line === focus.line && anchor.column === focus.column;
  return { cell: focus, range: one ? null : range };
}
