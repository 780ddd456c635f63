import { NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { PriceSummary } from '../api/price-list.ts';
import css from './price-list-page.module.css';
import type { PriceSearchParams } from './search.ts';

interface Props {
  search: PriceSearchParams;
  summary: PriceSummary | undefined;
  onChange: (search: PriceSearchParams) => void;
}

const every = 'every category';

/** Which part of the list is shown; the address of the page keeps it. */
export function ListFilters({ search, summary, onChange }: Props) {
  const assemblies = search.tab === 'assemblies';
  const latest = useRef(search);
  latest.current = search;
  const [text, setText] = useState(search.q ?? '');
  const ask = useDebouncedCallback((q: string) => onChange({ ...latest.current, q: q || undefined }), 200);
  // A link or the browser's way back has changed it.
  useEffect(() => setText((now) => (now.trim() === (search.q ?? '') ? now : (search.q ?? ''))), [search.q]);
  const categories = assemblies
    ? (summary?.assemblyCategories ?? []).map(({ name, assemblies: count }) => ({ name, count }))
    : (summary?.categories ?? []).map(({ name, items: count }) => ({ name, count }));
  const archived = assemblies ? summary?.archivedAssemblies : summary?.archivedItems;
  return (
    <div className={css.filters}>
      <SegmentedControl
        size="sm"
        aria-label="What is shown"
        value={assemblies ? 'assemblies' : 'items'}
        data={[
          { value: 'items', label: 'Items' },
          { value: 'assemblies', label: 'Assemblies' },
        ]}
        onChange={(tab) => onChange(tab === 'assemblies' ? { tab } : {})}
      />
      <TextInput
        className={css.search}
        type="search"
        aria-label="Search the price list"
        placeholder={assemblies ? 'Search assemblies' : 'Search code, name or category'}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          ask(event.currentTarget.value.trim());
        }}
      />
      {categories.length > 1 && (
        <NativeSelect
          aria-label="Category"
          value={search.category === undefined ? every : `=${search.category}`}
          data={[
            { value: every, label: 'All categories' },
            ...categories.map(({ name, count }) => ({
              value: `=${name}`,
              label: `${name || 'No category'} (${count})`,
            })),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onChange({ ...search, category: value === every ? undefined : value.slice(1) });
          }}
        />
      )}
      {(search.archived || (archived ?? 0) > 0) && (
        <Switch
          label="Archived"
          checked={search.archived === true}
          onChange={(event) => onChange({ ...search, archived: event.currentTarget.checked || undefined })}
        />
      )}
    </div>
  );
}
