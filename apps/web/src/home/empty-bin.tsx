import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { documentsQuery } from '../api/documents.ts';
import type { Space } from '../api/types.ts';
import { PurgeDialog } from './purge-dialog.tsx';
import type { DocumentActions } from './use-document-actions.ts';

interface Props {
  space: Space;
  online: boolean;
  actions: DocumentActions;
}

/** Takes what was in the bin when the person was asked; what comes later stays. */
export function EmptyBin({ space, online, actions }: Props) {
  const [until, setUntil] = useState<string | null>(null);
  const pages = useInfiniteQuery(documentsQuery({ space: space.id, part: 'bin', q: '' }));
  // The last moved there comes first.
  const newest = pages.data?.pages[0]?.items[0]?.deletedAt ?? null;
  const empty = () => {
    if (until === null) return;
    actions.emptyBin.mutate(
      { projectId: space.id, until },
      {
        onSuccess: (purged) =>
          notifications.show({
            message: `${purged === 1 ? 'One document was' : `${purged} documents were`} deleted for good`,
          }),
        onSettled: () => setUntil(null),
      },
    );
  };
  return (
    <>
      <Button
        flex="none"
        variant="default"
        disabled={!online || newest === null}
        onClick={() => setUntil(newest)}
      >
        Empty the bin…
      </Button>
      <PurgeDialog
        opened={until !== null}
        what={{ space: space.name }}
        busy={actions.emptyBin.isPending}
        onConfirm={empty}
        onClose={() => setUntil(null)}
      />
    </>
  );
}
