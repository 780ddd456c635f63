import type { ChartData } from '@tidemark/documents/dashboard';
import { cellText } from './formats.ts';
import css from './table-body.module.css';

type TableData = Extract<ChartData, { kind: 'table' }>;

const isNumber = (type: string) => ['integer', 'decimal', 'currency', 'percent'].includes(type);

/** Rows as they are, with a head that stays. */
export function TableBody({ data, label }: { data: TableData; label: string }) {
  return (
    <div className={css.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className={css.scroll} tabIndex={0} aria-label={`${label}, ${data.rows.length} rows`}>
        <table className={css.table}>
          <thead>
            <tr>
              {data.columns.map((column) => (
                <th key={column.name} scope="col" data-number={isNumber(column.type) || undefined}>
                  {'label' in column && typeof column.label === 'string' ? column.label : column.name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {data.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no other identity
              <tr key={index}>
                {data.columns.map((column, at) => (
                  <td key={column.name} data-number={isNumber(column.type) || undefined}>
                    {cellText(row[at] ?? null, column)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className={css.foot}>
        {data.rows.length < data.total
          ? `${data.rows.length.toLocaleString('en')} of ${data.total.toLocaleString('en')} rows`
          : `${data.total.toLocaleString('en')} ${data.total === 1 ? 'row' : 'rows'}`}
      </div>
    </div>
  );
}
