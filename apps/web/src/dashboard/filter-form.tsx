import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type {
  DatasetColumn,
  DatasetView,
  FilterOperator,
  FilterSetting,
  FilterView,
} from '@tidemark/documents/dashboard';
import { useState } from 'react';
import { valuesOf } from '../data/tables.ts';
import { useView } from './context.ts';
import { operatorLabels, operatorsFor } from './filter-words.ts';
import css from './filters-bar.module.css';

type Value = FilterSetting['value'];

interface Props {
  /** null: a new one. */
  filter: FilterView | null;
  onDone: (setting: FilterSetting | null) => void;
}

const inside = { withinPortal: false };

/** One filter: which column, which condition, which values. */
export function FilterForm({ filter, onDone }: Props) {
  const datasets = useView((view) => view.datasets);
  const [field, setField] = useState(filter?.field ?? null);
  const [op, setOp] = useState<FilterOperator | null>(filter?.op ?? null);
  const [value, setValue] = useState<Value>(filter?.value ?? null);
  const columns = new Map<string, DatasetColumn>();
  for (const dataset of datasets) {
    for (const column of dataset.columns) if (!columns.has(column.name)) columns.set(column.name, column);
  }
  const column = field === null ? null : (columns.get(field) ?? null);
  const operators = operatorsFor(column?.type ?? 'text');
  const chosen = op ?? operators[0]!;
  const choose = (name: string | null) => {
    setField(name);
    setOp(null);
    setValue(null);
  };
  return (
    <form
      className={css.form}
      onKeyDown={(event) => {
        // A list that is open takes Escape for itself; what was chosen so far stays.
        const listed = (event.target as Element).getAttribute('aria-expanded') === 'true';
        if (event.key === 'Escape' && !listed) onDone(null);
      }}
      onSubmit={(event) => {
        event.preventDefault();
        event.stopPropagation();
        if (field) onDone({ field, op: chosen, value, datasetId: filter?.datasetId ?? null });
      }}
    >
      <Select
        label="Column"
        placeholder="Choose a column"
        data={groupsOf(datasets)}
        value={field}
        onChange={choose}
        searchable
        comboboxProps={inside}
        data-autofocus
      />
      {column && (
        <>
          <Select
            label="Condition"
            data={operators.map((each) => ({ value: each, label: operatorLabels[each] }))}
            value={chosen}
            onChange={(each) => {
              setOp(each as FilterOperator);
              setValue(null);
            }}
            allowDeselect={false}
            comboboxProps={inside}
          />
          <Operand column={column} op={chosen} value={value} onChange={setValue} />
        </>
      )}
      <div className={css.foot}>
        <Button variant="default" size="xs" onClick={() => onDone(null)}>
          Cancel
        </Button>
        <Button type="submit" size="xs" disabled={!column}>
          {filter ? 'Apply' : 'Add filter'}
        </Button>
      </div>
    </form>
  );
}

/** Columns under the dataset they come from; one that several have filters them all, and is named once. */
function groupsOf(datasets: readonly DatasetView[]) {
  const known = new Set<string>();
  const groups = datasets.map(({ name, columns }) => ({
    group: name,
    items: columns.flatMap((column) => {
      if (known.has(column.name)) return [];
      known.add(column.name);
      return [{ value: column.name, label: column.label }];
    }),
  }));
  return groups.length === 1 ? groups[0]!.items : groups.filter(({ items }) => items.length > 0);
}

interface OperandProps {
  column: DatasetColumn;
  op: FilterOperator;
  value: Value;
  onChange: (value: Value) => void;
}

const textOf = (value: Value | undefined) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

function Operand({ column, op, value, onChange }: OperandProps) {
  const dataset = useView((view) => view.datasets).find(({ columns }) =>
    columns.some(({ name }) => name === column.name),
  );
  const listed = op === 'one-of' || ((op === 'is' || op === 'is-not') && column.type === 'boolean');
  const values = useQuery({
    queryKey: ['values', dataset?.sha256, column.name],
    queryFn: () => valuesOf(dataset!, column.name),
    enabled: listed && dataset !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const type = column.type === 'date' ? 'date' : 'text';
  if (op === 'empty' || op === 'not-empty') return null;
  if (op === 'one-of') {
    return (
      <MultiSelect
        label="Values"
        placeholder="Choose values"
        data={values.data ?? []}
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={onChange}
        searchable
        limit={100}
        comboboxProps={inside}
      />
    );
  }
  if (op === 'between') {
    const [low, high] = Array.isArray(value) ? value : [];
    return (
      <div className={css.pair}>
        <TextInput
          label="From"
          type={type}
          value={textOf(low)}
          onChange={(event) => onChange([event.currentTarget.value, textOf(high)])}
        />
        <TextInput
          label="To"
          type={type}
          value={textOf(high)}
          onChange={(event) => onChange([textOf(low), event.currentTarget.value])}
        />
      </div>
    );
  }
  if (column.type === 'boolean') {
    return (
      <Select
        label="Value"
        data={values.data ?? []}
        value={typeof value === 'string' ? value : null}
        onChange={onChange}
        comboboxProps={inside}
      />
    );
  }
  return (
    <TextInput
      label="Value"
      type={type}
      value={textOf(value)}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
