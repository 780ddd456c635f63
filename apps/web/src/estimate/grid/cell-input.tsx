import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { editStep } from './acts.ts';
import css from './cell.module.css';
import { CellPopover } from './cell-popover.tsx';
import { ChoiceList } from './choice-list.tsx';
import { type Choice, choicesOf } from './choices.ts';
import type { ColumnName } from './columns.ts';
import { useGrid, useGridFocus, useGridPart } from './context.ts';
import { commit, typed } from './edit.ts';
import { editAct } from './keys.ts';
import { usePriceChoices } from './price-choices.ts';
import { TheirsNote } from './theirs-note.tsx';

interface Props {
  row: string;
  column: ColumnName;
  /** What the cell shows while it is closed. */
  shown: string;
  label: string;
  align?: 'start' | 'end';
  readOnly: boolean;
  placeholder?: string;
}

/**
 * The field of the active cell. It stands there, unseen, before anything is typed, so that the first letter of any
 * way of typing lands in it: an input method begins to compose only where there is a field.
 */
export function CellInput({ row, column, shown, label, align = 'start', readOnly, placeholder }: Props) {
  const grid = useGrid();
  const focus = useGridFocus();
  const editing = useGridPart(({ editing: now }) =>
    now?.place.row === row && now.place.column === column ? now : null,
  );
  const problem = useGridPart((state) => (state.editing === editing ? state.problem : null));
  const field = useRef<HTMLInputElement>(null);
  const renewing = useRef(false);
  const listId = useId();
  const open = editing !== null;
  const [query, setQuery] = useState<string | null>(null);
  const [at, setAt] = useState<number | null>(null);
  const items = usePriceChoices(grid, { row, column }, open ? query : null);
  const choices = open ? [...choicesOf(grid, column, query), ...items] : [];
  const best = column === 'kind' && query !== null && query !== '' && choices.length > 0 ? 0 : null;
  const chosen = choices[at ?? best ?? -1] ?? null;

  useLayoutEffect(() => {
    const element = field.current;
    focus.field = element;
    if (focus.wanted) focus.take();
    return () => {
      if (focus.field === element) focus.field = null;
    };
  }, [focus]);

  useLayoutEffect(() => {
    if (open || !field.current) return;
    field.current.value = shown;
    if (document.activeElement === field.current) field.current.select();
  }, [open, shown]);

  useLayoutEffect(() => {
    setQuery(null);
    setAt(null);
    const element = field.current;
    if (element === null || editing === null) return;
    if (editing.begin === null) return setQuery(element.value);
    element.value = editing.begin;
    if (focus.touch) {
      // The keyboard of the screen comes with the focus: it is given anew, now that letters are wanted.
      renewing.current = true;
      element.blur();
      element.inputMode = 'text';
    }
    element.focus({ preventScroll: true });
    renewing.current = false;
    element.setSelectionRange(element.value.length, element.value.length);
  }, [editing, focus]);

  const take = (choice: Choice) => {
    if (choice.take) choice.take();
    else grid.store.draft = choice.text;
  };

  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (editing === null) return;
    const { isComposing } = event.nativeEvent;
    const what = editAct(
      { ...keysOf(event), isComposing },
      { over: editing.over, choosing: choices.length > 0 },
    );
    if (what === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (what.act === 'choose') {
      const now = at ?? best;
      const next = now === null ? (what.step === 1 ? 0 : choices.length - 1) : now + what.step;
      return setAt((next + choices.length) % choices.length);
    }
    if (chosen !== null && what.act !== 'cancel') take(chosen);
    editStep(grid, what);
  };

  const telling = problem !== null;
  const noting = useGridPart(
    ({ theirs }) => open && theirs?.place.row === row && theirs.place.column === column,
  );
  return (
    <span className={css.field}>
      <input
        ref={field}
        className={css.input}
        data-open={open || undefined}
        data-align={align}
        data-grid-input
        defaultValue={shown}
        aria-label={label}
        readOnly={readOnly}
        placeholder={open ? placeholder : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={open && (column === 'name' || column === 'note')}
        inputMode={focus.touch && !open ? 'none' : 'text'}
        aria-invalid={problem !== null}
        {...(choices.length > 0 && {
          role: 'combobox',
          'aria-expanded': true,
          'aria-controls': listId,
          'aria-activedescendant': chosen === null ? undefined : `${listId}-${choices.indexOf(chosen)}`,
        })}
        onInput={(event) => {
          const { value } = event.currentTarget;
          setQuery(value);
          setAt(null);
          typed(grid, value);
        }}
        onCompositionStart={() => typed(grid, field.current?.value ?? '')}
        onKeyDown={press}
        onBlur={() => {
          // The window lost the focus, not the cell.
          if (open && !renewing.current && document.activeElement !== field.current) commit(grid, 'stay');
        }}
      />
      {open && (telling || noting || choices.length > 0) && (
        <CellPopover
          look={telling ? 'problem' : noting ? 'bare' : 'choices'}
          align={align}
          inset={row.startsWith('+') ? 44 : 0}
        >
          {noting && !telling ? (
            <TheirsNote place={{ row, column }} />
          ) : telling ? (
            <p role="alert">{problem}</p>
          ) : (
            <ChoiceList
              id={listId}
              label={label}
              choices={choices}
              chosen={chosen}
              onChoose={(choice) => {
                take(choice);
                commit(grid, 'stay');
              }}
            />
          )}
        </CellPopover>
      )}
    </span>
  );
}

export const keysOf = ({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent) => ({
  key,
  shiftKey,
  ctrlKey,
  metaKey,
  altKey,
});
