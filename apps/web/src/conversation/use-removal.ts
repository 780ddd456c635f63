import { notifications } from '@mantine/notifications';
import { createElement, useCallback } from 'react';
import { UndoToast } from '../shell/undo-toast.tsx';
import { attempt } from './attempt.ts';
import { useTalk } from './context.ts';
import { undoableMs } from './conversation.ts';

/** Deletes a message with a notice that takes it back. */
export function useRemoval(thread: string, message: string): () => Promise<void> {
  const { conversation, threads } = useTalk();
  const unsent = threads
    .find(({ id }) => id === thread)
    ?.messages.some(({ id, pending }) => id === message && pending?.what === 'say');
  return useCallback(async () => {
    if (!conversation) return;
    const undo = await conversation.remove(thread, message);
    // What nobody has seen is gone at once.
    if (unsent) return;
    const id = `deleted-${message}`;
    notifications.show({
      id,
      autoClose: undoableMs,
      message: createElement(UndoToast, {
        text: 'The message was deleted',
        onUndo: () => {
          notifications.hide(id);
          attempt(undo());
        },
      }),
    });
  }, [conversation, thread, message, unsent]);
}
