import { Autocomplete, NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import { lineKinds } from '@tidemark/documents/estimate';
import { useState } from 'react';
import { useEstimation } from '../context.ts';
import { useFormat } from '../format.ts';
import { lineKindWords } from '../kind-words.ts';
import { editText, readCell, readKind } from './cell-read.ts';
import { LineChanges } from './change-mark.tsx';
import { choicesOf } from './choices.ts';
import { columnOf, type WrittenColumn } from './columns.ts';
import { useGrid, useGridPart } from './context.ts';
import { write } from './edit.ts';
import { currencyOf } from './grid.ts';
import css from './line-list.module.css';
import type { LineRow } from './selection.ts';

/** One line as a form, on a phone: the columns of the grid, one below the other. */
export function LineForm({ row, mayChange }: { row: LineRow; mayChange: boolean }) {
  const grid = useGrid();
  const format = useFormat();
  const change = useGridPart(({ changes }) => changes?.rows.get(row.key));
  const now = useEstimation().amounts.get(row.key) ?? 0;
  const amount = row.number === 0 ? (change?.amount ?? 0) : now;
  const { line } = row;
  const field = (column: WrittenColumn) => ({ row, column, mayChange });
  return (
    <div className={css.form}>
      {change && <LineChanges change={change} />}
      <Field {...field('name')} autoFocus={line.name === ''} />
      <div className={css.pair}>
        <Field {...field('qty')} />
        <Field {...field('unit')} />
      </div>
      <div className={css.pair}>
        <Field {...field('unitCost')} />
        <Field {...field('wasteBp')} />
      </div>
      <p className={css.sum}>
        <span>Amount</span>
        <strong>{format.money(amount)}</strong>
      </p>
      <div className={css.pair}>
        <NativeSelect
          label="Kind"
          value={line.kind}
          disabled={!mayChange}
          data={lineKinds.map((kind) => ({ value: kind, label: lineKindWords[kind] }))}
          onChange={(event) => {
            const kind = readKind(event.currentTarget.value);
            if (kind !== null) write(grid, [{ id: line.id, column: 'kind', value: kind }]);
          }}
        />
        <Field {...field('code')} />
      </div>
      <Field {...field('note')} />
      <Switch
        label="Optional: not counted in the base"
        checked={line.optional}
        disabled={!mayChange}
        onChange={(event) =>
          write(
            grid,
            [{ id: line.id, column: 'optional', value: event.currentTarget.checked || null }],
            'Change optional',
          )
        }
      />
    </div>
  );
}

interface FieldProps {
  row: LineRow;
  column: WrittenColumn;
  mayChange: boolean;
  autoFocus?: boolean;
}

/** Written when one leaves it; what can't be read stays in it with the reason and is not written. */
function Field({ row, column, mayChange, autoFocus }: FieldProps) {
  const grid = useGrid();
  const held = editText(row.line, column);
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const leave = (text: string | null = draft) => {
    if (text === null || text === held) {
      setProblem(null);
      setDraft(null);
      return;
    }
    const read = readCell(column, text, currencyOf(grid));
    if ('problem' in read) return setProblem(read.problem);
    write(grid, [{ id: row.key, column, ...read }]);
    setProblem(null);
    setDraft(null);
  };
  const common = {
    label: columnOf(column).label,
    value: draft ?? held,
    readOnly: !mayChange,
    error: problem,
    onBlur: () => leave(),
    ...(autoFocus && mayChange && { 'data-autofocus': true }),
  };
  if (column === 'note') {
    return (
      <Textarea
        {...common}
        autosize
        minRows={1}
        maxRows={4}
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
    );
  }
  if (column === 'unit') {
    return (
      <Autocomplete
        {...common}
        data={choicesOf(grid, 'unit', draft).map(({ text }) => text)}
        onChange={setDraft}
        onOptionSubmit={(unit) => leave(unit)}
      />
    );
  }
  const { content } = columnOf(column);
  const number = content === 'quantity' || content === 'money' || content === 'rate';
  return (
    <TextInput
      {...common}
      // Not "decimal": people work things out in it, 12*3.5.
      inputMode="text"
      autoComplete="off"
      classNames={number ? { input: css.number } : {}}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) leave();
      }}
    />
  );
}
