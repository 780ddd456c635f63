import { type RefObject, useCallback, useEffect, useState } from 'react';

/** From change to change, by buttons and by Alt+↑ and Alt+↓: the next one in the list gets the focus. */
export function useSteps(list: RefObject<HTMLElement | null>) {
  const [said, setSaid] = useState<{ text: string } | null>(null);
  const step = useCallback(
    (by: 1 | -1) => {
      const changes = [...(list.current?.querySelectorAll<HTMLElement>('[data-change]') ?? [])];
      if (changes.length === 0) return;
      const at = changes.findIndex((change) => change.hasAttribute('data-current'));
      const next = at < 0 && by < 0 ? changes.length - 1 : (at + by + changes.length) % changes.length;
      changes[at]?.removeAttribute('data-current');
      const change = changes[next];
      change?.setAttribute('data-current', '');
      change?.scrollIntoView({ block: 'center' });
      change?.focus({ preventScroll: true });
      setSaid({ text: `Change ${next + 1} of ${changes.length}` });
    },
    [list],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      // A list that is open has these keys.
      const inList = event.target instanceof Element && event.target.getAttribute('aria-expanded') === 'true';
      if (by === undefined || inList) return;
      event.preventDefault();
      step(by > 0 ? 1 : -1);
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [step]);
  return { step, said };
}
