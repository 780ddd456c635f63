import { CommentBadge } from '../../conversation/comment-badge.tsx';
import { useTalk } from '../../conversation/context.ts';
import type { ThreadCount } from '../../conversation/threads.ts';

interface Props {
  kind?: 'line' | 'section';
  id: string;
  name: string;
  count: ThreadCount;
}

/** How many open threads a line or a section has; opens what is said about it. */
export function CommentMark({ kind = 'line', id, name, count }: Props) {
  const { look } = useTalk();
  return <CommentBadge count={count} name={name} onOpen={() => look({ kind, id, label: name })} />;
}
