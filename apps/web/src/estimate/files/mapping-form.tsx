import { NativeSelect } from '@mantine/core';
import {
  type Field,
  fields,
  type Mapping,
  suggestMapping,
  type Table,
  type TableSheet,
  textOf,
} from '@tidemark/estimate-files';
import css from './files.module.css';
import type { TableChoice } from './table-file.ts';

interface Props {
  table: Table;
  choice: TableChoice;
  onChange: (choice: TableChoice) => void;
}

const fieldWords: Readonly<Record<Field, string>> = {
  section: 'Section',
  code: 'Code',
  name: 'Description',
  kind: 'Kind of cost',
  qty: 'Quantity',
  unit: 'Unit',
  unitCost: 'Unit cost',
  waste: 'Waste',
  optional: 'Optional',
  amount: 'Check amount',
  note: 'Note',
};

/** Rows that are shown of a table. */
const shownRows = 7;
/** Rows that may hold the headings. */
const headRows = 25;

/** What each column of a table is for a line, over the first rows of it. */
export function MappingForm({ table, choice, onChange }: Props) {
  const sheet = table.sheets[choice.sheet];
  if (!sheet) return null;
  const { mapping } = choice;
  const change = (next: Mapping) => onChange({ ...choice, mapping: next });
  const give = (column: number, field: Field | null) => {
    // One column for each part: the one that had it is not read any more.
    const columns = mapping.columns.map((known, index) =>
      index === column ? field : known === field ? null : known,
    );
    change({ ...mapping, columns });
  };
  const first = (mapping.headRow ?? -1) + 1;
  const rows = sheet.rows.slice(first).filter((row) => row.some((cell) => textOf(cell) !== ''));
  return (
    <>
      <div className={css.choices}>
        {table.sheets.length > 1 && (
          <NativeSelect
            label="Sheet"
            value={String(choice.sheet)}
            data={table.sheets.map(({ name }, index) => ({ value: String(index), label: name }))}
            onChange={(event) => {
              const index = Number(event.currentTarget.value);
              const next = table.sheets[index];
              if (next) onChange({ ...choice, sheet: index, mapping: suggestMapping(next) });
            }}
          />
        )}
        <NativeSelect
          label="Headings"
          value={mapping.headRow === null ? '' : String(mapping.headRow)}
          data={[{ value: '', label: 'None: lines begin in row 1' }, ...headChoices(sheet)]}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change({ ...mapping, headRow: value === '' ? null : Number(value) });
          }}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section className={css.preview} aria-label="First rows of the file" tabIndex={0}>
        <table className={css.table}>
          <thead>
            <tr>
              {mapping.columns.map((field, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <th key={column} scope="col" data-read={field !== null}>
                  <span className={css.heading}>{headingOf(sheet, mapping, column)}</span>
                  <NativeSelect
                    size="xs"
                    aria-label={`${headingOf(sheet, mapping, column)} is`}
                    value={field ?? ''}
                    data={[
                      { value: '', label: 'Not read' },
                      ...fields.map((known) => ({ value: known, label: fieldWords[known] })),
                    ]}
                    onChange={(event) => {
                      const { value } = event.currentTarget;
                      give(column, fields.find((known) => known === value) ?? null);
                    }}
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shownRows).map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={index}>
                {mapping.columns.map((field, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                  <td key={column} data-read={field !== null} data-number={typeof row[column] === 'number'}>
                    {textOf(row[column])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}

function headingOf({ rows }: TableSheet, { headRow }: Mapping, column: number): string {
  const said = headRow === null ? '' : textOf(rows[headRow]?.[column]);
  return said === '' ? `Column ${column + 1}` : said;
}

function headChoices({ rows }: TableSheet): { value: string; label: string }[] {
  return rows.slice(0, headRows).flatMap((row, index) => {
    const words = row.map(textOf).filter((text) => text !== '');
    const said = words.slice(0, 4).join(', ').slice(0, 60);
    return words.length === 0 ? [] : [{ value: String(index), label: `Row ${index + 1}: ${said}` }];
  });
}
