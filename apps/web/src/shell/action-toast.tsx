import css from './action-toast.module.css';

interface Props {
  text: string;
  action: string;
  onAction: () => void;
}

/** The body of a toast that offers one thing to do next. */
export function ActionToast({ text, action, onAction }: Props) {
  return (
    <span className={css.root}>
      <span className={css.text}>{text}</span>
      <button type="button" className={css.action} onClick={onAction}>
        {action}
      </button>
    </span>
  );
}
