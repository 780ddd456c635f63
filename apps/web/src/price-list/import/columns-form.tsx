import { NativeSelect, Select } from '@mantine/core';
import { type TableSheet, textOf } from '@tidemark/estimate-files';
import { ScrollTable } from '@tidemark/ui';
import { useMemo } from 'react';
import { currencyCodes, currencyName } from '../../estimate/currencies.ts';
import css from './import-dialog.module.css';
import { type PriceField, type PriceMapping, priceFields } from './read-prices.ts';

interface Props {
  sheets: readonly TableSheet[];
  at: number;
  mapping: PriceMapping;
  currency: string;
  onSheet: (at: number) => void;
  onMapping: (mapping: PriceMapping) => void;
  onCurrency: (currency: string) => void;
}

const fieldLabels: Readonly<Record<PriceField, string>> = {
  code: 'Code',
  name: 'Name',
  unit: 'Unit',
  unitCost: 'Unit cost',
  currency: 'Currency',
  kind: 'Kind',
  waste: 'Waste',
  category: 'Category',
  note: 'Note',
};
const choices = [
  { value: '', label: 'Leave out' },
  ...priceFields.map((value) => ({ value, label: fieldLabels[value] })),
];

/** Rows among which the headings may be chosen, and rows shown of each column. */
const headRows = 20;
const samples = 3;

/** Which column of the file is what. */
export function ColumnsForm({ sheets, at, mapping, currency, onSheet, onMapping, onCurrency }: Props) {
  const rows = sheets[at]?.rows ?? [];
  const { headRow, columns } = mapping;
  const first = (headRow ?? -1) + 1;
  const codes = useMemo(() => [...currencyCodes(currency)], [currency]);
  const choose = (column: number, field: PriceField | null) =>
    // One column is the name, one the price: what was so before is left out.
    onMapping({
      headRow,
      columns: columns.map((now, other) => (other === column ? field : now === field ? null : now)),
    });
  return (
    <>
      <div className={css.settings}>
        {sheets.length > 1 && (
          <NativeSelect
            label="Sheet"
            value={String(at)}
            data={sheets.map(({ name }, index) => ({ value: String(index), label: name }))}
            onChange={(event) => onSheet(Number(event.currentTarget.value))}
          />
        )}
        <NativeSelect
          label="Headings"
          value={headRow === null ? '' : String(headRow)}
          data={[
            { value: '', label: 'None' },
            ...rows.slice(0, headRows).map((row, index) => ({
              value: String(index),
              label: `Row ${index + 1}: ${row.map(textOf).filter(Boolean).join(', ').slice(0, 50) || 'empty'}`,
            })),
          ]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            onMapping({ headRow: value === '' ? null : Number(value), columns });
          }}
        />
        <Select
          label="Currency of prices"
          value={currency}
          data={codes}
          searchable
          allowDeselect={false}
          renderOption={({ option }) => `${option.value} · ${currencyName(option.value)}`}
          onChange={(value) => value && onCurrency(value)}
        />
      </div>
      <ScrollTable label="Columns of the file">
        <thead>
          <tr>
            <th scope="col">Column of the file</th>
            <th scope="col">What it holds</th>
            <th scope="col">Is the</th>
          </tr>
        </thead>
        <tbody>
          {columns.map((field, column) => {
            const head = headRow === null ? '' : textOf(rows[headRow]?.[column]);
            const name = head || `Column ${column + 1}`;
            const held = rows
              .slice(first)
              .map((row) => textOf(row[column]))
              .filter(Boolean)
              .slice(0, samples);
            if (held.length === 0 && head === '') return null;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: a column of a file is its place
              <tr key={column} className={css.column} data-out={field === null || undefined}>
                <th scope="row">{name}</th>
                <td className={css.held}>{held.join(', ')}</td>
                <td>
                  <NativeSelect
                    size="xs"
                    aria-label={name}
                    value={field ?? ''}
                    data={choices}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      choose(column, priceFields.find((one) => one === value) ?? null);
                    }}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </ScrollTable>
    </>
  );
}
