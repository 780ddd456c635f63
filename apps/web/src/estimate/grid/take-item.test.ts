import { setCells } from '@tidemark/documents/estimate';
import { expect, test } from 'vitest';
import type { PriceItem } from '../../api/price-list.ts';
import { commit, typed } from './edit.ts';
import { testGrid } from './grid.testing.ts';
import { goTo } from './grid.ts';
import { addLineKey } from './sheet.ts';
import { takeItem } from './take-item.ts';

const coil: PriceItem = {
  id: 'item-1',
  code: 'N-8',
  name: 'Coil nails',
  unit: 'box',
  unitCost: 385_000,
  currency: 'USD',
  kind: 'mat',
  wasteBp: 500,
  category: 'Fasteners',
  note: '',
  revision: 1,
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: null,
  archivedAt: null,
};

test('GRID-43: an item that is chosen while a line is described fills it as one step, and leaves its quantity', () => {
  const t = testGrid();
  const [, nails] = t.first;
  const now = () => t.grid.reader.view().lines.get(nails!);
  setCells(t.grid.editor, [{ id: nails!, column: 'unitCost', value: 20_000, calc: '1+1' }]);
  goTo(t.grid, nails!, 'name');
  typed(t.grid, 'coi');
  takeItem(t.grid, { row: nails!, column: 'name' }, coil);
  commit(t.grid, 'stay');
  const { code, name, unit, unitCost, kind, wasteBp } = coil;
  expect(now()).toMatchObject({
    code,
    name,
    unit,
    unitCost,
    kind,
    wasteBp,
    item: 'item-1',
    qty: 2_000_000,
    calc: {},
  });
  t.grid.undo.undo();
  expect(now()).toMatchObject({ name: 'Nails', unitCost: 20_000, item: null, calc: { unitCost: '1+1' } });
});

test('GRID-43: where a line is begun it begins with the item, and its quantity is next', () => {
  const t = testGrid();
  const { id } = t.grid.reader.view().groups[0]!;
  goTo(t.grid, addLineKey(id), 'name');
  typed(t.grid, 'coi');
  takeItem(t.grid, t.grid.store.get().selection!.active, coil);
  const line = t.grid.reader.view().sections[0]!.lines.at(-1)!;
  expect(line).toMatchObject({ name: 'Coil nails', unitCost: 385_000, qty: 0, item: 'item-1' });
  expect(t.grid.store.get()).toMatchObject({
    editing: null,
    selection: { active: { row: line.id, column: 'qty' } },
  });
});

test('GRID-43: a price in another currency is never taken for one of the estimate', () => {
  const t = testGrid();
  const [, nails] = t.first;
  takeItem(t.grid, { row: nails!, column: 'name' }, { ...coil, currency: 'EUR' });
  expect(t.grid.reader.view().lines.get(nails!)).toMatchObject({ name: 'Coil nails', unitCost: 100_000 });
  expect(t.grid.store.get().said?.text).toContain('priced in EUR');
});
