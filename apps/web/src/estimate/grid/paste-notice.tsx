import { Button, Progress } from '@mantine/core';
import { Banner } from '@tidemark/ui';
import { useState } from 'react';
import { useGrid, useGridFocus, useGridPart } from './context.ts';
import { showLine } from './follow.ts';
import css from './paste-notice.module.css';
import { issuePlace, type PasteIssue, reportWords } from './paste-report.ts';

/** How many issues are listed; the rest is counted. */
const listed = 200;

/** While a long block is pasted, how far it is; afterwards what of it was left out, and why. */
export function PasteNotice() {
  const { store } = useGrid();
  const pasting = useGridPart((state) => state.pasting);
  const pasted = useGridPart((state) => state.pasted);
  const [open, setOpen] = useState(false);
  if (pasting !== null) {
    return (
      <div className={css.progress}>
        <span>Reading what was pasted…</span>
        <Progress value={pasting * 100} size="sm" aria-label="Pasting" className={css.bar} />
      </div>
    );
  }
  if (pasted === null) return null;
  const { issues } = pasted;
  const [only] = issues;
  const single = issues.length === 1 && only !== undefined;
  return (
    <div className={css.notice}>
      <Banner
        tone="warn"
        action={
          <>
            {!single && (
              <Button
                size="compact-sm"
                variant="default"
                aria-expanded={open}
                onClick={() => setOpen((now) => !now)}
              >
                {open ? 'Hide' : 'What was left out'}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                store.set({ pasted: null });
                setOpen(false);
              }}
            >
              Dismiss
            </Button>
          </>
        }
      >
        {reportWords(pasted)} {single && <Issue issue={only} />}
      </Banner>
      {open && !single && (
        <ul className={css.list} aria-label="What was left out">
          {issues.slice(0, listed).map((issue, at) => (
            <li key={`${issue.row} ${issue.column} ${at.toString()}`}>
              <Issue issue={issue} />
            </li>
          ))}
          {issues.length > listed && <li>And {issues.length - listed} more.</li>}
        </ul>
      )}
    </div>
  );
}

function Issue({ issue }: { issue: PasteIssue }) {
  const grid = useGrid();
  const focus = useGridFocus();
  const place = issuePlace(issue);
  const { line, column, text, problem } = issue;
  return (
    <span className={css.issue}>
      {place !== '' &&
        (line !== null && column !== null ? (
          <button
            type="button"
            className={css.place}
            onClick={() => {
              showLine(grid, line, column);
              focus.take();
            }}
          >
            {place}
          </button>
        ) : (
          <span className={css.where}>{place}</span>
        ))}
      {text !== '' && <q>{text.slice(0, 80)}</q>}
      <span>{problem}</span>
    </span>
  );
}
