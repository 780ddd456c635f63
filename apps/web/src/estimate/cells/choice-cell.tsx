import { Autocomplete } from '@mantine/core';
import { type CSSProperties, useId } from 'react';
import css from './cell.module.css';
import { CellNotes } from './cell-notes.tsx';
import type { CellProps } from './text-cell.tsx';
import { useCell } from './use-cell.ts';

interface Props extends CellProps {
  choices: readonly string[];
}

/** A text with suggestions, as a cell of a table. They open with typing, or with Alt and the arrow down. */
export function ChoiceCell({
  label,
  column,
  choices,
  readOnly = false,
  holder,
  placeholder,
  ...value
}: Props) {
  const { field, onKeyDown } = useCell(value);
  const id = useId();
  return (
    <span
      className={css.cell}
      data-held={holder !== undefined || undefined}
      style={holder && ({ '--person': holder.colour } as CSSProperties)}
    >
      <Autocomplete
        style={{ flex: 1, minWidth: 0 }}
        variant="unstyled"
        classNames={{ input: css.input }}
        data-cell={column}
        aria-label={label}
        aria-describedby={field.overtaken ? id : undefined}
        data={[...choices]}
        limit={12}
        openOnFocus={false}
        comboboxProps={{ width: 220, position: 'bottom-start' }}
        value={field.text}
        placeholder={readOnly ? undefined : placeholder}
        readOnly={readOnly}
        maxLength={value.value.length > 100 ? 500 : 100}
        onChange={field.type}
        onOptionSubmit={(text) => {
          field.type(text);
          field.settle();
        }}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => field.settle()}
        onKeyDown={onKeyDown}
      />
      <CellNotes id={id} field={field} value={value.value} holder={holder} />
    </span>
  );
}
