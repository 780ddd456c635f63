import { Button, TextInput } from '@mantine/core';
import { IconReceipt, IconSearch } from '@tabler/icons-react';
import { variance } from '@tidemark/estimating';
import { EmptyState } from '@tidemark/ui';
import { useMemo, useState } from 'react';
import { useMayEdit } from '../../editor/rights.ts';
import { walkCells } from '../cells/cell-keys.ts';
import { useEstimation, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { useThen } from '../past/then.ts';
import { woven } from '../past/woven.ts';
import css from './actuals.module.css';
import cards from './cards.module.css';
import { CostEntry } from './cost-entry.tsx';
import { CostRow } from './cost-row.tsx';
import { foundCosts } from './costs.ts';
import table from './table.module.css';

/** Rows drawn at first, and with every "show more". */
const page = 100;

/** What was booked so far: entry, search, and all costs to be changed where they stand. */
export function CostTable() {
  const view = useView((now) => now);
  const estimation = useEstimation();
  const mayEdit = useMayEdit();
  const format = useFormat();
  const [words, setWords] = useState('');
  const [most, setMost] = useState(page);
  const then = useThen();
  const found = useMemo(() => foundCosts(view, words), [view, words]);
  const rows = useMemo(
    () => woven(then === null ? [] : foundCosts(then.view, words), found),
    [then, found, words],
  );
  const sum = useMemo(
    () => variance({ ...view, actuals: found }, estimation).total.actual,
    [view, estimation, found],
  );
  const all = view.actuals.length;
  return (
    <>
      {mayEdit && <CostEntry />}
      {all === 0 && rows.length === 0 ? (
        <EmptyState
          size="tile"
          level={3}
          title="Nothing booked yet"
          icon={<IconReceipt size={22} stroke={1.6} />}
        >
          {mayEdit
            ? 'Book what the job really cost, on a line, a section or the whole. Prices may be locked by then: this stays open.'
            : 'Nobody has booked an actual cost on this estimate.'}
        </EmptyState>
      ) : (
        <>
          <div className={css.finder}>
            <TextInput
              aria-label="Find costs"
              placeholder="Vendor, note, line, date"
              leftSection={<IconSearch size={15} stroke={1.8} />}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <p className={css.count} role="status">
              {found.length === all ? `${all} booked` : `${found.length} of ${all}`}, {format.money(sum)}
            </p>
          </div>
          <div className={table.scroll}>
            <table
              className={`${table.table} ${cards.cards}`}
              data-table="costs"
              aria-label="Actual costs"
              onKeyDown={walkCells}
            >
              <colgroup>
                <col style={{ width: 128 }} />
                <col style={{ width: 120 }} />
                <col style={{ width: '26%' }} />
                <col style={{ width: '18%' }} />
                <col />
                <col style={{ width: 72 }} />
              </colgroup>
              <thead>
                <tr>
                  <th scope="col">Date</th>
                  <th scope="col" data-end>
                    Amount
                  </th>
                  <th scope="col">For</th>
                  <th scope="col">Vendor</th>
                  <th scope="col">Note</th>
                  <th scope="col">
                    <span className={table.hidden}>File and removal</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.slice(0, most).map(({ item, gone }) => (
                  <CostRow key={item.id} actual={item} gone={gone} then={then} />
                ))}
              </tbody>
            </table>
          </div>
          {rows.length > most && (
            <Button
              className={css.more}
              variant="default"
              size="compact-sm"
              onClick={() => setMost(most + page)}
            >
              Show {Math.min(page, rows.length - most)} more
            </Button>
          )}
        </>
      )}
    </>
  );
}
