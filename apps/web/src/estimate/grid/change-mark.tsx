import { VisuallyHidden } from '@mantine/core';
import { mainType } from '../../history/compare/rows.ts';
import { typesText, typeWords } from '../../history/compare/type-words.tsx';
import css from './change-mark.module.css';
import type { Told } from './changes.ts';

/** What became of a row, by a sign, a colour and a word; with `noted`, all that is another under the pointer and where one is. */
export function ChangeTag({ change: { types, fields }, noted }: { change: Told; noted?: boolean }) {
  if (types.length === 0) return null;
  const type = mainType({ types });
  const { Icon } = typeWords[type];
  const words = fields.join('; ');
  return (
    <>
      <span className={css.tag} data-change={type}>
        <Icon size={11} stroke={2.4} aria-hidden />
        {typesText(types)}
        {words !== '' && <VisuallyHidden>: {words}</VisuallyHidden>}
      </span>
      {noted && words !== '' && (
        <span className={css.note} aria-hidden>
          {words}
        </span>
      )}
    </>
  );
}

/** The sign of a cell that says something else now, with what it said: beside it under the pointer and where one is. */
export function CellChange({ old, now }: { old: string; now: string }) {
  const { Icon } = typeWords.changed;
  return (
    <>
      <Icon className={css.sign} size={11} stroke={2.2} aria-hidden />
      <VisuallyHidden>, was {old}</VisuallyHidden>
      <span className={css.note} data-was aria-hidden>
        <del>{old}</del> → <ins>{now || 'nothing'}</ins>
      </span>
    </>
  );
}

/** What became of a line, property by property. */
export function LineChanges({ change }: { change: Told }) {
  return (
    <div className={css.changes}>
      <ChangeTag change={{ ...change, fields: [] }} />
      {change.fields.map((words) => (
        <span key={words}>{words}</span>
      ))}
    </div>
  );
}

/** What a row that differs is said to be, after what it is called. */
export function changeLabel(change: Told | undefined): string {
  return change === undefined || change.types.length === 0
    ? ''
    : `, ${typesText(change.types).toLowerCase()}`;
}
