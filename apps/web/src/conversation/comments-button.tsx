import { Indicator } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { IconButton } from '@tidemark/ui';
import tools from '../editor/tools.module.css';
import { useTalk } from './context.ts';

/** Opens the conversation, and says how much of it is open and new. */
export function CommentsButton({
  size,
  pressed,
  onClick,
}: {
  size: number;
  pressed: boolean;
  onClick: () => void;
}) {
  const { threads } = useTalk();
  const open = threads.filter(({ resolved }) => !resolved).length;
  const unread = threads.reduce((sum, thread) => sum + thread.unread, 0);
  const words = [open > 0 ? `${open} open` : '', unread > 0 ? `${unread} unread` : ''].filter(Boolean);
  return (
    <Indicator
      label={unread > 0 ? unread : open}
      size={15}
      disabled={open === 0 && unread === 0}
      offset={5}
      {...(unread > 0 ? {} : { color: 'var(--tm-line-strong)' })}
      classNames={{ indicator: unread > 0 ? tools.count : tools.calm }}
    >
      <IconButton
        label={['Comments', ...words].join(', ')}
        size={size}
        aria-pressed={pressed}
        onClick={onClick}
      >
        <IconMessages size={18} stroke={1.7} />
      </IconButton>
    </Indicator>
  );
}
