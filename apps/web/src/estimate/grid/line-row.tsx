import type { LineView } from '@tidemark/documents/estimate';
import { memo } from 'react';
import type { ThreadCount } from '../../conversation/threads.ts';
import type { Format } from '../format.ts';
import css from './cell.module.css';
import { CellInput } from './cell-input.tsx';
import { editText } from './cell-read.ts';
import { lineName, shownText } from './cell-text.ts';
import { CellChange, ChangeTag, changeLabel } from './change-mark.tsx';
import { isGoneRow, type RowChange, textBefore } from './changes.ts';
import { type ColumnName, columnOf, isWritten } from './columns.ts';
import { CommentMark } from './comment-mark.tsx';
import { useGrid, useGridPart } from './context.ts';
import { placeKey, type Refused } from './grid-store.ts';
import { Part } from './part.tsx';
import rows from './row.module.css';
import { readMark, rowMark } from './row-mark.ts';
import type { LineRow as Row } from './selection.ts';

interface Props {
  row: Row;
  /** Index among the rows of the sheet. */
  index: number;
  top: number;
  /** What it comes to. */
  amount: number;
  columns: readonly ColumnName[];
  format: Format;
  mayChange: boolean;
  comments: ThreadCount | undefined;
  /** What a comparison says of it. */
  change?: RowChange | undefined;
}

/** One line. Renders when the line, its amount, its place or what is chosen on it changes, and not otherwise. */
export const LineRow = memo(function LineRow(props: Props) {
  const { row, index, top, amount, columns, format, mayChange, comments, change } = props;
  const grid = useGrid();
  const mark = readMark(useGridPart((state) => rowMark(state, grid.sheet(), row.key)));
  const refused = useGridPart((state) => state.refused);
  const menuOpen = useGridPart((state) => state.menu?.row === row.key);
  const { line, number } = row;
  const name = lineName(line, number);
  const gone = isGoneRow(change);
  const comes = gone ? (change?.amount ?? 0) : amount;
  return (
    <Part
      role="row"
      className={rows.row}
      style={{ top }}
      data-row={row.key}
      data-active={mark.active !== -1 || undefined}
      data-whole={mark.whole || undefined}
      data-optional={line.optional || undefined}
      data-fate={change?.types[0]}
      aria-rowindex={index + 2}
      aria-selected={mark.whole}
    >
      <Part
        role="rowheader"
        className={rows.handle}
        data-handle
        data-grip={mayChange ? row.key : undefined}
        aria-colindex={1}
        aria-label={`${gone ? 'Line' : `Line ${number}`}${changeLabel(change)}`}
      >
        <span className={rows.number} aria-hidden>
          {gone ? '–' : number}
        </span>
        <button
          type="button"
          className={rows.more}
          data-menu={row.key}
          tabIndex={-1}
          aria-label={`Actions for ${name}`}
          aria-haspopup="menu"
          aria-expanded={menuOpen}
        />
      </Part>
      {columns.map((column, at) => {
        const text = shownText(line, column, comes, format);
        return (
          <LineCell
            key={column}
            line={line}
            column={column}
            at={at}
            name={name}
            text={text}
            was={textBefore(change, column, text, format)}
            change={column === 'name' ? change : undefined}
            chosen={at >= mark.left && at <= mark.right}
            active={at === mark.active}
            readOnly={!mayChange || !isWritten(column)}
            refused={refused.get(placeKey({ row: row.key, column }))}
            comments={column === 'name' ? comments : undefined}
          />
        );
      })}
    </Part>
  );
});

interface CellProps {
  line: LineView;
  column: ColumnName;
  at: number;
  name: string;
  text: string;
  chosen: boolean;
  active: boolean;
  readOnly: boolean;
  refused: Refused | undefined;
  comments: ThreadCount | undefined;
  /** What it said at the moment with which this one is compared; null: the same, or it is compared with none. */
  was: string | null;
  change: RowChange | undefined;
}

