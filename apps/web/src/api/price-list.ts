import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from './http.ts';

/** Money in ten-thousandths of the currency's unit, quantities in millionths, rates in basis points (docs/estimate.md). */

export type PriceKind = 'mat' | 'lab' | 'equip' | 'sub' | 'other';

export interface ItemFields {
  code: string;
  name: string;
  unit: string;
  unitCost: number;
  currency: string;
  kind: PriceKind;
  wasteBp: number;
  category: string;
  note: string;
}

interface Kept {
  id: string;
  /** Counts the changes; a change names the one that it has seen. */
  revision: number;
  updatedAt: string;
  updatedBy: { id: string; name: string } | null;
  archivedAt: string | null;
}

export type PriceItem = ItemFields & Kept;

export type OwnLine = Pick<ItemFields, 'code' | 'name' | 'unit' | 'unitCost' | 'currency' | 'kind'>;

export interface ComponentFields {
  id: string;
  itemId: string | null;
  line: OwnLine | null;
  /** Of it in one unit of the assembly. */
  quantity: number;
  /** Null: the item's own. */
  wasteBp: number | null;
  wholeUnits: boolean;
}

export type Component = ComponentFields & { item: PriceItem | null };

export interface AssemblyFields {
  name: string;
  unit: string;
  category: string;
  description: string;
  components: ComponentFields[];
}

export type Assembly = Omit<AssemblyFields, 'components'> & Kept & { components: Component[] };

export interface PriceChange {
  id: string;
  from: { unitCost: number; currency: string } | null;
  to: { unitCost: number; currency: string };
  at: string;
  by: { id: string; name: string } | null;
}

export interface PriceSummary {
  items: number;
  assemblies: number;
  archivedItems: number;
  archivedAssemblies: number;
  categories: { name: string; items: number }[];
  assemblyCategories: { name: string; assemblies: number }[];
  currency: string | null;
}

export type ItemSort = 'best' | 'name' | 'code' | 'category' | 'unitCost' | 'updatedAt';

export interface ItemFilter {
  q: string;
  /** Null: all; '': those without one. */
  category: string | null;
  archived: boolean;
  sort: ItemSort;
  order: 'asc' | 'desc';
}
export type AssemblyFilter = Pick<ItemFilter, 'q' | 'category' | 'archived'>;

export interface ImportedRow {
  /** Its place in what was sent. */
  row: number;
  fate: 'added' | 'changed' | 'same' | 'invalid';
  id: string | null;
  before: Partial<ItemFields>;
  after: Partial<ItemFields>;
  problems: Record<string, string>;
}
export interface ImportReport {
  rows: ImportedRow[];
  counts: Record<ImportedRow['fate'], number>;
}

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const address = '/api/price-list';
/** Everything of the price list: what a change makes stale. */
export const priceListKey = ['price-list'];
/** How often it is asked whether others have changed it, in milliseconds. */
const others = 10_000;

export const summaryQuery = queryOptions({
  queryKey: [...priceListKey, 'summary'],
  queryFn: ({ signal }) => request<PriceSummary>('GET', address, undefined, signal),
  refetchOnMount: 'always',
  refetchInterval: others,
});

function searchOf(filter: AssemblyFilter, cursor: string, limit: number): URLSearchParams {
  const search = new URLSearchParams({ limit: String(limit) });
  if (filter.q) search.set('q', filter.q);
  if (filter.category !== null) search.set('category', filter.category);
  if (filter.archived) search.set('archived', 'true');
  if (cursor) search.set('cursor', cursor);
  return search;
}

export const itemsQuery = (filter: ItemFilter, limit = 100) =>
  infiniteQueryOptions({
    queryKey: [...priceListKey, 'items', filter, limit],
    queryFn: ({ pageParam, signal }) => {
      const search = searchOf(filter, pageParam, limit);
      search.set('sort', filter.sort);
      search.set('order', filter.order);
      return request<Page<PriceItem>>('GET', `${address}/items?${search}`, undefined, signal);
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    refetchInterval: others,
  });

export const assembliesQuery = (filter: AssemblyFilter) =>
  infiniteQueryOptions({
    queryKey: [...priceListKey, 'assemblies', filter],
    queryFn: ({ pageParam, signal }) =>
      request<Page<Assembly>>(
        'GET',
        `${address}/assemblies?${searchOf(filter, pageParam, 50)}`,
        undefined,
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    refetchInterval: others,
  });

/** The prices that an item has had; asked for anew with each of its revisions. */
export const changesQuery = ({ id, revision }: PriceItem) =>
  queryOptions({
    queryKey: [...priceListKey, 'changes', id, revision],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) =>
      (await request<{ items: PriceChange[] }>('GET', `${address}/items/${id}/changes`, undefined, signal))
        .items,
  });

/** Every item of a filter, page by page: for a file. */
export async function allItems(filter: ItemFilter): Promise<PriceItem[]> {
  const items: PriceItem[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const search: URLSearchParams = searchOf(filter, cursor, 200);
    search.set('sort', filter.sort);
    search.set('order', filter.order);
    const page: Page<PriceItem> = await request('GET', `${address}/items?${search}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}

const perLookup = 1_000;

/** What these items cost now, archived ones too; those that the list does not know are left out. */
export async function lookupItems(ids: readonly string[]): Promise<ReadonlyMap<string, PriceItem>> {
  const found = new Map<string, PriceItem>();
  for (let i = 0; i < ids.length; i += perLookup) {
    const { items } = await request<{ items: PriceItem[] }>('POST', `${address}/lookup`, {
      ids: ids.slice(i, i + perLookup),
    });
    for (const item of items) found.set(item.id, item);
  }
  return found;
}

export const readItem = (id: string) => request<PriceItem>('GET', `${address}/items/${id}`);
export const createItem = (fields: ItemFields) => request<PriceItem>('POST', `${address}/items`, fields);
export const changeItem = (id: string, revision: number, fields: Partial<ItemFields>) =>
  request<PriceItem>('PATCH', `${address}/items/${id}`, { ...fields, revision });
export const archiveItem = (id: string) => request<void>('DELETE', `${address}/items/${id}`);
export const restoreItem = (id: string) => request<PriceItem>('POST', `${address}/items/${id}/restore`);

export const createAssembly = (fields: AssemblyFields) =>
  request<Assembly>('POST', `${address}/assemblies`, fields);
export const changeAssembly = (id: string, revision: number, fields: Partial<AssemblyFields>) =>
  request<Assembly>('PATCH', `${address}/assemblies/${id}`, { ...fields, revision });
export const archiveAssembly = (id: string) => request<void>('DELETE', `${address}/assemblies/${id}`);
export const restoreAssembly = (id: string) =>
  request<Assembly>('POST', `${address}/assemblies/${id}/restore`);

export const fillWithSamples = () =>
  request<{ items: number; assemblies: number }>('POST', `${address}/sample`);

/** Takes rows over, or says what would become of them. `currency` is that of rows which name none. */
export const importPrices = (rows: readonly Partial<ItemFields>[], currency: string, preview: boolean) =>
  request<ImportReport>('POST', `${address}/import`, { rows, currency, preview });
