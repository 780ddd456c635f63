import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { importDesk } from './import-desk.ts';
import { countWords } from './report-words.ts';

/** Imports files as new diagrams; one is opened at once, with what became of it. */
export function useImport(spaceId: string | null): (files: readonly File[]) => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return useCallback(
    async (files) => {
      const made = await importDesk.take(files, spaceId);
      const [only] = made;
      void queryClient.invalidateQueries({ queryKey: ['documents'] });
      if (made.length > 1) notifications.show({ message: `${made.length} diagrams are imported.` });
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
