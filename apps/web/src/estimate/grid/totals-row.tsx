import { useEstimation, useView } from '../context.ts';
import { useFormat } from '../format.ts';
import { CellChange } from './change-mark.tsx';
import type { ColumnName } from './columns.ts';
import { useGrid, useGridPart } from './context.ts';
import { Part } from './part.tsx';
import { summaryOf } from './summary.ts';
import css from './table.module.css';

/** What all sections come to, and what the chosen cells do. */
export function TotalsRow({ index, columns }: { index: number; columns: readonly ColumnName[] }) {
  const grid = useGrid();
  const format = useFormat();
  const estimation = useEstimation();
  const sections = useView((view) => view.sections);
  const selection = useGridPart((state) => state.selection);
  const before = useGridPart((state) => state.changes?.base ?? null);
  const amountAt = columns.indexOf('amount');
  const chosen = selection && summaryOf(selection, grid.sheet(), estimation.amounts);
  let optional = 0;
  for (const { group } of sections) optional += estimation.sections.get(group?.id ?? null)?.optional ?? 0;
  return (
    <Part role="row" className={css.totals} aria-rowindex={index + 2}>
      <Part
        role="gridcell"
        className={css.chosen}
        style={{ gridColumn: `1 / ${amountAt + 1}` }}
        aria-colindex={1}
      >
        {chosen && (
          <>
            <span>{chosen.words}</span>
            {chosen.sum !== null && <strong>{format.money(chosen.sum)}</strong>}
            {chosen.quantity !== null && <strong>{format.quantity(chosen.quantity)}</strong>}
          </>
        )}
        {!chosen && optional !== 0 && <span>Optional lines, not in the base: {format.money(optional)}</span>}
      </Part>
      <Part
        role="gridcell"
        className={css.total}
        style={{ gridColumn: `1 / ${amountAt + 3}` }}
        data-align="end"
        data-up
        data-changed={(before !== null && before !== estimation.base) || undefined}
        aria-colindex={amountAt + 2}
      >
        <span className={css.base}>Base</span>
        {format.money(estimation.base)}
        {before !== null && before !== estimation.base && (
          <CellChange old={format.money(before)} now={format.money(estimation.base)} />
        )}
      </Part>
    </Part>
  );
}
