import { IconAlertTriangle, IconCircleCheck, IconExclamationCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { EmptyState } from '@tidemark/ui';
import { attachmentsQuery } from '../../api/attachments.ts';
import { ImportNote } from '../../files/import-note.tsx';
import { useDiagram } from '../context.ts';
import { useReveal } from '../tools/use-reveal.ts';
import type { Problem } from './problem.ts';
import css from './problems.module.css';
import { useProblems } from './use-problems.ts';

/** Lines that are shown; a diagram with more has one cause that repeats. */
const most = 300;

/** What the rules find; a click leads there. */
export function ProblemsPanel() {
  const problems = useProblems();
  if (problems === null) return <p className={css.wait}>Looking…</p>;
  if (problems.length === 0) {
    return (
      <>
        <EmptyState
          size="tile"
          level={3}
          icon={<IconCircleCheck size={22} stroke={1.5} />}
          title="No problems found"
        >
          The diagram keeps the rules of bpmnlint.
        </EmptyState>
        <FromFile />
      </>
    );
  }
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return (
    <div className={css.panel}>
      <p className={css.sum}>{sum(errors, problems.length - errors)}</p>
      <ul className={css.list}>
        {problems.slice(0, most).map((problem) => (
          <Line key={problem.id} problem={problem} />
        ))}
      </ul>
      {problems.length > most && <p className={css.sum}>And {problems.length - most} more.</p>}
      <FromFile />
    </div>
  );
}

/** What an import could not keep is a problem too; it has a report of its own. */
function FromFile() {
  const { documentId } = useDiagram();
  const { data } = useQuery(attachmentsQuery(documentId));
  return data?.imported ? <ImportNote imported={data.imported} /> : null;
}

function sum(errors: number, warnings: number): string {
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  if (warnings === 0) return count(errors, 'error');
  return errors === 0
    ? count(warnings, 'warning')
    : `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
}

function Line({ problem: { key, severity, message, about } }: { problem: Problem }) {
  const show = useReveal();
  const Icon = severity === 'error' ? IconExclamationCircle : IconAlertTriangle;
  const words = (
    <>
      <Icon
        className={css.icon}
        size={17}
        stroke={1.8}
        aria-label={severity === 'error' ? 'Error' : 'Warning'}
      />
      <span className={css.words}>
        <span className={css.about}>{about}</span>
        <span className={css.message}>{message}</span>
      </span>
    </>
  );
  return (
    <li data-severity={severity}>
      {key === null ? (
        <div className={css.line}>{words}</div>
      ) : (
        <button type="button" className={css.line} onClick={() => void show(key)}>
          {words}
        </button>
      )}
    </li>
  );
}
