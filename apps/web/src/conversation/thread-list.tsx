import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconClock, IconMessages, IconX } from '@tabler/icons-react';
import { Avatar, EmptyState, IconButton, ListSkeleton } from '@tidemark/ui';
import { useState } from 'react';
import { colourOf } from '../shell/colour.ts';
import { timeAgo } from '../shell/time.ts';
import { useNow } from '../shell/use-now.ts';
import { AnchorName } from './anchor-name.tsx';
import { Composer } from './composer.tsx';
import { useTalk } from './context.ts';
import css from './conversation.module.css';
import { type Filter, filtered, type ThreadView } from './threads.ts';
import { Trouble, useAway, useMayWrite } from './trouble.tsx';

const nothing: Record<Filter, { title: string; words: string }> = {
  open: { title: 'No open comments', words: 'Write the first one below.' },
  resolved: { title: 'Nothing resolved yet', words: 'Threads that are settled are kept here.' },
  mine: { title: 'Nothing for you', words: 'Threads you write in, or in which somebody names you.' },
};

/** All threads, or those about one thing, and where a new one begins. */
export function ThreadList({ noun }: { noun: string }) {
  const { conversation, snapshot, threads, desk, anchors } = useTalk();
  const [filter, setFilter] = useState<Filter>('open');
  const now = useNow();
  const mayWrite = useMayWrite();
  const { about } = desk;
  const here = about === null ? threads : threads.filter(({ anchor }) => anchor?.id === about.id);
  const shown = filtered(here, filter);
  const count = (of: Filter) => filtered(here, of).length;
  const away = useAway();
  const waiting = !snapshot.reached && snapshot.trouble === null && !away && here.length === 0;
  const name = about && (anchors.nameOf(about) ?? about.label);
  const label = (of: Filter, word: string) => ({
    value: of,
    label: count(of) > 0 ? `${word} ${count(of)}` : word,
  });
  return (
    <div className={css.panel}>
      <SegmentedControl
        fullWidth
        aria-label="Which threads"
        value={filter}
        onChange={(next) => setFilter(next as Filter)}
        data={[label('open', 'Open'), label('resolved', 'Resolved'), label('mine', 'Mine')]}
      />
      {about && (
        <div className={css.about}>
          <span className={css.aboutName}>About {name}</span>
          <IconButton label="Show all threads" size={24} onClick={() => desk.narrow(null)}>
            <IconX size={14} stroke={1.8} />
          </IconButton>
        </div>
      )}
      <Trouble />
      <div className={css.grow}>
        {waiting ? (
          <ListSkeleton rows={3} />
        ) : shown.length === 0 ? (
          <EmptyState
            size="tile"
            level={3}
            icon={<IconMessages size={22} stroke={1.6} />}
            title={nothing[filter].title}
          >
            {nothing[filter].words}
          </EmptyState>
        ) : (
          <ul className={css.list} aria-label="Threads">
            {shown.map((thread) => (
              <ThreadCard
                key={thread.id}
                thread={thread}
                now={now}
                onOpen={() => desk.openThread(thread.id)}
              />
            ))}
          </ul>
        )}
      </div>
      {mayWrite && conversation && (
        <div className={css.foot}>
          <Composer
            key={about?.id ?? ''}
            label={name ? `Comment on ${name}` : `Comment on this ${noun}`}
            send="Comment"
            draft={about?.id ?? ''}
            autoFocus={about !== null}
            onSend={async (said) => {
              const anchor = about && { ...about, label: (name ?? about.label).slice(0, 200) };
              await conversation.begin(anchor, said);
              setFilter('open');
            }}
          />
        </div>
      )}
    </div>
  );
}

function ThreadCard({ thread, now, onOpen }: { thread: ThreadView; now: number; onOpen: () => void }) {
  const said = thread.messages.filter(({ deleted }) => !deleted);
  const [first] = said;
  const last = said.at(-1);
  if (!first || !last) return null;
  const answers = said.length - 1;
  return (
    <li>
      <button type="button" className={css.card} data-thread={thread.id} onClick={onOpen}>
        <Avatar
          person={{
            id: first.author.id ?? '',
            name: first.author.name,
            colour: colourOf(first.author.id ?? ''),
          }}
          size={26}
        />
        <span className={css.cardBody}>
          <span className={css.cardHead}>
            <span className={css.cardAuthor}>{first.author.name}</span>
            <span className={css.faint}>{timeAgo(last.at, now)}</span>
            {thread.unread > 0 && (
              <span className={css.dot}>
                <VisuallyHidden>{thread.unread} unread</VisuallyHidden>
              </span>
            )}
          </span>
          <AnchorName anchor={thread.anchor} />
          <span className={css.snippet} dir="auto">
            {first.text}
          </span>
          {(answers > 0 || thread.resolved || thread.waits) && (
            <span className={css.notes}>
              {answers > 0 && <span>{answers === 1 ? '1 reply' : `${answers} replies`}</span>}
              {thread.resolved && (
                <span className={css.note}>
                  <IconCheck size={13} stroke={2} aria-hidden /> Resolved
                </span>
              )}
              {thread.waits && (
                <span className={css.note}>
                  <IconClock size={13} stroke={1.8} aria-hidden /> Will be sent
                </span>
              )}
            </span>
          )}
        </span>
      </button>
    </li>
  );
}
