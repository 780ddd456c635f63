import { Link } from '@tanstack/react-router';
import type { Recovered, RecoveryStanding } from '../../api/recovery.ts';
import { KindIcon } from '../../shell/kind-icon.tsx';
import { untitled } from '../../shell/kind-words.ts';
import css from './recovery.module.css';
import { type LineWords, outcomeWords } from './words.ts';

interface Props {
  items: readonly RecoveryStanding[];
  /** What would happen to a document. */
  planOf: (item: RecoveryStanding) => LineWords;
  /** What happened, once it has begun. */
  done: ReadonlyMap<string, Recovered> | null;
}

/** Documents of the space, each with what would happen to it, or what did. */
export function RecoveryList({ items, planOf, done }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys too
    <section className={css.scroller} aria-label="What happens to each document" tabIndex={0}>
      <ul className={css.list}>
        {items.map((item) => {
          const { id, kind, title } = item.document;
          const outcome = done?.get(id);
          const words = outcome ? outcomeWords(outcome) : planOf(item);
          const link = outcome && linkOf(outcome);
          return (
            <li
              key={id}
              className={css.row}
              data-tone={words.tone}
              data-waits={(done && !outcome) || undefined}
            >
              <KindIcon kind={kind} size={17} />
              <span className={css.title}>
                {link ? (
                  <Link to="/d/$documentId" params={{ documentId: link.id }}>
                    {link.title || title || untitled(kind)}
                  </Link>
                ) : (
                  title || untitled(kind)
                )}
              </span>
              <span className={css.what}>
                <span className={css.happens}>{words.text}</span>
                {words.reason && <span className={css.reason}>{words.reason}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Where one can look at what came of it. */
function linkOf({ id, outcome, copy }: Recovered): { id: string; title: string } | null {
  if (copy) return copy;
  return outcome === 'restored' ? { id, title: '' } : null;
}
