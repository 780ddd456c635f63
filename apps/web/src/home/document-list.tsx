import { Button } from '@mantine/core';
import { IconAlertTriangle, IconSearchOff, IconTemplate, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { EmptyState, ListSkeleton } from '@tidemark/ui';
import { documentsQuery, type ListFilter } from '../api/documents.ts';
import { wordsOf } from '../api/http.ts';
import type { Space } from '../api/types.ts';
import { BinRow } from './bin-row.tsx';
import css from './document-list.module.css';
import { DocumentRow } from './document-row.tsx';
import { EmptySpace } from './empty-space.tsx';
import { FiguresHead } from './figures.tsx';
import type { DocumentActions } from './use-document-actions.ts';
import { useOnDevice } from './use-on-device.ts';

interface Props {
  filter: ListFilter;
  personId: string;
  mayEdit: boolean;
  online: boolean;
  actions: DocumentActions;
  spaces: readonly Space[];
  /** Whether the person may delete for good what is in the bin. */
  mayPurge: boolean;
  /** Takes files to make documents of. */
  onFiles: (files: readonly File[]) => void;
}

const listNames = { documents: 'Documents', templates: 'Templates', bin: 'Documents in the bin' } as const;

/** The documents of one space, its templates, or of its bin, in all their states. */
export function DocumentList({
  filter,
  personId,
  mayEdit,
  mayPurge,
  online,
  actions,
  spaces,
  onFiles,
}: Props) {
  const pages = useInfiniteQuery(documentsQuery(filter));
  const here = useOnDevice(personId, !online);
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
    if (filter.part === 'templates') {
      return (
        <div className={css.card}>
          <EmptyState title="No templates yet" icon={<IconTemplate size={26} stroke={1.6} />}>
            “Save as template” in the menu of a document puts a copy of it here.
          </EmptyState>
        </div>
      );
    }
    if (filter.part === 'bin') {
      return (
        <div className={css.card}>
          <EmptyState title="The bin is empty" icon={<IconTrash size={26} stroke={1.6} />}>
            What you move to the bin can be restored from here until its day has come.
          </EmptyState>
        </div>
      );
    }
    return <EmptySpace mayEdit={mayEdit} online={online} actions={actions} onFiles={onFiles} />;
  }
  return (
    <>
      <div className={css.card}>
        <div className={css.columns} data-part={filter.part} aria-hidden="true">
          <span>Title</span>
          {filter.part !== 'bin' && items.some(({ figures }) => figures) && <FiguresHead />}
          <span>{filter.part === 'bin' ? 'Moved to the bin' : 'Edited'}</span>
          {filter.part === 'bin' && <span>Deleted for good</span>}
        </div>
        <ul className={css.list} aria-label={listNames[filter.part]}>
          {items.map((item) =>
            filter.part === 'bin' ? (
              <BinRow
                key={item.id}
                item={item}
                mayEdit={mayEdit}
                mayPurge={mayPurge}
                online={online}
                actions={actions}
              />
            ) : (
              <DocumentRow
                key={item.id}
                item={item}
                mayEdit={mayEdit}
                online={online}
                actions={actions}
                spaces={spaces}
                onDevice={here?.has(item.id) ?? null}
              />
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
