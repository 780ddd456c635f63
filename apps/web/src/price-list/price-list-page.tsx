import { IconCloudOff, IconLock } from '@tabler/icons-react';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Banner } from '@tidemark/ui';
import { useState } from 'react';
import { type Assembly, type PriceItem, summaryQuery } from '../api/price-list.ts';
import { meQuery } from '../api/session.ts';
import { PeopleDialog } from '../home/people-dialog.tsx';
import { SpaceNav } from '../home/space-nav.tsx';
import { useOnline } from '../shell/online.ts';
import { Page, PageHead } from '../shell/page.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { countOf } from '../shell/sizes.ts';
import { AssemblyPanel } from './assembly-panel.tsx';
import { ItemPanel } from './item-panel.tsx';
import { ListActions } from './list-actions.tsx';
import { ListBody } from './list-body.tsx';
import { ListFilters } from './list-filters.tsx';
import { useMayChangePrices } from './use-price-list.ts';

/** What is open beside the list; `new` is not in it yet. */
type Open = { item: PriceItem | 'new' } | { assembly: Assembly | 'new' };

/** What the company's work is priced by: items and assemblies, for all its estimates. */
export function PriceListPage() {
  const { data: me } = useSuspenseQuery(meQuery);
  const search = useSearch({ from: '/signed-in/prices' });
  const navigate = useNavigate({ from: '/prices' });
  const summary = useQuery(summaryQuery);
  const mayChange = useMayChangePrices();
  const online = useOnline();
  const [people, setPeople] = useState(false);
  const [open, setOpen] = useState<Open | null>(null);
  usePageTitle('Price list');
  const assemblies = search.tab === 'assemblies';
  const currency = summary.data?.currency ?? 'USD';
  const close = () => setOpen(null);

  return (
    <Page
      alarms={
        <>
          {!online && (
            <Banner tone="warn" icon={<IconCloudOff size={16} stroke={1.8} />}>
              You are offline. Prices may be out of date; changing them waits for the network.
            </Banner>
          )}
          {!mayChange && (
            <Banner tone="info" icon={<IconLock size={16} stroke={1.8} />}>
              You can read the price list. Editors and owners of the company change it.
            </Banner>
          )}
        </>
      }
      nav={<SpaceNav me={me} space={null} part="documents" place="prices" onPeople={() => setPeople(true)} />}
      beside={
        <>
          {' '}
          {open !== null && 'item' in open && (
            <ItemPanel
              item={open.item === 'new' ? null : open.item}
              begin={{ currency, category: search.category ?? '' }}
              onClose={close}
              onSaved={(item) => setOpen({ item })}
            />
          )}
          {open !== null && 'assembly' in open && (
            <AssemblyPanel
              assembly={open.assembly === 'new' ? null : open.assembly}
              currency={currency}
              onClose={close}
              onSaved={(assembly) => setOpen({ assembly })}
            />
          )}
        </>
      }
    >
      <PageHead
        title="Price list"
        about={
          summary.data &&
          `${countOf(summary.data.items, 'item')} and ${countOf(summary.data.assemblies, 'assembly', 'assemblies')} for every estimate of ${me.company.name}`
        }
        actions={
          <ListActions
            tab={assemblies ? 'assemblies' : 'items'}
            currency={currency}
            mayChange={mayChange}
            online={online}
            hasItems={(summary.data?.items ?? 0) > 0}
            onAdd={() => setOpen(assemblies ? { assembly: 'new' } : { item: 'new' })}
          />
        }
      />
      <ListFilters
        search={search}
        summary={summary.data}
        onChange={(next) => {
          if (next.tab !== search.tab) close();
          void navigate({ search: next, replace: true });
        }}
      />
      <ListBody
        search={search}
        mayChange={mayChange}
        online={online}
        chosen={open === null ? null : idOf(open)}
        onItem={(item) => setOpen({ item })}
        onAssembly={(assembly) => setOpen({ assembly })}
        onSort={(sort) => {
          const turned = search.sort === sort || (sort === 'name' && search.sort === undefined);
          const order = turned && search.order !== 'desc' ? ('desc' as const) : undefined;
          void navigate({ search: { ...search, sort, order }, replace: true });
        }}
        onClear={() => void navigate({ search: assemblies ? { tab: 'assemblies' } : {} })}
      />
      {people && <PeopleDialog me={me} onClose={() => setPeople(false)} />}
    </Page>
  );
}

function idOf(open: Open): string | null {
  const thing = 'item' in open ? open.item : open.assembly;
  return thing === 'new' ? null : thing.id;
}
