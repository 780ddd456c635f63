import { kinds } from '@tidemark/documents';
import { addGroup, addLines, estimate, setCells } from '@tidemark/documents/estimate';
import { createEditor, createReader, createUndo } from '@tidemark/documents/records';
import { calculate } from '@tidemark/estimating';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Component, PriceItem } from '../../api/price-list.ts';
import { lineOfItem, linesOfAssembly } from './lines.ts';
import { insertionAt, insertionAtRow } from './place.ts';
import { differencesOf, itemsIn, withUnitCosts } from './price-differences.ts';

const million = 1_000_000;
const ids = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(8));

function priceItem(id: string, fields: Partial<PriceItem> = {}): PriceItem {
  return {
    id,
    code: 'SH-1',
    name: 'Shingles',
    unit: 'bundle',
    unitCost: 385_000,
    currency: 'USD',
    kind: 'mat',
    wasteBp: 1_000,
    category: 'Roof',
    note: '',
    revision: 1,
    updatedAt: '2026-01-01T00:00:00.000Z',
    updatedBy: null,
    archivedAt: null,
    ...fields,
  };
}

function component(quantity: number, fields: Partial<Component>): Component {
  return {
    id: 'x',
    itemId: null,
    item: null,
    line: null,
    wasteBp: null,
    wholeUnits: false,
    quantity,
    ...fields,
  };
}

/** Two sections; the first with two lines. */
function house() {
  const doc = new Y.Doc();
  kinds.estimate.seed(doc, 'House');
  const editor = createEditor(doc, estimate.schema, 'ana');
  const reader = createReader(doc, estimate);
  const roof = addGroup(editor, 'Roof') ?? '';
  const walls = addGroup(editor, 'Walls') ?? '';
  const [felt = '', nails = ''] =
    addLines(editor, { group: roof }, [
      { name: 'Felt', qty: 2 * million, unitCost: 320_000, item: ids[0] ?? null },
      { name: 'Nails', qty: 3 * million, unitCost: 420_000, item: ids[1] ?? null },
    ]) ?? [];
  return { editor, reader, view: () => reader.view(), roof, walls, felt, nails };
}

describe('where lines of the price list go', () => {
  test('below the line that is chosen, last in the section that is', () => {
    const { view, roof, walls, felt, nails } = house();
    expect(insertionAt(view(), felt, null)).toEqual({
      place: { group: roof, before: nails },
      words: 'below “Felt”',
    });
    expect(insertionAt(view(), nails, null).place).toEqual({ group: roof, before: null });
    expect(insertionAt(view(), walls, null)).toEqual({ place: { group: walls }, words: 'in “Walls”' });
  });

  test('with nothing chosen last in the section of before, else in the last one, else without a section', () => {
    const { view, roof, walls, felt } = house();
    expect(insertionAt(view(), null, felt).place).toEqual({ group: roof });
    expect(insertionAt(view(), 'gone', null).place).toEqual({ group: walls });
    expect(insertionAt(view(), null, 'gone').place).toEqual({ group: walls });
    expect(insertionAt({ ...view(), groups: [], sections: [] }, null, null).place).toEqual({ group: null });
  });

  test('a row of the grid says it by its key', () => {
    const { view, roof, walls, felt, nails } = house();
    expect(insertionAtRow(view(), felt)?.place).toEqual({ group: roof, before: nails });
    expect(insertionAtRow(view(), `#${walls}`)?.place).toEqual({ group: walls });
    expect(insertionAtRow(view(), `+${walls}#`)?.place).toEqual({ group: walls });
    expect(insertionAtRow(view(), '+#')?.place).toEqual({ group: null });
    expect(insertionAtRow(view(), '+')).toBeNull();
  });
});

