import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { formatPrice, formatRate } from '@tidemark/estimating';
import { Table } from '@tidemark/ui';
import type { ItemSort, PriceItem } from '../api/price-list.ts';
import { timeAgo, timeInFull } from '../shell/time.ts';
import { perUnit } from './field-text.ts';
import css from './price-table.module.css';

interface Props {
  items: readonly PriceItem[];
  sort: ItemSort;
  order: 'asc' | 'desc';
  chosen: string | null;
  onSort: (sort: ItemSort) => void;
  onOpen: (item: PriceItem) => void;
}

const columns: readonly { sort: ItemSort | null; label: string; number?: true; wide?: true }[] = [
  { sort: 'code', label: 'Code', wide: true },
  { sort: 'name', label: 'Name' },
  { sort: 'category', label: 'Category', wide: true },
  { sort: null, label: 'Unit', wide: true },
  { sort: 'unitCost', label: 'Unit cost', number: true },
  { sort: null, label: 'Waste', number: true, wide: true },
  { sort: 'updatedAt', label: 'Changed', wide: true },
];

/** What things cost, a row each; the whole row opens the item. */
export function ItemsTable({ items, sort, order, chosen, onSort, onOpen }: Props) {
  return (
    <Table aria-label="Items">
      <thead>
        <tr>
          {columns.map((column) => (
            <th
              key={column.label}
              scope="col"
              data-number={column.number}
              data-wide={column.wide}
              aria-sort={column.sort === sort ? (order === 'asc' ? 'ascending' : 'descending') : undefined}
            >
              {column.sort === null ? (
                column.label
              ) : (
                <SortButton {...column} sort={column.sort} now={sort} order={order} onSort={onSort} />
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.id} data-link data-chosen={item.id === chosen || undefined}>
            <td data-wide className={css.code}>
              {item.code}
            </td>
            <th scope="row">
              <button type="button" data-opens onClick={() => onOpen(item)}>
                {item.name}
              </button>
              {item.note !== '' && (
                <span data-sub data-wide>
                  {item.note}
                </span>
              )}
              <span data-narrow>{[item.code, item.category].filter(Boolean).join(' · ')}</span>
            </th>
            <td data-wide className={css.soft}>
              {item.category}
            </td>
            <td data-wide className={css.soft}>
              {item.unit}
            </td>
            <td data-number>
              {formatPrice(item.unitCost, item.currency)}
              <span data-narrow>{perUnit(item.unit)}</span>
            </td>
            <td data-number data-wide className={css.soft}>
              {item.wasteBp === 0 ? '' : formatRate(item.wasteBp)}
            </td>
            <td data-wide className={css.soft}>
              <time
                dateTime={item.updatedAt}
                title={[timeInFull(item.updatedAt), item.updatedBy?.name].filter(Boolean).join(', ')}
              >
                {timeAgo(item.updatedAt)}
              </time>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

interface SortProps {
  label: string;
  sort: ItemSort;
  now: ItemSort;
  order: 'asc' | 'desc';
  onSort: (sort: ItemSort) => void;
}

function SortButton({ label, sort, now, order, onSort }: SortProps) {
  const Arrow = order === 'asc' ? IconArrowUp : IconArrowDown;
  return (
    <button type="button" className={css.sort} onClick={() => onSort(sort)}>
      {label}
      {sort === now && <Arrow size={13} stroke={2} aria-hidden />}
    </button>
  );
}
