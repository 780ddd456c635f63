import { Button, CopyButton } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconLink, IconRotate } from '@tabler/icons-react';
import { EmptyState, IconButton, ListSkeleton } from '@tidemark/ui';
import { Fragment, type ReactNode, useEffect, useRef } from 'react';
import { useSession } from '../editor/context.ts';
import { useNow } from '../shell/use-now.ts';
import { AnchorName } from './anchor-name.tsx';
import { attempt } from './attempt.ts';
import { Composer } from './composer.tsx';
import { useTalk } from './context.ts';
import css from './conversation.module.css';
import { MessageItem } from './message-item.tsx';
import type { ThreadView } from './threads.ts';
import { Trouble, useAway, useMayWrite } from './trouble.tsx';
import { useSeen } from './use-seen.ts';

/** One thread, with what can be done about it. Null: it is not there, or not yet. */
export function ThreadPage({ thread, noun }: { thread: ThreadView | null; noun: string }) {
  const { desk, snapshot } = useTalk();
  const away = useAway();
  const back = (
    <IconButton label="All threads" size={28} onClick={() => desk.openThread(null)}>
      <IconArrowLeft size={17} stroke={1.8} />
    </IconButton>
  );
  if (thread) return <Thread thread={thread} noun={noun} back={back} />;
  return (
    <div className={css.panel}>
      <div className={css.bar}>{back}</div>
      <Trouble />
      {snapshot.reached || snapshot.trouble !== null || away ? (
        <EmptyState size="tile" level={3} title="This thread is not here">
          It was deleted, or the link is of another document.
        </EmptyState>
      ) : (
        <ListSkeleton rows={3} />
      )}
    </div>
  );
}

function Thread({ thread, noun, back }: { thread: ThreadView; noun: string; back: ReactNode }) {
  const { documentId } = useSession();
  const { conversation, anchors } = useTalk();
  const { anchor } = thread;
  const now = useNow();
  const mayWrite = useMayWrite();
  const firstNew = useSeen(thread);
  const end = useRef<HTMLDivElement>(null);
  const link = `${location.origin}/d/${documentId}?thread=${thread.id}`;
  const there = anchor !== null && anchors.nameOf(anchor) !== null;

  const count = thread.messages.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the newest message comes into view when there is one more
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);

  return (
    <div className={css.panel}>
      <div className={css.bar}>
        {back}
        <span className={css.barName}>
          {anchor === null ? (
            <span className={css.whole}>On the whole {noun}</span>
          ) : there ? (
            <button type="button" className={css.show} onClick={() => anchors.show(anchor)}>
              <AnchorName anchor={anchor} />
            </button>
          ) : (
            <AnchorName anchor={anchor} />
          )}
        </span>
        <CopyButton value={link} timeout={1_500}>
          {({ copied, copy }) => (
            <IconButton label={copied ? 'Link copied' : 'Copy link to this thread'} size={28} onClick={copy}>
              {copied ? <IconCheck size={16} stroke={2} /> : <IconLink size={16} stroke={1.8} />}
            </IconButton>
          )}
        </CopyButton>
        {mayWrite && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={
              thread.resolved ? <IconRotate size={14} stroke={1.8} /> : <IconCheck size={14} stroke={2} />
            }
            onClick={() => attempt(conversation?.resolve(thread.id, !thread.resolved))}
          >
            {thread.resolved ? 'Reopen' : 'Resolve'}
          </Button>
        )}
      </div>
      <Trouble />
      {thread.resolved && (
        <p className={css.resolved} role="status">
          <IconCheck size={14} stroke={2} aria-hidden />
          Resolved{thread.resolvedBy && ` by ${thread.resolvedBy}`}
        </p>
      )}
      <div className={css.grow}>
        <ol className={css.messages} aria-label="Messages">
          {thread.messages.map((message) => (
            <Fragment key={message.id}>
              {message.id === firstNew && (
                <li className={css.newLine}>
                  <span>New</span>
                </li>
              )}
              <MessageItem thread={thread.id} message={message} now={now} mayWrite={mayWrite} />
            </Fragment>
          ))}
        </ol>
        <div ref={end} />
      </div>
      {mayWrite && conversation && (
        <div className={css.foot}>
          <Composer
            label={thread.resolved ? 'Reply and reopen' : 'Reply'}
            send="Reply"
            draft={thread.id}
            onSend={(said) => conversation.answer(thread.id, said)}
          />
        </div>
      )}
    </div>
  );
}
