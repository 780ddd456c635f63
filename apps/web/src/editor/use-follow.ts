import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import type { PresenceKind, PresentPerson } from './presence.ts';
import { usePeople, usePresencePart } from './use-presence.ts';

export interface Follow {
  readonly person: PresentPerson | null;
  toggle(userId: string): void;
  stop(): void;
}

/** How a kind shows on this screen what somebody else looks at. Keep it stable. */
export interface Viewing<P extends object, W> {
  readonly presence: PresenceKind<P>;
  /** What somebody looks at, as plain JSON; null while they do not say. */
  of(part: P): W | null;
  show(what: W, motion: 'smooth' | 'instant'): void;
  /** Events on the surface by which one moves it oneself. */
  readonly moves: readonly string[];
  /** Own movement that no event of the surface tells of. Returns the end of it, which comes when following ends. */
  watch?(moved: () => void): () => void;
}

/**
 * Keeps this screen where somebody else looks, until one moves it oneself, presses Esc or they leave.
 * `surface`: where own movement counts.
 */
export function useFollow<P extends object, W>(
  surface: RefObject<HTMLElement | null>,
  viewing: Viewing<P, W>,
): Follow {
  const [target, setTarget] = useState<string | null>(null);
  const people = usePeople();
  const stop = useCallback(() => setTarget(null), []);
  const person = people.find(({ id }) => id === target) ?? null;
  const seen = usePresencePart(viewing.presence, (peers): W | null => {
    const peer = peers.find(({ user }) => user.id === target);
    return peer ? viewing.of(peer) : null;
  });

  useEffect(() => {
    if (target !== null && seen === null) setTarget(null);
  }, [target, seen]);

  useEffect(() => {
    if (seen === null) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    viewing.show(seen, calm ? 'instant' : 'smooth');
  }, [seen, viewing]);

  useEffect(() => {
    const element = surface.current;
    if (target === null || !element) return;
    const key = (event: KeyboardEvent) => {
      if (['Escape', 'PageUp', 'PageDown', 'Home', 'End'].includes(event.key)) stop();
    };
    for (const move of viewing.moves) element.addEventListener(move, stop, { passive: true });
    // Before menus and tooltips, which keep Esc for themselves.
    window.addEventListener('keydown', key, true);
    const unwatch = viewing.watch?.(stop);
    return () => {
      unwatch?.();
      for (const move of viewing.moves) element.removeEventListener(move, stop);
      window.removeEventListener('keydown', key, true);
    };
  }, [target, surface, viewing, stop]);

  return useMemo(
    () => ({ person, stop, toggle: (userId) => setTarget((now) => (now === userId ? null : userId)) }),
    [person, stop],
  );
}
