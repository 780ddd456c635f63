import type { Change } from '@tidemark/documents';
import css from './compare.module.css';
import { changeTypes } from './rows.ts';
import { typeWords } from './type-words.tsx';

/** What the marks on the picture say, those that are there. */
export function Legend({ changes }: { changes: readonly Change[] }) {
  const there = changeTypes.filter((type) => changes.some(({ types }) => types.includes(type)));
  return (
    <section className={css.legend} aria-label="Marks">
      <ul>
        {there.map((type) => {
          const { word, Icon } = typeWords[type];
          return (
            <li key={type} data-type={type}>
              <Icon size={13} stroke={2.2} aria-hidden />
              {word}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
