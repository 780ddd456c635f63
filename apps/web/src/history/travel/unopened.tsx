import { Button } from '@mantine/core';
import { IconAlertTriangle, IconHistoryOff } from '@tabler/icons-react';
import { EmptyState } from '@tidemark/ui';
import { ApiError, wordsOf } from '../../api/http.ts';
import css from './travel.module.css';
import type { Travel } from './use-travel.ts';

interface Props {
  error: Error;
  outOfReach: boolean;
  travel: Pick<Travel, 'again' | 'steps'>;
}

/** In place of a moment that is not there, with the way to those that are. */
export function Unopened({ error, outOfReach, travel: { again, steps } }: Props) {
  const isThinned = error instanceof ApiError && error.code === 'no-detail';
  return (
    <main className={css.empty}>
      {isThinned ? (
        <EmptyState
          title="Only versions are kept of this time"
          icon={<IconHistoryOff size={26} stroke={1.6} />}
          actions={
            <>
              <Button variant="default" disabled={!steps.back} onClick={() => steps.step(-1)}>
                The version before
              </Button>
              <Button variant="default" disabled={!steps.forward} onClick={() => steps.step(1)}>
                The next one
              </Button>
            </>
          }
        >
          Single edits of this time are no longer kept, and this moment was none of the versions that are.
        </EmptyState>
      ) : (
        <EmptyState
          title="This moment could not be opened"
          icon={<IconAlertTriangle size={26} stroke={1.6} />}
          actions={
            <Button variant="default" onClick={again}>
              Try again
            </Button>
          }
        >
          {outOfReach
            ? 'You are offline, and this moment was not looked at on this device before.'
            : wordsOf(error)}
        </EmptyState>
      )}
    </main>
  );
}
