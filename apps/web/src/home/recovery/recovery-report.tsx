import { Button, Progress } from '@mantine/core';
import { useEffect, useRef } from 'react';
import type { RecoveryDeparted, RecoveryStanding } from '../../api/recovery.ts';
import { Departed } from './departed.tsx';
import css from './recovery.module.css';
import { ReportList } from './recovery-list.tsx';
import type { Run } from './use-run.ts';
import { documentsWords, planWords } from './words.ts';

interface Props {
  run: Run;
  items: readonly RecoveryStanding[];
  departed: RecoveryDeparted | null;
  onStop: () => void;
  onAgain: () => void;
  onClose: () => void;
}

/** What has come of a recovery so far. */
export function RecoveryReport({ run, items, departed, onStop, onAgain, onClose }: Props) {
  const { mode, nearest, documents } = run.wish;
  const asked = documents && new Set(documents);
  const all = items.filter(({ standing, document: { id } }) =>
    asked ? asked.has(id) : standing !== 'made-since',
  );
  const done = [...run.done.values()];
  const tally = (outcome: string) => done.filter((line) => line.outcome === outcome).length;
  const [good, bad] = [tally('restored') + tally('copied'), tally('refused')];
  const did = `${documentsWords(good)} ${good === 1 ? 'was' : 'were'} ${mode === 'copies' ? 'copied' : 'restored'}`;
  const ended =
    run.state === 'broken'
      ? ` It ended early. ${run.problem} What is done stays; going on does the rest.`
      : '';
  return (
    <>
      <p className={css.summary} role="status">
        {run.state === 'running'
          ? `${run.done.size} of ${all.length} documents`
          : `${did}${bad > 0 ? `, ${bad} could not be` : ''}.${ended}`}
      </p>
      {run.state === 'running' && (
        <Progress
          mb={12}
          value={all.length === 0 ? 100 : (100 * run.done.size) / all.length}
          aria-label="Documents done"
        />
      )}
      <div className={css.board}>
        <ReportList items={all} planOf={(item) => planWords(item, mode, nearest)} done={run.done} />
      </div>
      {departed && <Departed departed={departed} />}
      <div className={css.foot}>
        {run.state === 'running' ? (
          <NextButton variant="default" onClick={onStop}>
            Stop
          </NextButton>
        ) : (
          <>
            {run.state === 'broken' && (
              <Button variant="default" onClick={onAgain}>
                Go on
              </Button>
            )}
            <NextButton onClick={onClose}>Done</NextButton>
          </>
        )}
      </div>
    </>
  );
}

/** What was pressed is gone: this has the focus then. */
function NextButton(props: { variant?: string; onClick: () => void; children: string }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return <Button ref={button} {...props} />;
}
