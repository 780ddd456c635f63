import { Autocomplete, NativeSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { PriceKind } from '../api/price-list.ts';
import { currencyCodes, currencyName } from '../estimate/currencies.ts';
import { lineKindWords } from '../estimate/kind-words.ts';
import type { DraftProblems, ItemDraft } from './item-draft.ts';
import css from './item-panel.module.css';

interface Props {
  draft: ItemDraft;
  problems: DraftProblems;
  categories: readonly string[];
  readOnly: boolean;
  takesFocus?: boolean;
  onChange: (fields: Partial<ItemDraft>) => void;
}

const kinds = Object.entries(lineKindWords).map(([value, label]) => ({ value, label }));

/** The fields of an item, as they are typed. */
export function ItemFieldsForm({ draft, problems, categories, readOnly, takesFocus, onChange }: Props) {
  const currencies = useMemo(() => [...currencyCodes(draft.currency)], [draft.currency]);
  const text = (field: 'code' | 'name' | 'unit' | 'unitCost' | 'waste') => ({
    value: draft[field],
    error: problems[field],
    readOnly,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange({ [field]: event.currentTarget.value }),
  });
  return (
    <>
      <TextInput label="Name" maxLength={500} data-autofocus={takesFocus} {...text('name')} />
      <div className={css.pair}>
        <TextInput label="Code" maxLength={100} {...text('code')} />
        <TextInput label="Unit" maxLength={40} placeholder="sq, bundle, h" {...text('unit')} />
      </div>
      <div className={css.pair}>
        <TextInput
          label="Unit cost"
          inputMode="decimal"
          classNames={{ input: css.number }}
          {...text('unitCost')}
        />
        <Select
          label="Currency"
          value={draft.currency}
          data={currencies}
          searchable
          allowDeselect={false}
          readOnly={readOnly}
          renderOption={({ option }) => `${option.value} · ${currencyName(option.value)}`}
          onChange={(value) => value && onChange({ currency: value })}
        />
      </div>
      <div className={css.pair}>
        <NativeSelect
          label="Kind"
          value={draft.kind}
          data={kinds}
          disabled={readOnly}
          onChange={(event) => onChange({ kind: event.currentTarget.value as PriceKind })}
        />
        <TextInput label="Waste" inputMode="decimal" classNames={{ input: css.number }} {...text('waste')} />
      </div>
      <Autocomplete
        label="Category"
        value={draft.category}
        data={[...categories]}
        maxLength={200}
        readOnly={readOnly}
        onChange={(category) => onChange({ category })}
      />
      <Textarea
        label="Note"
        value={draft.note}
        maxLength={2_000}
        readOnly={readOnly}
        autosize
        minRows={2}
        maxRows={8}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
      />
    </>
  );
}
