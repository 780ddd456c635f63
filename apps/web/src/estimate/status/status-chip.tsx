import { useDesk, useView } from '../context.ts';
import css from './status.module.css';
import { statusName } from './status-words.ts';

/** Where the estimate stands; it opens the versions, where that is changed. */
export function StatusChip() {
  const status = useView((view) => view.meta.status);
  const { open } = useDesk();
  return (
    <button
      type="button"
      className={css.chip}
      data-status={status.is}
      title="Status and versions"
      onClick={() => open('versions')}
    >
      <span className={css.hidden}>Status: </span>
      {statusName(status)}
    </button>
  );
}
