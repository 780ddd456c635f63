import type { ReactNode } from 'react';
import css from './dialog-foot.module.css';

interface Props {
  /** What the buttons will come to, said again whenever it changes. */
  words?: ReactNode;
  /** `warn`: the words say why it can't be done now. */
  tone?: 'warn';
  /** The buttons, the one that does it last. */
  children: ReactNode;
}

/** The end of a dialog: its last words and its buttons. */
export function DialogFoot({ words, tone, children }: Props) {
  return (
    <div className={css.foot}>
      {words !== undefined && (
        <p className={css.words} data-tone={tone} aria-live="polite">
          {words}
        </p>
      )}
      {children}
    </div>
  );
}
