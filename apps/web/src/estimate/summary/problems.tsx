import { IconAlertTriangle } from '@tabler/icons-react';
import type { Estimation } from '@tidemark/estimating';
import { useDesk } from '../context.ts';
import css from './problems.module.css';

type Finding = Estimation['findings'][number];

/** Most findings that are listed one by one. */
const most = 5;

/** What could not be reckoned as it stands. */
export function Problems({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return null;
  return (
    <section className={css.problems} aria-label="What cannot be reckoned">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <ul className={css.findings}>
        {findings.slice(0, most).map((finding) => (
          <li key={`${finding.about} ${finding.id} ${finding.code}`}>
            <Words finding={finding} />
          </li>
        ))}
        {findings.length > most && <li>and {findings.length - most} more</li>}
      </ul>
    </section>
  );
}

function Words({ finding: { about, id, detail } }: { finding: Finding }) {
  const { reveal } = useDesk();
  if (about === 'total' || id === null) return detail;
  return (
    <button type="button" className={css.finding} onClick={() => reveal({ kind: about, id })}>
      {detail}
    </button>
  );
}
