import { Button, Checkbox, Modal, Progress, Radio, Skeleton, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState, usePhone } from '@tidemark/ui';
import { useEffect, useRef, useState } from 'react';
import { wordsOf } from '../../api/http.ts';
import { type RecoveryMode, type RecoveryStanding, recoveryQuery } from '../../api/recovery.ts';
import type { Space } from '../../api/types.ts';
import { useOnline } from '../../shell/online.ts';
import css from './recovery.module.css';
import { RecoveryList } from './recovery-list.tsx';
import { type Run, useRun } from './use-run.ts';
import { acts, documentsWords, fieldTime, planWords, quickTimes } from './words.ts';

interface Props {
  space: Space;
  /** Whether this person may restore what is there, and not only copy what was. */
  mayInPlace: boolean;
  onClose: () => void;
}

/** Brings all documents of a space back to a time: first what would happen, then what does. */
export default function RecoveryDialog({ space, mayInPlace, onClose }: Props) {
  const phone = usePhone();
  const online = useOnline();
  const [opened] = useState(() => Date.now());
  const quick = quickTimes(opened);
  const [text, setText] = useState(() => fieldTime(quick[0]?.at ?? opened));
  const [typed] = useDebouncedValue(text, 250);
  const [mode, setMode] = useState<RecoveryMode>('copies');
  const [nearest, setNearest] = useState(false);
  const { run, start, stop } = useRun(space.id);
  const time = Date.parse(typed);
  const valid = !Number.isNaN(time) && time <= Date.now();
  const at = valid ? new Date(time).toISOString() : '';
  const pages = useInfiniteQuery({ ...recoveryQuery(space.id, at), enabled: valid && run === null });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const items = inOrder(pages.data?.pages.flatMap((page) => page.items) ?? [], nearest);
  const whole = pages.data !== undefined && !hasNextPage && text === typed;
  const count = items.filter((item) => acts(item, nearest)).length;
  const lost = items.filter((item) => item.standing === 'no-detail' && item.nearest !== null).length;
  const running = run?.state === 'running';
  const begin = () => void start({ at, mode, nearest });
  return (
    <Modal
      opened
      onClose={onClose}
      title="Go back to an earlier time"
      size={680}
      fullScreen={phone}
      closeOnEscape={!running}
      closeOnClickOutside={run === null}
      withCloseButton={!running}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {run === null ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (whole && count > 0 && online) begin();
          }}
        >
          <p className={css.words}>
            All documents of “{space.name}” as they were at a time. What was deleted for good does not come
            back.
          </p>
          <div className={css.time}>
            <TextInput
              type="datetime-local"
              step={1}
              label="Day and time"
              value={text}
              max={fieldTime(opened)}
              onChange={(event) => setText(event.currentTarget.value)}
              error={text !== '' && text === typed && !valid ? 'Choose a time that is over.' : null}
              data-autofocus
            />
            <div className={css.quick}>
              {quick.map(({ label, at: then }) => (
                <Button
                  key={label}
                  size="compact-sm"
                  variant="default"
                  aria-pressed={text === fieldTime(then)}
                  onClick={() => setText(fieldTime(then))}
                >
                  {label}
                </Button>
              ))}
            </div>
          </div>
          <Radio.Group
            className={css.modes}
            aria-label="How"
            value={mode}
            onChange={(value) => setMode(value === 'in-place' ? 'in-place' : 'copies')}
          >
            <Radio
              value="copies"
              label="Make copies"
              description="A new document beside each that differs, with the time in its title. Nothing that is here changes."
            />
            <Radio
              mt={8}
              value="in-place"
              disabled={!mayInPlace}
              label="Restore in place"
              description={
                mayInPlace
                  ? 'Each becomes again what it was, and comes out of the bin if it went there since. Everybody sees it at once; what it is now stays in its history.'
                  : 'Only an owner of the company may do this to what everybody shares.'
              }
            />
          </Radio.Group>
          {valid && (
            <Preview
              items={items}
              whole={whole}
              error={pages.error}
              count={count}
              retry={pages.refetch}
              mode={mode}
              nearest={nearest}
            />
          )}
          {lost > 0 && (
            <Checkbox
              className={css.nearest}
              checked={nearest}
              onChange={(event) => setNearest(event.currentTarget.checked)}
              label={`Where every edit is no longer kept, take the last version before (${documentsWords(lost)})`}
            />
          )}
          <div className={css.foot}>
            {!online && <span className={css.note}>You are offline; it can be done when you are back.</span>}
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" disabled={!online || !whole || count === 0}>
              {mode === 'copies' ? 'Make copies' : 'Restore in place'}
            </Button>
          </div>
        </form>
      ) : (
        <Report
          run={run}
          items={items}
          mode={mode}
          nearest={nearest}
          onStop={stop}
          onAgain={begin}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

interface PreviewProps {
  items: readonly RecoveryStanding[];
  /** Whether all of it is there. */
  whole: boolean;
  error: Error | null;
  /** Documents that something would happen to. */
  count: number;
  retry: () => unknown;
  mode: RecoveryMode;
  nearest: boolean;
}

function Preview({ items, whole, error, count, retry, mode, nearest }: PreviewProps) {
  if (error) {
    return (
      <EmptyState
        size="tile"
        level={3}
        title="That could not be looked up"
        icon={<IconAlertTriangle size={22} stroke={1.6} />}
        actions={
          <Button size="compact-sm" variant="default" onClick={() => void retry()}>
            Try again
          </Button>
        }
      >
        {wordsOf(error)}
      </EmptyState>
    );
  }
  if (!whole) return <Skeleton mt={18} height={120} aria-label="Looking what stood then" />;
  if (items.every(({ standing, binned }) => standing === 'unchanged' && !binned)) {
    return (
      <div className={css.none}>
        <EmptyState
          size="tile"
          level={3}
          title="Nothing changed since then"
          icon={<IconHistory size={22} stroke={1.6} />}
        >
          Every document here is as it was.
        </EmptyState>
      </div>
    );
  }
  return (
    <>
      <p className={css.summary} role="status">
        {count === 0
          ? 'Nothing would come back.'
          : `${documentsWords(count)} would ${mode === 'copies' ? 'be copied' : 'come back'}, ${items.length - count} would stay.`}
      </p>
      <RecoveryList items={items} planOf={(item) => planWords(item, mode, nearest)} done={null} />
    </>
  );
}

interface ReportProps {
  run: Run;
  items: readonly RecoveryStanding[];
  mode: RecoveryMode;
  nearest: boolean;
  onStop: () => void;
  onAgain: () => void;
  onClose: () => void;
}

function Report({ run, items, mode, nearest, onStop, onAgain, onClose }: ReportProps) {
  const all = items.filter(({ standing }) => standing !== 'made-since');
  const done = [...run.done.values()];
  const tally = (outcome: string) => done.filter((line) => line.outcome === outcome).length;
  const [good, bad] = [tally('restored') + tally('copied'), tally('refused')];
  const did = `${documentsWords(good)} ${good === 1 ? 'was' : 'were'} ${mode === 'copies' ? 'copied' : 'restored'}`;
  const said =
    run.state === 'running'
      ? `${run.done.size} of ${all.length} documents`
      : `${did}${bad > 0 ? `, ${bad} could not be` : ''}.${
          run.state === 'broken'
            ? ` It ended early. ${run.problem} What is done stays; going on does the rest.`
            : ''
        }`;
  return (
    <>
      <p className={css.summary} role="status">
        {said}
      </p>
      {run.state === 'running' && (
        <Progress
          mb={12}
          value={all.length === 0 ? 100 : (100 * run.done.size) / all.length}
          aria-label="Documents done"
        />
      )}
      <RecoveryList items={all} planOf={(item) => planWords(item, mode, nearest)} done={run.done} />
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

/** What happens first, then what cannot, then what stays; by title. */
function inOrder(items: readonly RecoveryStanding[], nearest: boolean): RecoveryStanding[] {
  const rank = (item: RecoveryStanding) => (acts(item, nearest) ? 0 : item.standing === 'no-detail' ? 1 : 2);
  return [...items].sort((a, b) => rank(a) - rank(b) || a.document.title.localeCompare(b.document.title));
}
