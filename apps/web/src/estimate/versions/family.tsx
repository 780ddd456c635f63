import { Link } from '@tanstack/react-router';
import { formatMoney } from '@tidemark/estimating';
import type { Relative } from '../../api/versions.ts';
import { useSession } from '../../editor/context.ts';
import { untitled } from '../../shell/kind-words.ts';
import { useView } from '../context.ts';
import { useFamily } from './use-versions.ts';
import css from './versions.module.css';

/** Documents that come from one another by versions: what this one came from, and what came of it. */
export function Family() {
  const { documentId } = useSession();
  const parent = useView((view) => view.meta.parent);
  const { data: family = [] } = useFamily();
  const rows = treeOf(family);
  if (rows.length < 2 && parent === null) return null;
  return (
    <section aria-labelledby="family-title" className={css.part}>
      <h3 id="family-title" className={css.title}>
        Related estimates
      </h3>
      {parent !== null && parent.note !== '' && <p className={css.said}>{parent.note}</p>}
      {rows.length < 2 ? (
        <p className={css.note}>
          It began with version {parent?.number} of an estimate that is gone or not shared with you.
        </p>
      ) : (
        <ul className={css.family}>
          {rows.map(({ relative, depth }) => (
            <li key={relative.id} style={{ paddingLeft: Math.min(depth, 4) * 14 }}>
              {relative.id === documentId ? (
                <span className={css.self} aria-current="page">
                  {relative.title || untitled('estimate')} (this one)
                </span>
              ) : (
                <Link to="/d/$documentId" params={{ documentId: relative.id }} className={css.link}>
                  {relative.title || untitled('estimate')}
                </Link>
              )}
              <span className={css.about}>{aboutOf(relative)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function aboutOf({ origin, figures, deletedAt }: Relative): string {
  return [
    origin?.number ? `from #${origin.number}` : '',
    figures?.bid ? formatMoney(figures.bid, figures.currency) : '',
    figures ? figures.status : '',
    deletedAt === null ? '' : 'in the bin',
  ]
    .filter(Boolean)
    .join(' · ');
}

interface Branch {
  readonly relative: Relative;
  readonly depth: number;
}

/** Children below what they came from, in the order they were made. */
function treeOf(family: readonly Relative[]): Branch[] {
  const ids = new Set(family.map(({ id }) => id));
  const children = Map.groupBy(family, ({ origin }) =>
    origin !== null && ids.has(origin.documentId) ? origin.documentId : null,
  );
  const below = (id: string | null, depth: number): Branch[] =>
    (children.get(id) ?? []).flatMap((relative) => [{ relative, depth }, ...below(relative.id, depth + 1)]);
  return below(null, 0);
}
