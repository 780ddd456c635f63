import {
  addFilter,
  type FilterSetting,
  type FilterView,
  removeFilter,
  setFilter,
} from '@tidemark/documents/dashboard';
import { createContext, useContext, useMemo, useState } from 'react';
import { useEditor } from '../editor/context.ts';
import { useMayEdit } from '../editor/rights.ts';
import { useView } from './context.ts';

/** The filters that this screen applies, and what changes them. */
export interface Filters {
  readonly filters: readonly FilterView[];
  /** True for those who may only look: what they change stays on their screen. */
  readonly local: boolean;
  add(filter: FilterSetting): void;
  change(id: string, part: Partial<FilterSetting>): void;
  remove(id: string): void;
  /** Back to what the document says; null when nothing differs. */
  readonly reset: (() => void) | null;
}

export const FiltersContext = createContext<Filters | null>(null);

export function useFilters(): Filters {
  const filters = useContext(FiltersContext);
  if (!filters) throw new Error('A part of the editor stands outside of it.');
  return filters;
}

/** Editors change the document's filters; viewers a copy of their own. */
export function useFiltersState(): Filters {
  const editor = useEditor();
  const shared = useView((view) => view.filters);
  const mayEdit = useMayEdit();
  const [own, setOwn] = useState<readonly FilterView[] | null>(null);
  return useMemo((): Filters => {
    if (mayEdit) {
      return {
        filters: shared,
        local: false,
        reset: null,
        add: (filter) => void addFilter(editor, filter),
        change: (id, part) => void setFilter(editor, id, part, { gesture: `filter ${id}` }),
        remove: (id) => void removeFilter(editor, id),
      };
    }
    const now = own ?? shared;
    return {
      filters: now,
      local: true,
      reset: own === null ? null : () => setOwn(null),
      add: (filter) =>
        setOwn([
          ...now,
          {
            id: crypto.randomUUID(),
            order: null,
            datasetId: filter.datasetId ?? null,
            field: filter.field,
            op: filter.op,
            value: filter.value,
            enabled: filter.enabled ?? true,
            charts: filter.charts ?? null,
          },
        ]),
      change: (id, part) => setOwn(now.map((filter) => (filter.id === id ? { ...filter, ...part } : filter))),
      remove: (id) => setOwn(now.filter((filter) => filter.id !== id)),
    };
  }, [mayEdit, shared, own, editor]);
}
