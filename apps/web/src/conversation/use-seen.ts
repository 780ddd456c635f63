import { useEffect, useState } from 'react';
import { attempt } from './attempt.ts';
import { useTalk } from './context.ts';
import type { ThreadView } from './threads.ts';

/** Marks a thread as read while somebody looks at it; the first message that was new when they came. */
export function useSeen({ id, messages, unread, last }: ThreadView): string | null {
  const { conversation } = useTalk();
  const [firstNew] = useState(() => messages.find((message) => message.unread)?.id ?? null);
  useEffect(() => {
    if (unread === 0 || !conversation) return;
    const look = () => {
      if (document.visibilityState === 'visible') attempt(conversation.mark(id, last));
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [conversation, id, unread, last]);
  return firstNew;
}
