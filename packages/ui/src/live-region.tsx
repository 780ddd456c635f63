import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';

interface Props {
  /** The latest thing to say; a new object is a new thing, even with the same words. */
  message: { text: string } | null;
  /** Least time between two announcements, milliseconds; what comes in between is dropped but the last. */
  every?: number;
}

/** Says things to screen readers, politely and not too often. */
export function LiveRegion({ message, every = 4000 }: Props) {
  const [text, setText] = useState('');
  const spokenAt = useRef(0);
  useEffect(() => {
    if (!message) return;
    const wait = Math.max(0, spokenAt.current + every - Date.now());
    const timer = setTimeout(() => {
      spokenAt.current = Date.now();
      setText(message.text);
    }, wait);
    return () => clearTimeout(timer);
  }, [message, every]);
  return (
    <VisuallyHidden role="log" aria-live="polite" aria-label="Announcements">
      {text}
    </VisuallyHidden>
  );
}
