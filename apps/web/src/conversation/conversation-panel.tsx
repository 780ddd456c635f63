import { useTalk } from './context.ts';
import { ThreadList } from './thread-list.tsx';
import { ThreadPage } from './thread-page.tsx';

/** What is said beside the document, for a panel of the page: the list of threads, or one of them. */
export function ConversationPanel({ noun }: { noun: string }) {
  const { desk, threads } = useTalk();
  const thread = threads.find(({ id }) => id === desk.thread) ?? null;
  if (desk.thread !== null) return <ThreadPage key={desk.thread} thread={thread} noun={noun} />;
  return <ThreadList noun={noun} />;
}
