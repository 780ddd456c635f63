import { useComparison } from '../../history/compare/comparison.ts';
import { type ChangeType, mainType } from '../../history/compare/rows.ts';
import { typesText, typeWords } from '../../history/compare/type-words.tsx';
import { type Mark, markKey, useMarksHere } from '../../history/marks.ts';
import css from './compare.module.css';

interface TileMark {
  readonly mark: Mark;
  readonly type: ChangeType;
  readonly isChosen: boolean;
}

/** What a comparison says of a chart that is here; null where it says nothing. */
export function useTileMark(chartId: string): TileMark | null {
  const key = markKey({ collection: 'charts', id: chartId });
  const mark = useMarksHere()?.get(key) ?? null;
  const chosen = useComparison()?.chosen ?? null;
  return mark && { mark, type: mainType(mark), isChosen: chosen === key };
}

/** The badge of a tile that differs. */
export function MarkBadge({ mark: { types, change }, type }: TileMark) {
  const comparison = useComparison();
  const { Icon } = typeWords[type];
  return (
    <button
      type="button"
      className={`${css.mark} ${css.onTile}`}
      data-type={type}
      data-no-drag
      onClick={() => comparison?.choose(markKey(change.thing))}
    >
      <Icon size={12} stroke={2.4} aria-hidden />
      {typesText(types)}
    </button>
  );
}
