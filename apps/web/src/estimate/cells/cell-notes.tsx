import type { DraftField } from '../../editor/use-draft.ts';
import css from './cell.module.css';

/** Who has a cell open on another screen. */
export interface Holder {
  readonly name: string;
  readonly colour: string;
}

interface Props {
  id: string;
  field: DraftField;
  value: string;
  holder: Holder | undefined;
}

/** Beside a cell: who else is in it, why what is typed can't stand, what others wrote meanwhile. */
export function CellNotes({ id, field, value, holder }: Props) {
  return (
    <>
      {holder && (
        <span className={css.holder} aria-hidden>
          {holder.name}
        </span>
      )}
      {field.error !== null && (
        <span className={css.note} id={id} role="alert">
          {field.error}
        </span>
      )}
      {field.error === null && field.overtaken && (
        <span className={css.note} data-tone="warn" id={id} role="status">
          Others changed this to “{value.slice(0, 60) || 'nothing'}”. Enter keeps yours, Esc takes theirs.
        </span>
      )}
    </>
  );
}
