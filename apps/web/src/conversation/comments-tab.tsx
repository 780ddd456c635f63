import { Button } from '@mantine/core';
import { IconMessagePlus } from '@tabler/icons-react';
import css from './comments-tab.module.css';
import { useTalk } from './context.ts';
import { ConversationPanel } from './conversation-panel.tsx';

/** The conversation in a panel; what is selected is offered to be talked about. Rendered again with the selection by its owner. */
export function CommentsTab({ noun }: { noun: 'diagram' | 'estimate' }) {
  const { anchors, desk, discuss } = useTalk();
  const selected = anchors.current();
  const offered = desk.thread === null && selected !== null && selected.id !== desk.about?.id;
  return (
    <>
      {offered && (
        <Button
          fullWidth
          variant="default"
          size="xs"
          className={css.offer}
          leftSection={<IconMessagePlus size={15} stroke={1.8} />}
          onClick={() => discuss(selected)}
        >
          <span className={css.words}>Comment on {selected.label}</span>
        </Button>
      )}
      <ConversationPanel noun={noun} />
    </>
  );
}

export function useUnread(): number | null {
  const { threads } = useTalk();
  return threads.reduce((sum, { unread }) => sum + unread, 0) || null;
}
