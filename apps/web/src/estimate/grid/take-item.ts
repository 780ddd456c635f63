import { addLines, type CellWrite } from '@tidemark/documents/estimate';
import type { PriceItem } from '../../api/price-list.ts';
import { lineOfItem } from '../price-list/lines.ts';
import { write } from './edit.ts';
import { type Grid, goTo, say } from './grid.ts';
import type { Place } from './selection.ts';
import { rowAt } from './sheet.ts';

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
