import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { itemsQuery, type PriceItem } from '../api/price-list.ts';

export interface PriceSearch {
  /** Those of the words so far, best first; of the words before while the answer is on its way. */
  readonly items: readonly PriceItem[];
  /** No answer has come yet, or not to what is typed now. */
  readonly pending: boolean;
  readonly error: Error | null;
}

/** Pause in typing after which is asked, milliseconds. */
const pause = 120;

/**
 * Items of the company's price list for a few letters of code, name, category or note; what begins with them comes first. Nothing is
 * asked for an empty text.
 */
export function usePriceSearch(text: string, { limit = 20 }: { limit?: number } = {}): PriceSearch {
  const wanted = text.trim();
  const [asked] = useDebouncedValue(wanted, pause);
  const search = useInfiniteQuery({
    ...itemsQuery({ q: asked, category: null, archived: false, sort: 'best', order: 'asc' }, limit),
    enabled: asked !== '',
  });
  const items = wanted === '' ? [] : (search.data?.pages[0]?.items ?? []);
  return { items, pending: wanted !== asked || search.isFetching, error: search.error };
}
