import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { TableChoice } from '../estimate/files/table-file.ts';
import { importDesk } from './import-desk.ts';
import { countWords } from './report-words.ts';

/** Imports files as new documents; one is opened at once, with what became of it. `choice`: how tables are read. */
export function useImport(
  spaceId: string | null,
): (files: readonly File[], choice?: TableChoice | null) => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useCallback(
    async (files, choice = null) => {
      const made = await importDesk.take(files, spaceId, choice);
      const [only] = made;
      void queryClient.invalidateQueries({ queryKey: ['documents'] });
      if (made.length > 1) notifications.show({ message: `${made.length} documents are imported.` });
      if (made.length !== 1 || !only || files.length > 1) return;
      await navigate({ to: '/d/$documentId', params: { documentId: only.document.id } });
      const { changed, lost } = only.report.counts;
      if (changed + lost > 0) importDesk.tell(only);
      else
        notifications.show({
          message: `“${only.document.title}” is imported. ${countWords(only.report.counts)}.`,
        });
    },
    [spaceId, queryClient, navigate],
  );
}
