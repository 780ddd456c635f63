import { IconPlus } from '@tabler/icons-react';
import { memo } from 'react';
import { CellInput } from './cell-input.tsx';
import { useGrid, useGridPart } from './context.ts';
import { Part } from './part.tsx';
import css from './row.module.css';
import { readMark, rowMark } from './row-mark.ts';
import type { Row } from './sheet.ts';

interface Props {
  row: Extract<Row, { type: 'add-line' | 'add-section' }>;
  index: number;
  top: number;
  /** Columns of the grid. */
  width: number;
}

/** Where the next line or section is begun: by typing its name, by Enter, or by a click. */
export const AddRow = memo(function AddRow({ row, index, top, width }: Props) {
  const grid = useGrid();
  const mark = readMark(useGridPart((state) => rowMark(state, grid.sheet(), row.key)));
  const column = useGridPart(({ selection }) =>
    selection?.active.row === row.key ? selection.active.column : 'name',
  );
  const words = row.type === 'add-line' ? 'Add a line' : 'Add a section';
  const active = mark.active !== -1;
  return (
    <Part
      role="row"
      className={css.add}
      style={{ top }}
      data-row={row.key}
      data-type={row.type}
      aria-rowindex={index + 2}
    >
      <Part
        role="gridcell"
        className={css.addCell}
        data-column="name"
        data-active={active || undefined}
        data-editing={mark.editing || undefined}
        aria-colindex={1}
        aria-colspan={width + 1}
        aria-selected={active}
      >
        <span className={css.begin}>
          <span className={css.plus} aria-hidden>
            <IconPlus size={14} stroke={2} />
          </span>
          <span aria-hidden={active || undefined}>{words}</span>
        </span>
        {active && (
          <CellInput
            row={row.key}
            column={column}
            shown=""
            label={words}
            readOnly={false}
            placeholder={row.type === 'add-line' ? 'Description of the line' : 'Name of the section'}
          />
        )}
      </Part>
    </Part>
  );
});
