import { Button } from '@mantine/core';
import { IconAlertTriangle, IconSearchOff } from '@tabler/icons-react';
import { EmptyState, ListSkeleton } from '@tidemark/ui';
import type { ReactNode } from 'react';
import { wordsOf } from '../api/http.ts';
import css from './past-page.module.css';

interface Props {
  query: {
    isPending: boolean;
    isError: boolean;
    isFetching: boolean;
    error: Error | null;
    data: unknown;
    refetch: () => unknown;
  };
  /** What is said when there is nothing; null while there is something. */
  nothing: ReactNode;
  children: ReactNode;
}

/** A list while it is on its way, when it did not come, and when it holds nothing. */
export function PastState({ query, nothing, children }: Props) {
  if (query.isPending) {
    return (
      <div className={css.card}>
        <ListSkeleton rows={6} />
      </div>
    );
  }
  if (query.isError && query.data === undefined) {
    return (
      <div className={css.card}>
        <EmptyState
          title="Past projects could not be loaded"
          icon={<IconAlertTriangle size={26} stroke={1.6} />}
          actions={
            <Button variant="default" onClick={() => void query.refetch()} loading={query.isFetching}>
              Try again
            </Button>
          }
        >
          {wordsOf(query.error)}
        </EmptyState>
      </div>
    );
  }
  return nothing ? <div className={css.card}>{nothing}</div> : children;
}

export function NothingFound({ what, onClear }: { what: string; onClear: () => void }) {
  return (
    <EmptyState
      title="Nothing found"
      icon={<IconSearchOff size={26} stroke={1.6} />}
      actions={
        <Button variant="default" onClick={onClear}>
          Show everything
        </Button>
      }
    >
      {what}
    </EmptyState>
  );
}
