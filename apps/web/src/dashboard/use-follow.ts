import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import type { PresentPerson } from './presence.ts';
import { usePeople, usePresencePart } from './use-presence.ts';

export interface Follow {
  readonly person: PresentPerson | null;
  toggle(userId: string): void;
  stop(): void;
}

/** Keeps this screen where somebody else looks, until oneself scrolls, presses Esc or they leave. */
export function useFollow(scroller: RefObject<HTMLElement | null>): Follow {
  const [target, setTarget] = useState<string | null>(null);
  const people = usePeople();
  const stop = useCallback(() => setTarget(null), []);
  const person = people.find(({ id }) => id === target) ?? null;
  const top = usePresencePart((peers) => peers.find(({ user }) => user.id === target)?.scroll ?? null);

  useEffect(() => {
    if (target !== null && top === null) setTarget(null);
  }, [target, top]);

  useEffect(() => {
    if (top === null) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    scroller.current?.scrollTo({ top, behavior: calm ? 'instant' : 'smooth' });
  }, [top, scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (target === null || !element) return;
    const key = (event: KeyboardEvent) => {
      if (['Escape', 'PageUp', 'PageDown', 'Home', 'End'].includes(event.key)) stop();
    };
    element.addEventListener('wheel', stop, { passive: true });
    element.addEventListener('touchmove', stop, { passive: true });
    // Before menus and tooltips, which keep Esc for themselves.
    window.addEventListener('keydown', key, true);
    return () => {
      element.removeEventListener('wheel', stop);
      element.removeEventListener('touchmove', stop);
      window.removeEventListener('keydown', key, true);
    };
  }, [target, scroller, stop]);

  return useMemo(
    () => ({ person, stop, toggle: (userId) => setTarget((now) => (now === userId ? null : userId)) }),
    [person, stop],
  );
}
