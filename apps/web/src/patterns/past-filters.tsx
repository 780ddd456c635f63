import { NativeSelect, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { Patterns } from '../api/patterns.ts';
import css from './past-page.module.css';
import { categoryName } from './past-words.ts';
import { filterOf, type PastSearch } from './search.ts';

interface Props {
  search: PastSearch;
  /** Of everything, whatever the filter. */
  all: Patterns | undefined;
  onChange: (search: PastSearch) => void;
}

const every = 'every category';

/** Which past projects are looked at; the address of the page keeps it. */
export function PastFilters({ search, all, onChange }: Props) {
  const latest = useRef(search);
  latest.current = search;
  const [text, setText] = useState(search.q ?? '');
  const ask = useDebouncedCallback((q: string) => onChange({ ...latest.current, q: q || undefined }), 200);
  // A link or the browser's way back has changed it.
  useEffect(() => setText((now) => (now.trim() === (search.q ?? '') ? now : (search.q ?? ''))), [search.q]);
  const categories = all?.categories ?? [];
  const known = categories.some(({ category }) => category === search.category);
  const set = (part: PastSearch) => onChange({ ...search, ...part });
  return (
    <div className={css.filters}>
      <SegmentedControl
        size="sm"
        aria-label="What is shown"
        value={search.tab ?? 'risks'}
        data={[
          { value: 'risks', label: 'Risks' },
          { value: 'projects', label: 'Projects' },
          { value: 'lessons', label: 'Lessons' },
        ]}
        onChange={(tab) =>
          onChange({ ...filterOf(search), ...(tab === 'projects' || tab === 'lessons' ? { tab } : {}) })
        }
      />
      <TextInput
        className={css.search}
        type="search"
        aria-label="Search past projects"
        placeholder={
          search.tab === 'lessons' ? 'Search issues and lessons' : 'Search project, client or number'
        }
        leftSection={<IconSearch size={16} stroke={1.7} />}
        maxLength={200}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          ask(event.currentTarget.value.trim());
        }}
      />
      {(categories.length > 1 || search.category !== undefined) && (
        <NativeSelect
          className={css.choice}
          aria-label="Category of risk"
          value={search.category === undefined ? every : `=${search.category}`}
          data={[
            { value: every, label: 'All categories' },
            ...categories.map(({ category }) => ({ value: `=${category}`, label: categoryName(category) })),
            ...(search.category === undefined || known
              ? []
              : [{ value: `=${search.category}`, label: search.category }]),
          ]}
          onChange={({ currentTarget: { value } }) =>
            set({ category: value === every ? undefined : value.slice(1) })
          }
        />
      )}
      {(['from', 'to'] as const).map((side) => (
        <TextInput
          key={side}
          className={css.day}
          type="date"
          aria-label={side === 'from' ? 'Decided from' : 'Decided until'}
          leftSection={<span className={css.side}>{side === 'from' ? 'From' : 'To'}</span>}
          leftSectionWidth={side === 'from' ? 44 : 28}
          value={search[side] ?? ''}
          onChange={({ currentTarget: { value } }) => set({ [side]: value || undefined })}
        />
      ))}
      {(all?.currencies.length ?? 0) > 1 && (
        <NativeSelect
          className={css.currency}
          aria-label="Currency"
          value={search.currency ?? all?.currency ?? ''}
          data={(all?.currencies ?? []).map(({ currency }) => currency)}
          onChange={({ currentTarget: { value } }) =>
            set({ currency: value === all?.currency ? undefined : value })
          }
        />
      )}
    </div>
  );
}
