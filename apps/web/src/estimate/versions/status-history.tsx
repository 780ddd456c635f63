import { timeAgo, timeInFull } from '../../shell/time.ts';
import { useStatusChanges } from './use-versions.ts';
import { changeWords } from './version-words.ts';
import css from './versions.module.css';

/** Who changed the status, when and why. Nothing while nobody has. */
export function StatusHistory() {
  const { data: changes = [] } = useStatusChanges();
  if (changes.length === 0) return null;
  return (
    <section aria-labelledby="status-history-title" className={css.part}>
      <h3 id="status-history-title" className={css.title}>
        Changes of status
      </h3>
      <ol className={css.history}>
        {changes.map(({ id, to, version, at, by, note }) => (
          <li key={id} data-status={to}>
            <span className={css.name}>{changeWords({ to, version })}</span>
            <span className={css.about}>
              <span title={timeInFull(at)}>{timeAgo(at)}</span>
              {by.name !== '' && ` · ${by.name}`}
            </span>
            {note !== '' && <p className={css.said}>{note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
}
