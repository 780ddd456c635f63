import { IconMessage2 } from '@tabler/icons-react';
import css from './conversation.module.css';
import type { ThreadCount } from './threads.ts';

interface Props {
  count: ThreadCount;
  /** What it is about. */
  name: string;
  onOpen: () => void;
}

/** How many open threads something has, on the thing itself. */
export function CommentBadge({ count: { open, unread }, name, onOpen }: Props) {
  const words = `${open === 1 ? '1 open comment' : `${open} open comments`} on ${name}${unread > 0 ? `, ${unread} unread` : ''}`;
  return (
    <button
      type="button"
      className={css.badge}
      data-unread={unread > 0 || undefined}
      aria-label={words}
      title={words}
      onClick={onOpen}
    >
      <IconMessage2 size={13} stroke={2} aria-hidden />
      {open}
    </button>
  );
}
