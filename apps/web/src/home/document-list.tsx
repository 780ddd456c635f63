import { Button } from '@mantine/core';
import { IconAlertTriangle, IconSearchOff, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState, ListSkeleton } from '@tidemark/ui';
import { documentsQuery, type ListFilter } from '../api/documents.ts';
import { wordsOf } from '../api/http.ts';
import { BinRow } from './bin-row.tsx';
import css from './document-list.module.css';
import { DocumentRow } from './document-row.tsx';
import { EmptySpace } from './empty-space.tsx';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  filter: ListFilter;
  mayEdit: boolean;
  online: boolean;
  actions: DocumentActions;
  /** Takes files to make documents of. */
  onFiles: (files: readonly File[]) => void;
}

/** The documents of one space, or of its bin, in all their states. */
export function DocumentList({ filter, mayEdit, online, actions, onFiles }: Props) {
  const pages = useInfiniteQuery(documentsQuery(filter));
  if (pages.isPending) {
    return (
      <div className={css.card}>
        <ListSkeleton />
      </div>
    );
  }
  if (pages.isError) {
    return (
      <div className={css.card}>
        <EmptyState
          title="The list could not be loaded"
          icon={<IconAlertTriangle size={26} stroke={1.6} />}
          actions={
            <Button variant="default" onClick={() => void pages.refetch()} loading={pages.isFetching}>
              Try again
            </Button>
          }
        >
          {wordsOf(pages.error)}
        </EmptyState>
      </div>
    );
  }
  const items = pages.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    if (filter.q) {
      return (
        <div className={css.card}>
          <EmptyState title="Nothing found" icon={<IconSearchOff size={26} stroke={1.6} />}>
            No title here holds “{filter.q}”.
          </EmptyState>
        </div>
      );
    }
    if (filter.bin) {
      return (
        <div className={css.card}>
          <EmptyState title="The bin is empty" icon={<IconTrash size={26} stroke={1.6} />}>
            What you move to the bin stays here until you restore it.
          </EmptyState>
        </div>
      );
    }
    return <EmptySpace mayEdit={mayEdit} online={online} actions={actions} onFiles={onFiles} />;
  }
  return (
    <>
      <div className={css.card}>
        <div className={css.columns} aria-hidden="true">
          <span>Title</span>
          <span>{filter.bin ? 'Moved to the bin' : 'Edited'}</span>
        </div>
        <ul className={css.list} aria-label={filter.bin ? 'Documents in the bin' : 'Documents'}>
          {items.map((item) =>
            filter.bin ? (
              <BinRow key={item.id} item={item} mayEdit={mayEdit && online} actions={actions} />
            ) : (
              <DocumentRow key={item.id} item={item} mayEdit={mayEdit} online={online} actions={actions} />
            ),
          )}
        </ul>
      </div>
      {pages.hasNextPage && (
        <div className={css.more}>
          <Button
            variant="default"
            loading={pages.isFetchingNextPage}
            onClick={() => void pages.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}
