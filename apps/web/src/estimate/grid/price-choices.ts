import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { addLines, type CellWrite } from '@tidemark/documents/estimate';
import { formatPrice } from '@tidemark/estimating';
import { itemsQuery, type PriceItem } from '../../api/price-list.ts';
import { perUnit } from '../../price-list/field-text.ts';
import { lineOfItem } from '../price-list/lines.ts';
import type { Choice } from './choices.ts';
import type { ColumnName } from './columns.ts';
import { write } from './edit.ts';
import { type Grid, goTo, say } from './grid.ts';
import type { Place } from './selection.ts';
import { rowAt } from './sheet.ts';

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
    retry: false,
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

/** Puts an item into a line as one step; its quantity stays. Where a line is begun, it begins with the item. */
export function takeItem(grid: Grid, { row, column }: Place, item: PriceItem): void {
  const { currency } = grid.reader.view().meta;
  const found = rowAt(grid.sheet(), row);
  const { qty: _, ...fields } = lineOfItem(item, 0, currency);
  if (found?.type === 'add-line') {
    grid.store.set({ editing: null, problem: null });
    const [id] = addLines(grid.editor, { group: found.group }, [fields], `Insert ${item.name}`) ?? [];
    if (id !== undefined) goTo(grid, id, 'qty');
  } else if (found?.type === 'line') {
    const cells = Object.entries(fields).map(
      ([name, value]) => ({ id: row, column: name, value }) as CellWrite,
    );
    // A price in another currency is none of this estimate's: the one that stands here stays.
    const own = item.currency === currency ? cells : cells.filter((cell) => cell.column !== 'unitCost');
    write(grid, own, `Insert ${item.name}`);
    grid.store.draft = column === 'code' ? item.code : item.name;
  }
  if (item.currency !== currency)
    say(grid, `${item.name} is priced in ${item.currency}: its unit cost was not taken.`);
}
