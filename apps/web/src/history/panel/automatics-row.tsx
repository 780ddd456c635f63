import { IconChevronRight } from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { HistoryItem } from '../../api/history.ts';
import { HistoryRow } from './history-row.tsx';
import css from './panel.module.css';

interface Props {
  items: readonly Extract<HistoryItem, { type: 'automatic' }>[];
  isCurrent: (item: HistoryItem) => boolean;
}

/** Automatic versions as one line that can be unfolded. */
export function AutomaticsRow({ items, isCurrent }: Props) {
  const [open, setOpen] = useState(false);
  const list = useId();
  return (
    <li className={css.automatics}>
      <button
        type="button"
        className={css.fold}
        aria-expanded={open}
        aria-controls={list}
        data-history-item
        onClick={() => setOpen(!open)}
      >
        <IconChevronRight size={14} stroke={1.8} aria-hidden />
        {items.length === 1 ? '1 automatic version' : `${items.length} automatic versions`}
      </button>
      <ul id={list} className={css.entries} hidden={!open}>
        {open &&
          items.map((item) => (
            <HistoryRow key={item.id} item={item} before={null} current={isCurrent(item)} describe={silent} />
          ))}
      </ul>
    </li>
  );
}

const silent = () => '';
