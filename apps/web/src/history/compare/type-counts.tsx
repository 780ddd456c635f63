import type { Change } from '@tidemark/documents';
import css from './compare.module.css';
import { changeTypes } from './rows.ts';
import { typeWords } from './type-words.tsx';

/** What became of things, sort by sort, those that are there; `counted`: of how many. */
export function TypeCounts({ changes, counted = false }: { changes: readonly Change[]; counted?: boolean }) {
  return (
    <ul className={css.types}>
      {changeTypes.flatMap((type) => {
        const count = changes.filter(({ types }) => types.includes(type)).length;
        const { word, Icon } = typeWords[type];
        return count === 0
          ? []
          : [
              <li key={type} data-type={type}>
                <Icon size={13} stroke={2.2} aria-hidden />
                {counted ? `${count.toLocaleString('en')} ${word.toLowerCase()}` : word}
              </li>,
            ];
      })}
    </ul>
  );
}
