import css from './undo-toast.module.css';

/** The body of a toast about something that can be taken back. */
export function UndoToast({ text, onUndo }: { text: string; onUndo: () => void }) {
  return (
    <span className={css.root}>
      <span className={css.text}>{text}</span>
      <button type="button" className={css.undo} onClick={onUndo}>
        Undo
      </button>
    </span>
  );
}