describe('what an item or an assembly comes to', () => {
  test('PRICE-11 a line remembers its item; a price in another currency is left at nothing', () => {
    expect(lineOfItem(priceItem('i'), million, 'USD')).toEqual({
      code: 'SH-1',
      name: 'Shingles',
      unit: 'bundle',
      kind: 'mat',
      unitCost: 385_000,
      wasteBp: 1_000,
      qty: million,
      item: 'i',
    });
    expect(lineOfItem(priceItem('i'), million, 'EUR')).toMatchObject({ unitCost: 0, item: 'i' });
  });

  test('PRICE-11 an assembly is inserted as it was shown, as one step that undo takes back', () => {
    const { editor, reader, view, roof } = house();
    const undo = createUndo(editor);
    const lines = linesOfAssembly(
      {
        components: [
          component(3 * million, { itemId: 'i', item: priceItem('i'), wholeUnits: true }),
          component(1.5 * million, {
            line: { code: '', name: 'Labour', unit: 'h', unitCost: 580_000, currency: 'USD', kind: 'lab' },
            wasteBp: 500,
          }),
          component(million, { itemId: 'e', item: priceItem('e', { currency: 'EUR' }) }),
          component(million, { itemId: 'lost' }),
        ],
      },
      24.5 * million,
      'USD',
    );
    // 24.5 × 3 × 1.1 = 80.85 bundles; 36.75 h and 5 %.
    expect(lines?.map(({ qty, wasteBp, amount }) => [qty / million, wasteBp, amount])).toEqual([
      [81, 0, 31_185_000],
      [36.75, 500, 22_380_800],
      [24.5, 1_000, null],
    ]);
    const before = calculate(view()).base;
    const added =
      addLines(
        editor,
        { group: roof },
        (lines ?? []).map(({ input }) => input),
      ) ?? [];
    expect(calculate(view()).base - before).toBe(31_185_000 + 22_380_800);
    expect(added.map((id) => view().lines.get(id)?.item)).toEqual(['i', null, 'e']);
    undo.undo();
    expect(reader.view().lines.size).toBe(2);
  });
});

describe('PRICE-12 prices brought up to date', () => {
  test('says which differ, which are the same, gone, or in another currency', () => {
    const { editor, view, felt, nails, roof } = house();
    const [first = '', second = '', third = '', fourth = ''] = ids;
    addLines(editor, { group: roof }, [
      { name: 'Old', item: third },
      { name: 'Theirs', item: fourth },
      { name: 'By hand', unitCost: 1 },
    ]);
    expect(itemsIn(view())).toEqual(ids);
    const found = differencesOf(
      view(),
      new Map([
        [first, priceItem(first, { unitCost: 350_000 })],
        [second, priceItem(second, { unitCost: 420_000 })],
        [third, priceItem(third, { archivedAt: '2026-01-01T00:00:00.000Z' })],
        [fourth, priceItem(fourth, { currency: 'EUR' })],
      ]),
    );
    expect(found.changed.map(({ line, change }) => [line.id, change])).toEqual([[felt, 60_000]]);
    expect(found.same).toBe(1);
    expect(found.gone.map(({ name }) => name)).toEqual(['Old']);
    expect(found.foreign.map(({ line }) => line.name)).toEqual(['Theirs']);
    expect(differencesOf(view(), new Map()).gone).toHaveLength(4);
    expect(view().lines.get(nails)?.unitCost).toBe(420_000);
  });

  test('the bid that is shown before is the bid that is there after, and undo brings the old one back', () => {
    const { editor, view, felt, nails } = house();
    const undo = createUndo(editor);
    const before = calculate(view());
    const costs = new Map([
      [felt, 350_001],
      [nails, 417_777],
    ]);
    const promised = calculate(withUnitCosts(view(), costs));
    expect(promised.bid).not.toBe(before.bid);
    setCells(
      editor,
      [...costs].map(([id, value]) => ({ id, column: 'unitCost' as const, value })),
      'Update prices',
    );
    expect(calculate(view()).bid).toBe(promised.bid);
    undo.undo();
    expect(calculate(view()).bid).toBe(before.bid);
  });
});
