import type { ItemSort } from '../api/price-list.ts';

/** What the address of the page says is shown. What is left out is the default. */
export interface PriceSearchParams {
  tab?: 'assemblies' | undefined;
  q?: string | undefined;
  category?: string | undefined;
  archived?: true | undefined;
  sort?: ItemSort | undefined;
  order?: 'desc' | undefined;
}

const sorts = ['name', 'code', 'category', 'unitCost', 'updatedAt'] as const satisfies readonly ItemSort[];
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

export function readPriceSearch(search: Record<string, unknown>): PriceSearchParams {
  const q = text(search.q);
  const sort = sorts.find((one) => one === search.sort);
  return {
    ...(search.tab === 'assemblies' ? { tab: 'assemblies' as const } : {}),
    ...(q ? { q } : {}),
    // '' is that of what has no category.
    ...(typeof search.category === 'string' ? { category: search.category } : {}),
    ...(search.archived === true || search.archived === 'true' ? { archived: true as const } : {}),
    ...(sort ? { sort } : {}),
    ...(search.order === 'desc' ? { order: 'desc' as const } : {}),
  };
}
