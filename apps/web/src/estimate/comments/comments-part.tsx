import { IconMessages } from '@tabler/icons-react';
import { CommentsTab, useUnread } from '../../conversation/comments-tab.tsx';
import { useSelection } from '../context.ts';
import type { PanelPart } from '../panels.ts';

function Comments() {
  // Rendered again with the selection.
  useSelection();
  return <CommentsTab noun="estimate" />;
}

/** The conversation, in the panel beside the grid. */
export const commentsPart: PanelPart = {
  name: 'comments',
  label: 'Comments',
  icon: IconMessages,
  Panel: Comments,
  useCount: useUnread,
};
