import type { Change } from '@tidemark/documents';
import css from './compare.module.css';
import { TypeCounts } from './type-counts.tsx';

/** What the marks on the picture say, those that are there. */
export function Legend({ changes }: { changes: readonly Change[] }) {
  return (
    <section className={css.legend} aria-label="Marks">
      <TypeCounts changes={changes} />
    </section>
  );
}
