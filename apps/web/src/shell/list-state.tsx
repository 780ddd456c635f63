import { Button } from '@mantine/core';
import { IconAlertTriangle, IconSearchOff } from '@tabler/icons-react';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Card, EmptyState, ListSkeleton } from '@tidemark/ui';
import type { ReactNode } from 'react';
import { wordsOf } from '../api/http.ts';
import css from './list-state.module.css';

interface Props {
  query: {
    isPending: boolean;
    isError: boolean;
    isFetching: boolean;
    error: Error | null;
    data: unknown;
    refetch: () => unknown;
  };
  /** The card's name, where it has one. */
  label?: string;
  /** What is said when it did not come. */
  failed: string;
  /** What is said when there is nothing; falsy while there is something. */
  nothing: ReactNode;
  rows?: number;
  children: ReactNode;
}

/** A list while it is on its way, when it did not come, and when it holds nothing. */
export function ListState({ query, label, failed, nothing, rows, children }: Props) {
  const card = (inside: ReactNode) =>
    label === undefined ? (
      <Card>{inside}</Card>
    ) : (
      <Card as="section" aria-label={label}>
        {inside}
      </Card>
    );
  if (query.isPending) return card(<ListSkeleton {...(rows === undefined ? {} : { rows })} />);
  if (query.isError && query.data === undefined) {
    return card(
      <EmptyState
        title={failed}
        icon={<IconAlertTriangle size={26} stroke={1.6} />}
        actions={
          <Button variant="default" onClick={() => void query.refetch()} loading={query.isFetching}>
            Try again
          </Button>
        }
      >
        {wordsOf(query.error)}
      </EmptyState>,
    );
  }
  return nothing ? card(nothing) : children;
}

/** A filter that leaves nothing over, and the way back from it. */
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

/** The way to the next page of a list. */
export function MoreButton({
  pages,
}: {
  pages: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetchingNextPage' | 'fetchNextPage'>;
}) {
  if (!pages.hasNextPage) return null;
  return (
    <div className={css.more}>
      <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
        Show more
      </Button>
    </div>
  );
}
