import { Button, Popover, Switch } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { FilterSetting, FilterView } from '@tidemark/documents/dashboard';
import { IconButton } from '@tidemark/ui';
import { type ReactNode, useState } from 'react';
import { useView } from './context.ts';
import { FilterForm } from './filter-form.tsx';
import { filterWords } from './filter-words.ts';
import { useFilters } from './filters.ts';
import css from './filters-bar.module.css';

/** The filters over all charts. */
export function FiltersBar() {
  const { filters, local, add, reset } = useFilters();
  const datasets = useView((view) => view.datasets);
  const [opened, setOpened] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  return (
    <section className={css.bar} aria-label="Filters">
      {filters.map((filter) => (
        <Chip
          key={filter.id}
          filter={filter}
          opened={opened === filter.id}
          onOpen={(open) => setOpened(open ? filter.id : null)}
        />
      ))}
      {filters.length === 0 && <span className={css.none}>No filters.</span>}
      {datasets.length > 0 && (
        <FormPopover
          opened={adding}
          onChange={setAdding}
          target={
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconPlus size={14} stroke={2} />}
              onClick={() => setAdding(!adding)}
            >
              Add filter
            </Button>
          }
          filter={null}
          onSet={add}
        />
      )}
      {reset && (
        <Button variant="subtle" size="compact-sm" onClick={reset}>
          Reset
        </Button>
      )}
      {local && <span className={css.none}>On your screen only</span>}
    </section>
  );
}

interface ChipProps {
  filter: FilterView;
  opened: boolean;
  onOpen: (open: boolean) => void;
}

function Chip({ filter, opened, onOpen }: ChipProps) {
  const { change, remove } = useFilters();
  const words = filterWords(filter);
  return (
    <span className={css.chip} data-off={!filter.enabled || undefined}>
      <FormPopover
        opened={opened}
        onChange={onOpen}
        target={
          <button type="button" className={css.words} aria-expanded={opened} onClick={() => onOpen(!opened)}>
            <b>{filter.field}</b> {words}
          </button>
        }
        filter={filter}
        onSet={(setting) => change(filter.id, setting)}
      />
      <Switch
        size="xs"
        aria-label={`Apply the filter on ${filter.field}`}
        checked={filter.enabled}
        onChange={(event) => change(filter.id, { enabled: event.currentTarget.checked })}
      />
      <IconButton label={`Remove the filter on ${filter.field}`} size={24} onClick={() => remove(filter.id)}>
        <IconX size={14} stroke={1.8} />
      </IconButton>
    </span>
  );
}

interface FormPopoverProps {
  opened: boolean;
  onChange: (opened: boolean) => void;
  target: ReactNode;
  /** null: a new filter. */
  filter: FilterView | null;
  onSet: (setting: FilterSetting) => void;
}

/** The form of one filter beside what opened it. The form itself takes Escape: a list in it closes first. */
function FormPopover({ opened, onChange, target, filter, onSet }: FormPopoverProps) {
  return (
    <Popover
      opened={opened}
      onChange={onChange}
      position="bottom-start"
      trapFocus
      closeOnEscape={false}
      width={300}
      withinPortal
    >
      <Popover.Target>{target}</Popover.Target>
      <Popover.Dropdown className={css.dropdown}>
        <FilterForm
          filter={filter}
          onDone={(setting) => {
            onChange(false);
            if (setting) onSet(setting);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
