import { startTransition, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** Rows that stand there at once, and so many more at a time. */
const chunk = 150;
/** Milliseconds between two of them: what somebody does meanwhile goes first. */
const rest = 16;

/**
 * How many rows of a long list stand there: some at once, the others little by little, so that nobody waits for them. What is printed has
 * all of them.
 */
export function useFilled(total: number): number {
  const [filled, setFilled] = useState(chunk);
  // A list that was narrowed begins anew when it is long again.
  if (filled > chunk && filled >= total + chunk) setFilled(Math.max(chunk, total));
  useEffect(() => {
    if (filled >= total) return;
    const later = window.setTimeout(() => startTransition(() => setFilled(filled + chunk)), rest);
    return () => window.clearTimeout(later);
  }, [filled, total]);
  useEffect(() => {
    const all = () => flushSync(() => setFilled(total));
    window.addEventListener('beforeprint', all);
    return () => window.removeEventListener('beforeprint', all);
  }, [total]);
  return filled;
}

interface Part<T> {
  readonly rows: readonly T[];
}

/** The first so many rows, in the parts they stand in; a part that is whole is the same object. */
export function firstRows<T, P extends Part<T>>(parts: readonly P[], most: number): P[] {
  let left = most;
  return parts.flatMap((part): P[] => {
    if (left <= 0) return [];
    const { rows } = part;
    const shown = rows.length <= left ? part : { ...part, rows: rows.slice(0, left) };
    // A part without rows takes the room of one: there may be many.
    left -= Math.max(1, rows.length);
    return [shown];
  });
}
