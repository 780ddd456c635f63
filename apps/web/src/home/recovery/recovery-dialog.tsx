import { Button, Checkbox, Modal, Radio, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { usePhone } from '@tidemark/ui';
import { useEffect, useMemo, useState } from 'react';
import { type RecoveryMode, recoveryQuery } from '../../api/recovery.ts';
import type { Space } from '../../api/types.ts';
import { useOnline } from '../../shell/online.ts';
import css from './recovery.module.css';
import { RecoveryPreview } from './recovery-preview.tsx';
import { RecoveryReport } from './recovery-report.tsx';
import { useChoice } from './use-choice.ts';
import { useRun } from './use-run.ts';
import { documentsWords, fieldTime, quickTimes } from './words.ts';

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
  const found = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const departed = pages.data?.pages[0]?.departed ?? null;
  const choice = useChoice(found, nearest);
  const whole = pages.data !== undefined && !hasNextPage && text === typed;
  const lost = found.filter((item) => item.standing === 'no-detail' && item.nearest !== null).length;
  const running = run?.state === 'running';
  const begin = () => void start({ at, mode, nearest, documents: choice.documents });
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
            if (whole && choice.chosen > 0 && online) begin();
          }}
        >
          <p className={css.words}>
            Documents of “{space.name}” as they were at a time: all of them, or those that you choose. What
            was deleted for good does not come back.
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
            <RecoveryPreview
              choice={choice}
              departed={departed}
              whole={whole}
              error={pages.error}
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
            <Button type="submit" disabled={!online || !whole || choice.chosen === 0}>
              {mode === 'copies' ? 'Make copies' : 'Restore in place'}
            </Button>
          </div>
        </form>
      ) : (
        <RecoveryReport
          run={run}
          items={choice.items}
          departed={departed}
          onStop={stop}
          onAgain={() => void start(run.wish)}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}