const LineCell = memo(
  function LineCell({
    line,
    column,
    at,
    name,
    text,
    chosen,
    active,
    readOnly,
    refused,
    comments,
    was,
    change,
  }: CellProps) {
    const { label, align, content } = columnOf(column);
    const shown = refused?.text ?? text;
    const worked =
      isWritten(column) && line.calc[column] !== undefined && editText(line, column).match(/[^\d.%-]/);
    const told = was !== null || change !== undefined;
    const besides = told || (column === 'name' && (line.optional || comments !== undefined));
    return (
      <Part
        role="gridcell"
        className={css.cell}
        data-column={column}
        data-long={isLong(column, shown) || undefined}
        data-besides={besides || undefined}
        data-worked={worked ? true : undefined}
        data-align={align}
        data-content={content}
        data-chosen={chosen || undefined}
        data-active={active || undefined}
        data-refused={refused !== undefined || undefined}
        data-nothing={isNothing(line, column) || undefined}
        data-negative={text.startsWith('-') || undefined}
        data-changed={was !== null || undefined}
        data-noted={change !== undefined || undefined}
        aria-colindex={at + 2}
        aria-selected={chosen || active}
        aria-readonly={readOnly}
        aria-invalid={refused !== undefined || undefined}
        title={refused?.problem ?? (isCutOff(column, text) ? text : undefined)}
      >
        <span className={css.text} aria-hidden={active || undefined}>
          {shown}
        </span>
        {was !== null && <CellChange old={was} now={text} />}
        {change && <ChangeTag change={change} noted={was === null} />}
        {column === 'name' && line.optional && <span className={css.tag}>Optional</span>}
        {column === 'name' && comments && <CommentMark id={line.id} name={name} count={comments} />}
        {worked && (
          <span
            className={css.worked}
            aria-hidden
            title={isWritten(column) ? editText(line, column) : undefined}
          />
        )}
        {active && (
          <CellInput
            row={line.id}
            column={column}
            shown={shown}
            label={`${labelOf(label, name, column, line.optional, refused)}${was === null ? '' : `, was ${was}`}${changeLabel(change)}`}
            align={align}
            readOnly={readOnly}
          />
        )}
      </Part>
    );
  },
  (a, b) =>
    a.text === b.text &&
    a.chosen === b.chosen &&
    a.active === b.active &&
    a.readOnly === b.readOnly &&
    a.refused === b.refused &&
    a.comments === b.comments &&
    a.was === b.was &&
    a.change === b.change &&
    a.at === b.at &&
    a.name === b.name &&
    a.line.optional === b.line.optional &&
    a.line.calc === b.line.calc &&
    isNothing(a.line, a.column) === isNothing(b.line, b.column),
);

/** What a screen reader says of the cell that is active. */
function labelOf(
  label: string,
  name: string,
  column: ColumnName,
  optional: boolean,
  refused?: Refused,
): string {
  const words = column === 'name' ? [label] : [label, name];
  if (optional) words.push('optional');
  if (refused !== undefined) words.push(`not written: ${refused.problem}`);
  return words.join(', ');
}

/** Texts that are told in full under the pointer. */
const isCutOff = (column: ColumnName, text: string) =>
  (column === 'name' || column === 'note') && text.length > 20;

/** Pixels of the widest letter and digit, and of the edges of a cell. */
const letter = 14;
const digit = 9;
const edges = 17;

/** Whether a text may be wider than its column is at first: only then is it clipped, which costs a layer of drawing. */
function isLong(column: ColumnName, text: string): boolean {
  const { align, width } = columnOf(column);
  return text.length * (align === 'end' ? digit : letter) > width - edges;
}

/** Zeros that nobody has typed yet. */
function isNothing(line: LineView, column: ColumnName): boolean {
  return (column === 'qty' && line.qty === 0) || (column === 'unitCost' && line.unitCost === 0);
}
