import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type Assembly, assembliesQuery, itemsQuery, type PriceItem } from '../../api/price-list.ts';

/** What can be inserted. */
export type PriceOption =
  | { readonly id: string; readonly item: PriceItem }
  | { readonly id: string; readonly assembly: Assembly };

export interface Options {
  /** Assemblies, then items; best first where something is typed. */
  readonly options: readonly PriceOption[];
  /** What is shown is of the words before. */
  readonly stale: boolean;
  readonly loaded: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly more: () => void;
  readonly again: () => void;
}

/** Pause in typing after which is asked, milliseconds. */
const pause = 120;

export function useOptions(text: string, category: string | null): Options {
  const wanted = text.trim();
  const [q] = useDebouncedValue(wanted, pause);
  const filter = { q, category, archived: false };
  const items = useInfiniteQuery(
    itemsQuery({ ...filter, sort: q === '' ? 'category' : 'best', order: 'asc' }, 60),
  );
  const assemblies = useInfiniteQuery(assembliesQuery(filter));
  return {
    options: [
      ...bestFirst(
        (assemblies.data?.pages ?? []).flatMap((page) => page.items),
        q,
      ).map((assembly) => ({ id: assembly.id, assembly })),
      ...(items.data?.pages ?? []).flatMap((page) => page.items.map((item) => ({ id: item.id, item }))),
    ],
    stale: q !== wanted || items.isPlaceholderData || assemblies.isPlaceholderData,
    loaded: items.data !== undefined && assemblies.data !== undefined,
    error: items.error ?? assemblies.error,
    hasMore: items.hasNextPage || assemblies.hasNextPage,
    more: () => void (assemblies.hasNextPage ? assemblies.fetchNextPage() : items.fetchNextPage()),
    again: () => {
      void items.refetch();
      void assemblies.refetch();
    },
  };
}

/** Those of which a word begins so before those that hold it anywhere; otherwise as they were. */
function bestFirst(assemblies: readonly Assembly[], q: string): readonly Assembly[] {
  const begin = q.toLowerCase();
  const rank = ({ name }: Assembly) => (` ${name.toLowerCase()}`.includes(` ${begin}`) ? 0 : 1);
  return q === '' ? assemblies : assemblies.toSorted((a, b) => rank(a) - rank(b));
}
