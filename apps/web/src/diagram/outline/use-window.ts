import { usePhone } from '@tidemark/ui';
import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';

/** Lines kept ready above and below what is in sight. */
const margin = 8;

export interface RowWindow {
  /** Of all lines together, pixels. */
  readonly height: number;
  readonly indexes: readonly number[];
  topOf(index: number): number;
}

/** Which of many lines of one height are in sight; the active one always is, and is scrolled to when it changes. */
export function useWindow(box: RefObject<HTMLElement | null>, count: number, active: number): RowWindow {
  const line = usePhone() ? 44 : 30;
  const [range, setRange] = useState({ from: 0, to: 60 });

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const from = Math.max(0, Math.floor(element.scrollTop / line) - margin);
      const to = Math.ceil((element.scrollTop + element.clientHeight) / line) + margin;
      setRange((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    measure();
    element.addEventListener('scroll', measure, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', measure);
      observer.disconnect();
    };
  }, [box, line]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const top = active * line;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + line > element.scrollTop + element.clientHeight) {
      element.scrollTop = top + line - element.clientHeight;
    }
  }, [box, active, line]);

  const indexes: number[] = [];
  for (let index = range.from; index < Math.min(range.to, count); index++) indexes.push(index);
  if (active < count && !indexes.includes(active)) indexes.push(active);
  return { height: count * line, indexes: indexes.sort((a, b) => a - b), topOf: (index) => index * line };
}
