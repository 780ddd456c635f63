import { VisuallyHidden } from '@mantine/core';
import type { Thing } from '@tidemark/documents';
import { typeWords } from '../../history/compare/type-words.tsx';
import { useMarksHere } from '../../history/marks.ts';
import css from './tab-sign.module.css';

/** The sign of a tab, or a part of one, in which something differs. */
export function TabSign({ of }: { of: (thing: Thing) => boolean }) {
  const marks = useMarksHere();
  if (marks === null) return null;
  const count = [...marks.values()].filter(({ change }) => of(change.thing)).length;
  if (count === 0) return null;
  const { Icon } = typeWords.changed;
  return (
    <>
      <Icon className={css.sign} size={12} stroke={2.2} aria-hidden />
      <VisuallyHidden>, {count === 1 ? '1 change' : `${count} changes`}</VisuallyHidden>
    </>
  );
}

/** Of which things of the document a tab tells what became. */
export const tabThings: Readonly<Record<'estimate' | 'risks' | 'actuals', (thing: Thing) => boolean>> = {
  estimate: ({ collection }) => collection === 'lines' || collection === 'groups',
  risks: ({ collection }) => collection === 'risks',
  actuals: (thing) => isCost(thing) || isReview(thing),
};

export const isCost = ({ collection }: Thing): boolean => collection === 'actuals';
export const isReview = ({ collection }: Thing): boolean =>
  collection === 'lessons' || collection === 'review';
