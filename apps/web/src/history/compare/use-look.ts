import type { Change } from '@tidemark/documents';
import { useCallback, useMemo, useState } from 'react';
import { markKey } from '../marks.ts';
import type { Comparison, ShownComparison, Wanted } from './comparison.ts';

/** What of the two is on the screen. */
export const views = ['before', 'after', 'changes'] as const;
export type CompareView = (typeof views)[number];

export interface Look {
  readonly view: CompareView;
  /** Null until there is something to compare. */
  readonly shown: ShownComparison | null;
  show(view: CompareView): void;
  /** Brings a thing into sight, where it is: what is not on this picture is looked for on the other. */
  reveal(change: Change): void;
  /** `[` and `]` go from view to view. */
  key(event: KeyboardEvent): void;
}

export function useLook(comparison: Comparison | null): Look {
  const [view, show] = useState<CompareView>('changes');
  const [chosen, choose] = useState<string | null>(null);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const reveal = useCallback((change: Change) => {
    choose(markKey(change.thing));
    const [type] = change.types;
    // Ghosts and marks stand among the changes; the page of a thing that is gone may be gone with it.
    const missed = () => {
      if (type === 'removed') show('before');
      setWanted({ change, missed: () => undefined });
    };
    show((now) =>
      (now === 'before' && type === 'added') || (now === 'after' && type === 'removed') ? 'changes' : now,
    );
    setWanted({ change, missed });
  }, []);
  const key = useCallback((event: KeyboardEvent) => {
    const by = { '[': -1, ']': 1 }[event.key];
    if (by === undefined || event.ctrlKey || event.metaKey || isWriting(event.target)) return;
    event.preventDefault();
    show((now) => views[Math.min(views.length - 1, Math.max(0, views.indexOf(now) + by))] ?? now);
  }, []);
  const shown = useMemo(
    () => comparison && { ...comparison, chosen, wanted, choose },
    [comparison, chosen, wanted],
  );
  return { view, shown, show, reveal, key };
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=radio]), textarea'))
  );
}
