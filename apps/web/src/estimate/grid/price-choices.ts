import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { formatPrice } from '@tidemark/estimating';
import { itemsQuery } from '../../api/price-list.ts';
import { perUnit } from '../../price-list/field-text.ts';
import type { Choice } from './choices.ts';
import type { ColumnName } from './columns.ts';
import type { Grid } from './grid.ts';
import type { Place } from './selection.ts';
import { rowAt } from './sheet.ts';
import { takeItem } from './take-item.ts';

/** Letters from which the price list is asked, the pause in typing after which it is, and how many items are offered. */
const fewest = 2;
const pause = 120;
const offered = 6;

/** Items of the price list that begin so, where a line is described or coded. `query`: what was typed; null: nothing. */
export function usePriceChoices(grid: Grid, { row, column }: Place, query: string | null): readonly Choice[] {
  const typed = (query ?? '').trim();
  const [q] = useDebouncedValue(typed, pause);
  const enabled = typed.length >= fewest && q.length >= fewest && takesItems(grid, row, column);
  const { data, isPlaceholderData } = useInfiniteQuery({
    ...itemsQuery({ q, category: null, archived: false, sort: 'best', order: 'asc' }, offered),
    enabled,
    refetchInterval: false,
  });
  if (!enabled || isPlaceholderData) return [];
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return items.map((item) => ({
    key: item.id,
    text: item.name,
    note: [item.code, `${formatPrice(item.unitCost, item.currency)} ${perUnit(item.unit)}`]
      .filter(Boolean)
      .join(' · '),
    take: () => takeItem(grid, { row, column }, item),
  }));
}

function takesItems(grid: Grid, row: string, column: ColumnName): boolean {
  const type = rowAt(grid.sheet(), row)?.type;
  return type === 'add-line' || (type === 'line' && (column === 'name' || column === 'code'));
}
