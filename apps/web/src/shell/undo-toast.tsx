import { ActionToast } from './action-toast.tsx';

/** The body of a toast about something that can be taken back. */
export function UndoToast({ text, onUndo }: { text: string; onUndo: () => void }) {
  return <ActionToast text={text} action="Undo" onAction={onUndo} />;
}
