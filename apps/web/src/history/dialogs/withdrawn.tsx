import { IconEye } from '@tabler/icons-react';
import css from '../../editor/question.module.css';

/** In a dialog whose right went while it was open: it stays, with what was written in it, and says why it can't be done. */
export function Withdrawn({ children }: { children: string }) {
  return (
    <p className={css.problem} role="status">
      <IconEye size={16} stroke={1.8} aria-hidden />
      {children}
    </p>
  );
}
