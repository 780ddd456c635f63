import { type RefObject, useEffect, useState } from 'react';

/** How far from the visible part a chart is drawn, and how far it must go to be thrown away again. */
const near = '100%';
const far = '400%';

/** Whether an element is near enough to be drawn. Between near and far it stays what it was. */
export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const target = element.current;
    if (!target) return;
    const root = target.closest('[data-scroller]');
    const coming = new IntersectionObserver(
      (entries) => {
        if (entries.at(-1)?.isIntersecting) setDrawn(true);
      },
      { root, rootMargin: `${near} 0px` },
    );
    const going = new IntersectionObserver(
      (entries) => {
        if (entries.at(-1)?.isIntersecting === false) setDrawn(false);
      },
      { root, rootMargin: `${far} 0px` },
    );
    coming.observe(target);
    going.observe(target);
    return () => {
      coming.disconnect();
      going.disconnect();
    };
  }, [element]);
  return drawn;
}
