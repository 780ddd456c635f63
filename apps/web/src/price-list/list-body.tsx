import { Button } from '@mantine/core';
import { IconArchive, IconSparkles, IconStack2, IconTags } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Card, EmptyState } from '@tidemark/ui';
import type { ComponentProps, ReactNode } from 'react';
import {
  type Assembly,
  assembliesQuery,
  type ItemSort,
  itemsQuery,
  type PriceItem,
  summaryQuery,
} from '../api/price-list.ts';
import { ListState, MoreButton, NothingFound } from '../shell/list-state.tsx';
import { AssembliesTable } from './assemblies-table.tsx';
import { ItemsTable } from './items-table.tsx';
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
      <Card stale={pages.isPlaceholderData}>
        <ItemsTable items={items} sort={sort} order={order} chosen={chosen} onSort={onSort} onOpen={onItem} />
      </Card>
      <MoreButton pages={pages} />
    </State>
  );
}

function Assemblies({ search, chosen, onAssembly, ...props }: Props) {
  const pages = useInfiniteQuery(assembliesQuery(filterOf(search)));
  const assemblies = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <State {...props} search={search} pages={pages} empty={assemblies.length === 0}>
      <Card stale={pages.isPlaceholderData}>
        <AssembliesTable assemblies={assemblies} chosen={chosen} onOpen={onAssembly} />
      </Card>
      <MoreButton pages={pages} />
    </State>
  );
}

interface StateProps extends Pick<Props, 'search' | 'mayChange' | 'online' | 'onClear'> {
  pages: ComponentProps<typeof ListState>['query'];
  empty: boolean;
  children: ReactNode;
}

function State({ search, mayChange, online, onClear, pages, empty, children }: StateProps) {
  const nothing =
    search.q !== undefined || search.category !== undefined ? (
      <NothingFound
        what={`Nothing in the list matches${search.q ? ` “${search.q}”` : ''}.`}
        onClear={onClear}
      />
    ) : search.archived ? (
      <EmptyState title="Nothing is archived" icon={<IconArchive size={26} stroke={1.6} />}>
        What you archive is offered no more, and waits here.
      </EmptyState>
    ) : (
      <Nothing assemblies={search.tab === 'assemblies'} mayChange={mayChange} online={online} />
    );
  return (
    <ListState query={pages} failed="The price list could not be loaded" nothing={empty && nothing} rows={8}>
      {children}
    </ListState>
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
