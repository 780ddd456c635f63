import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArchive,
  IconSearchOff,
  IconSparkles,
  IconStack2,
  IconTags,
} from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { EmptyState, ListSkeleton } from '@tidemark/ui';
import type { ReactNode } from 'react';
import { wordsOf } from '../api/http.ts';
import {
  type Assembly,
  assembliesQuery,
  type ItemSort,
  itemsQuery,
  type PriceItem,
  summaryQuery,
} from '../api/price-list.ts';
import { AssembliesTable } from './assemblies-table.tsx';
import { ItemsTable, MoreButton } from './items-table.tsx';
import css from './price-list-page.module.css';
import type { PriceSearchParams } from './search.ts';
import { useSamples } from './use-price-list.ts';

interface Props {
  search: PriceSearchParams;
  mayChange: boolean;
  online: boolean;
  chosen: string | null;
  onItem: (item: PriceItem) => void;
  onAssembly: (assembly: Assembly) => void;
  onSort: (sort: ItemSort) => void;
  /** Shows everything again. */
  onClear: () => void;
}

/** The list itself, in all its states. */
export function ListBody(props: Props) {
  return props.search.tab === 'assemblies' ? <Assemblies {...props} /> : <Items {...props} />;
}

const filterOf = ({ q = '', category, archived }: PriceSearchParams) => ({
  q,
  category: category ?? null,
  archived: archived === true,
});

function Items({ search, chosen, onItem, onSort, ...props }: Props) {
  const sort = search.sort ?? 'name';
  const order = search.order ?? 'asc';
  const pages = useInfiniteQuery(itemsQuery({ ...filterOf(search), sort, order }));
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <State {...props} search={search} pages={pages} empty={items.length === 0}>
      <div className={css.card} data-stale={pages.isPlaceholderData || undefined}>
        <ItemsTable items={items} sort={sort} order={order} chosen={chosen} onSort={onSort} onOpen={onItem} />
      </div>
      <MoreButton pages={pages} />
    </State>
  );
}

function Assemblies({ search, chosen, onAssembly, ...props }: Props) {
  const pages = useInfiniteQuery(assembliesQuery(filterOf(search)));
  const assemblies = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <State {...props} search={search} pages={pages} empty={assemblies.length === 0}>
      <div className={css.card} data-stale={pages.isPlaceholderData || undefined}>
        <AssembliesTable assemblies={assemblies} chosen={chosen} onOpen={onAssembly} />
      </div>
      <MoreButton pages={pages} />
    </State>
  );
}

interface StateProps extends Pick<Props, 'search' | 'mayChange' | 'online' | 'onClear'> {
  pages: {
    isPending: boolean;
    isError: boolean;
    isFetching: boolean;
    error: Error | null;
    data: unknown;
    refetch: () => unknown;
  };
  empty: boolean;
  children: ReactNode;
}

/** What is said while there is nothing to be shown, and the way on. */
function State({ search, mayChange, online, onClear, pages, empty, children }: StateProps) {
  if (pages.isPending) {
    return (
      <div className={css.card}>
        <ListSkeleton rows={8} />
      </div>
    );
  }
  if (pages.isError && pages.data === undefined) {
    return (
      <div className={css.card}>
        <EmptyState
          title="The price list could not be loaded"
          icon={<IconAlertTriangle size={26} stroke={1.6} />}
          actions={
            <Button variant="default" onClick={() => void pages.refetch()} loading={pages.isFetching}>
              Try again
            </Button>
          }
        >
          {wordsOf(pages.error)}
        </EmptyState>
      </div>
    );
  }
  if (!empty) return children;
  return (
    <div className={css.card}>
      {search.q !== undefined || search.category !== undefined ? (
        <EmptyState
          title="Nothing found"
          icon={<IconSearchOff size={26} stroke={1.6} />}
          actions={
            <Button variant="default" onClick={onClear}>
              Show everything
            </Button>
          }
        >
          Nothing in the list matches{search.q ? ` “${search.q}”` : ''}.
        </EmptyState>
      ) : search.archived ? (
        <EmptyState title="Nothing is archived" icon={<IconArchive size={26} stroke={1.6} />}>
          What you archive is offered no more, and waits here.
        </EmptyState>
      ) : (
        <Nothing assemblies={search.tab === 'assemblies'} mayChange={mayChange} online={online} />
      )}
    </div>
  );
}

interface NothingProps {
  assemblies: boolean;
  mayChange: boolean;
  online: boolean;
}

function Nothing({ assemblies, mayChange, online }: NothingProps) {
  const summary = useQuery(summaryQuery);
  const samples = useSamples();
  const { data } = summary;
  const blank =
    data !== undefined && data.items + data.assemblies + data.archivedItems + data.archivedAssemblies === 0;
  const Icon = assemblies ? IconStack2 : IconTags;
  return (
    <EmptyState
      title={assemblies ? 'No assemblies yet' : 'No prices yet'}
      icon={<Icon size={26} stroke={1.6} />}
      actions={
        mayChange &&
        blank && (
          <Button
            variant="default"
            leftSection={<IconSparkles size={16} stroke={1.8} />}
            loading={samples.isPending}
            disabled={!online}
            onClick={() => samples.mutate()}
          >
            Begin with sample prices for roofing
          </Button>
        )
      }
    >
      {assemblies
        ? 'An assembly is what you build again and again, such as a square of shingles with its nails, waste and labour.'
        : 'Keep what things cost you here once, and every estimate is priced by it.'}
      {mayChange &&
        blank &&
        ' The samples are plausible and nobody’s prices: put your own in before you bid.'}
    </EmptyState>
  );
}
