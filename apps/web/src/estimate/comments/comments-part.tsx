import { Button } from '@mantine/core';
import { IconMessagePlus, IconMessages } from '@tabler/icons-react';
import { useTalk } from '../../conversation/context.ts';
import { ConversationPanel } from '../../conversation/conversation-panel.tsx';
import { useSelection } from '../context.ts';
import type { PanelPart } from '../panels.ts';
import css from './comments-part.module.css';

function CommentsTab() {
  const { anchors, desk, discuss } = useTalk();
  // Rendered again with the selection, which `current` reads.
  useSelection();
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
      <ConversationPanel noun="estimate" />
    </>
  );
}

function useUnread(): number | null {
  const { threads } = useTalk();
  return threads.reduce((sum, { unread }) => sum + unread, 0) || null;
}

/** The conversation, in the panel beside the grid. */
export const commentsPart: PanelPart = {
  name: 'comments',
  label: 'Comments',
  icon: IconMessages,
  Panel: CommentsTab,
  useCount: useUnread,
};
