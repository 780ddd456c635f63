import { Button, Menu } from '@mantine/core';
import { IconClock, IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { Avatar, IconButton } from '@tidemark/ui';
import { useState } from 'react';
import { useSession } from '../editor/context.ts';
import { colourOf } from '../shell/colour.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { attempt } from './attempt.ts';
import { Composer } from './composer.tsx';
import { useTalk } from './context.ts';
import css from './message.module.css';
import { MessageWords } from './message-words.tsx';
import type { MessageView } from './threads.ts';
import { useRemoval } from './use-removal.ts';

interface Props {
  thread: string;
  message: MessageView;
  now: number;
  mayWrite: boolean;
}

/** One message: whose, when, what, what of it waits, and what its author can do with it. */
export function MessageItem({ thread, message, now, mayWrite }: Props) {
  const { me } = useSession();
  const { conversation } = useTalk();
  const [editing, setEditing] = useState(false);
  const remove = useRemoval(thread, message.id);
  const { author, pending } = message;
  if (message.deleted) {
    return (
      <li className={css.message} data-deleted>
        <p className={css.gone}>A message of {author.name} was deleted.</p>
      </li>
    );
  }
  return (
    <li className={css.message} data-message={message.id} data-unread={message.unread || undefined}>
      <Avatar
        person={{ id: author.id ?? '', name: author.name, colour: colourOf(author.id ?? '') }}
        size={26}
      />
      <div className={css.body}>
        <div className={css.head}>
          <span className={css.author}>{author.name}</span>
          <time className={css.time} dateTime={message.at} title={timeInFull(message.at)}>
            {timeAgo(message.at, now)}
          </time>
          {message.edited && <span className={css.time}>edited</span>}
          {message.mine && mayWrite && !editing && (
            <span className={css.menu}>
              <Menu position="bottom-end" width={150}>
                <Menu.Target>
                  <IconButton label="Actions for your message" hint="Actions" size={24}>
                    <IconDots size={15} stroke={1.8} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    leftSection={<IconPencil size={16} stroke={1.7} />}
                    onClick={() => setEditing(true)}
                  >
                    Edit
                  </Menu.Item>
                  <Menu.Item
                    data-danger
                    leftSection={<IconTrash size={16} stroke={1.7} />}
                    onClick={() => attempt(remove())}
                  >
                    Delete
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </span>
          )}
        </div>
        {editing ? (
          <Composer
            label="Edit your message"
            send="Save"
            autoFocus
            initial={{ text: message.text, mentions: message.mentions }}
            onCancel={() => setEditing(false)}
            onSend={async (said) => {
              await conversation?.edit(thread, message.id, said);
              setEditing(false);
            }}
          />
        ) : (
          <MessageWords text={message.text} mentions={message.mentions} me={me.id} />
        )}
        {pending && <Pending pending={pending} />}
      </div>
    </li>
  );
}

const outcome = { say: 'sent', edit: 'changed', remove: 'deleted' } as const;

/** What has not reached the server: it will, or it was refused and waits for its author. */
function Pending({ pending: { key, what, refused } }: { pending: NonNullable<MessageView['pending']> }) {
  const { conversation } = useTalk();
  if (refused === null) {
    return (
      <p className={css.waits}>
        <IconClock size={13} stroke={1.8} aria-hidden />
        {what === 'say' ? 'Will be sent' : 'The change will be sent'}
      </p>
    );
  }
  return (
    <div className={css.refused} role="alert">
      <p>
        Not {outcome[what]}: {refused}
      </p>
      <div className={css.ways}>
        <Button size="compact-xs" variant="default" onClick={() => attempt(conversation?.retry(key))}>
          Try again
        </Button>
        <Button size="compact-xs" variant="default" onClick={() => attempt(conversation?.discard(key))}>
          Discard
        </Button>
      </div>
    </div>
  );
}
