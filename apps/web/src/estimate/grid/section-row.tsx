import { IconChevronDown, IconChevronRight, IconGripVertical } from '@tabler/icons-react';
import { memo } from 'react';
import type { ThreadCount } from '../../conversation/threads.ts';
import type { Format } from '../format.ts';
import cells from './cell.module.css';
import { CellInput } from './cell-input.tsx';
import { CellChange, ChangeTag, changeLabel } from './change-mark.tsx';
import { isGoneRow, type RowChange } from './changes.ts';
import type { ColumnName } from './columns.ts';
import { CommentMark } from './comment-mark.tsx';
import { useGrid, useGridPart } from './context.ts';
import { Part } from './part.tsx';
import css from './row.module.css';
import { readMark, rowMark } from './row-mark.ts';
import { collapse } from './section-acts.ts';
import type { Row } from './sheet.ts';

interface Props {
  row: Extract<Row, { type: 'section' }>;
  index: number;
  top: number;
  subtotal: number;
  optional: number;
  columns: readonly ColumnName[];
  format: Format;
  mayChange: boolean;
  /** Stays under the head of the grid while its lines pass below it. */
  sticky: boolean;
  comments: ThreadCount | undefined;
  /** What a comparison says of it. */
  change?: RowChange | undefined;
}

/** The head of a section. One stop for the keys, whatever the column: left and right fold it. */
export const SectionRow = memo(function SectionRow(props: Props) {
  const { row, index, top, subtotal, optional, columns, format, mayChange, sticky, comments, change } = props;
  const grid = useGrid();
  const mark = readMark(useGridPart((state) => rowMark(state, grid.sheet(), row.key)));
  const column = useGridPart(({ selection }) =>
    selection?.active.row === row.key ? selection.active.column : 'name',
  );
  const folded = useGridPart(({ collapsed }) => collapsed.has(row.key));
  const menuOpen = useGridPart(({ menu }) => menu?.row === row.key);
  const { group, lines } = row.section;
  const given = group === null ? 'Without a section' : group.name;
  const name = given || 'Untitled section';
  const amountAt = columns.indexOf('amount');
  const gone = isGoneRow(change);
  const before = change?.amount ?? null;
  const [comes, came] = gone ? [before ?? 0, null] : [subtotal, before === subtotal ? null : before];
  return (
    <Part
      role="row"
      className={css.section}
      style={sticky ? undefined : { top }}
      data-sticky={sticky || undefined}
      data-row={row.key}
      data-active={mark.active !== -1 || undefined}
      data-fate={change?.types[0]}
      aria-rowindex={index + 2}
    >
      <Part
        role="rowheader"
        className={css.sectionHandle}
        data-handle
        aria-colindex={1}
        aria-label={`Section ${name}${changeLabel(change)}`}
      >
        {mayChange && group !== null && (
          <span className={css.sectionGrip} data-grip={row.key} aria-hidden>
            <IconGripVertical size={13} />
          </span>
        )}
        <button
          type="button"
          className={css.fold}
          tabIndex={-1}
          aria-expanded={!folded}
          aria-label={`${folded ? 'Show' : 'Hide'} the lines of ${name}`}
          onClick={() => collapse(grid, row.key, !folded)}
        >
          {folded ? <IconChevronRight size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />}
        </button>
      </Part>
      <Part
        role="gridcell"
        className={css.sectionName}
        style={{ gridColumn: `2 / ${amountAt + 2}` }}
        data-column="name"
        data-active={mark.active !== -1 || undefined}
        aria-colindex={2}
        aria-colspan={Math.max(1, amountAt)}
        aria-selected={mark.active !== -1}
        aria-readonly={!mayChange || group === null}
      >
        <div
          className={css.title}
          data-noted={change !== undefined || undefined}
          data-active={mark.active !== -1 || undefined}
        >
          <span
            className={cells.text}
            data-untitled={given === '' || undefined}
            aria-hidden={mark.active !== -1 || undefined}
          >
            {name}
          </span>
          {change && <ChangeTag change={change} noted />}
          {!gone && (
            <span className={css.count}>{lines.length === 1 ? '1 line' : `${lines.length} lines`}</span>
          )}
          {comments && group && <CommentMark id={group.id} name={name} count={comments} kind="section" />}
        </div>
        {mark.active !== -1 && (
          <CellInput
            row={row.key}
            column={column}
            shown={group?.name ?? given}
            label={`Section, ${folded ? 'folded' : 'open'}, ${lines.length} lines${changeLabel(change)}`}
            readOnly={!mayChange || group === null}
            placeholder="Name of the section"
          />
        )}
      </Part>
      <Part
        role="gridcell"
        className={css.subtotal}
        style={{ gridColumn: amountAt + 2 }}
        data-align="end"
        data-changed={came !== null || undefined}
        aria-colindex={amountAt + 2}
        title={optional === 0 ? undefined : `Optional lines besides: ${format.money(optional)}`}
      >
        <span>{format.amount(comes)}</span>
        {came !== null && <CellChange old={format.amount(came)} now={format.amount(comes)} />}
      </Part>
      <Part role="gridcell" className={css.sectionMore} aria-colindex={amountAt + 3}>
        <button
          type="button"
          className={css.more}
          data-menu={row.key}
          tabIndex={-1}
          aria-label={`Actions for ${name}`}
          aria-haspopup="menu"
          aria-expanded={menuOpen}
        />
      </Part>
    </Part>
  );
});
