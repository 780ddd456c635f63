import { describe, expect, test } from 'vitest';
import type { ItemFields, PriceItem } from '../api/price-list.ts';
import { blankDraft, changesOf, clashesOf, draftOf, itemOfDraft } from './item-draft.ts';

const shingles: ItemFields = {
  code: 'SH-1',
  name: 'Shingles',
  unit: 'bundle',
  unitCost: 385_000,
  currency: 'USD',
  kind: 'mat',
  wasteBp: 1_000,
  category: 'Roof',
  note: '',
};
const kept = (fields: Partial<ItemFields>): PriceItem => ({
  ...shingles,
  id: 'a',
  revision: 2,
  updatedAt: '2026-01-01T00:00:00.000Z',
  updatedBy: null,
  archivedAt: null,
  ...fields,
});

describe('an item as it is typed', () => {
  test('what is shown reads back as what it was', () => {
    for (const unitCost of [385_000, 7_200, 1, -12_345, 123_456_789_012]) {
      const item = { ...shingles, unitCost };
      expect(itemOfDraft(draftOf(item))).toEqual({ item });
    }
  });

  test('says of every field what is wrong with it', () => {
    const draft = { ...blankDraft('USD', ''), waste: '-5%' };
    expect(itemOfDraft(draft)).toEqual({
      problems: {
        name: 'What is it called?',
        unitCost: 'What does it cost?',
        waste: 'Waste is 0 to 1000 %.',
      },
    });
  });

  test('takes no amount that says another currency', () => {
    const draft = { ...draftOf(shingles), unitCost: '€38.50' };
    expect(itemOfDraft(draft)).toEqual({
      problems: { unitCost: '€ is another currency: amounts here are in USD.' },
    });
    expect(itemOfDraft({ ...draft, currency: 'EUR' })).toEqual({ item: { ...shingles, currency: 'EUR' } });
  });

  test('PRICE-3 two changes of one item clash where both are of one field, and nowhere else', () => {
    const mine = changesOf(shingles, { ...shingles, unitCost: 410_000, note: 'mine' });
    expect(mine).toEqual({ unitCost: 410_000, note: 'mine' });
    expect(clashesOf(shingles, kept({ name: 'Laminated' }), mine)).toEqual([]);
    expect(clashesOf(shingles, kept({ unitCost: 410_000 }), mine)).toEqual([]);
    expect(clashesOf(shingles, kept({ unitCost: 399_000 }), mine)).toEqual([
      { field: 'unitCost', seen: 385_000, theirs: 399_000, mine: 410_000 },
    ]);
  });
});
