import { Link } from '@tanstack/react-router';
import type { RecoveryDeparted } from '../../api/recovery.ts';
import { untitled } from '../../shell/kind-words.ts';
import { bySpace, departedWords } from './departed-words.ts';
import css from './recovery.module.css';

/** What stood in the space at the time and has left it: nothing of it comes back. */
export function Departed({ departed }: { departed: RecoveryDeparted }) {
  const { gone, others, hidden } = departedWords(departed);
  if (departed.purged + departed.moved === 0) return null;
  return (
    <ul className={css.departed} aria-label="What is not here any more">
      {gone && <li>{gone}</li>}
      {bySpace(departed).map(({ space, named, more }) => (
        <li key={space.id}>
          In “{space.name}” now, and staying there:{' '}
          {named.map(({ id, kind, title }, at) => (
            <span key={id}>
              {at > 0 && ', '}
              <Link to="/d/$documentId" params={{ documentId: id }}>
                {title || untitled(kind)}
              </Link>
            </span>
          ))}
          {more > 0 && ` and ${more} ${more === 1 ? 'other' : 'others'}`}.
        </li>
      ))}
      {others && <li>{others}</li>}
      {hidden && <li>{hidden}</li>}
    </ul>
  );
}
