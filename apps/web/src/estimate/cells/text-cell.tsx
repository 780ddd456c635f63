import { type CSSProperties, useId } from 'react';
import css from './cell.module.css';
import { CellNotes, type Holder } from './cell-notes.tsx';
import { type CellValue, useCell } from './use-cell.ts';

export interface CellProps extends CellValue {
  /** For those who can't see the head of the column: what of which row. */
  label: string;
  /** The column that the arrow keys stay in. */
  column: string;
  readOnly?: boolean;
  placeholder?: string | undefined;
  maxLength?: number;
  holder?: Holder | undefined;
}

interface Props extends CellProps {
  number?: boolean;
  type?: 'text' | 'date';
}

/** A text or a number as a cell of a table. */
export function TextCell({
  label,
  column,
  number = false,
  readOnly = false,
  holder,
  placeholder,
  maxLength = number ? 200 : 500,
  type = 'text',
  ...value
}: Props) {
  const { field, onKeyDown } = useCell(value);
  const id = useId();
  const noted = field.error !== null || field.overtaken;
  return (
    <span
      className={css.cell}
      data-held={holder !== undefined || undefined}
      style={holder && ({ '--person': holder.colour } as CSSProperties)}
    >
      <input
        className={css.input}
        data-cell={column}
        data-number={number || undefined}
        aria-label={label}
        aria-invalid={field.error !== null}
        aria-describedby={noted ? id : undefined}
        title={!number && field.text.length > 24 ? field.text : undefined}
        type={type}
        value={field.text}
        // Of a figure the placeholder is what it comes to, for readers too.
        placeholder={readOnly && !number ? undefined : placeholder}
        readOnly={readOnly}
        autoComplete="off"
        maxLength={type === 'date' ? undefined : maxLength}
        onChange={(event) => field.type(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => field.settle()}
        onKeyDown={onKeyDown}
      />
      <CellNotes id={id} field={field} value={value.value} holder={holder} />
    </span>
  );
}
