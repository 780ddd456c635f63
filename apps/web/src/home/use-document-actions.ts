import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import {
  binDocument,
  createDocument,
  createSample,
  duplicateDocument,
  renameDocument,
  restoreDocument,
} from '../api/documents.ts';
import { wordsOf } from '../api/http.ts';
import { untitled } from '../shell/kind-words.ts';
import { handOver } from './handoff.ts';

function sayError(error: Error): void {
  notifications.show({ color: 'red', title: 'That did not work', message: wordsOf(error) });
}

/** Everything that can be done to documents from a list. */
export function useDocumentActions(spaceId: string) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const again = () => queryClient.invalidateQueries({ queryKey: ['documents'] });
  const open = (documentId: string) => navigate({ to: '/d/$documentId', params: { documentId } });
  const options = { onError: sayError, onSuccess: again };
  return {
    create: useMutation({
      mutationFn: async (files: readonly File[]) => {
        const title = files[0]?.name.replace(/\.[^.]+$/, '') || untitled('dashboard');
        const made = await createDocument('dashboard', title, spaceId);
        if (files.length > 0) handOver(made.id, files);
        return made;
      },
      onError: sayError,
      onSuccess: async (made) => {
        void again();
        await open(made.id);
      },
    }),
    diagram: useMutation({
      mutationFn: () => createDocument('diagram', untitled('diagram'), spaceId),
      onError: sayError,
      onSuccess: async (made) => {
        void again();
        await open(made.id);
      },
    }),
    estimate: useMutation({
      mutationFn: () => createDocument('estimate', untitled('estimate'), spaceId),
      onError: sayError,
      onSuccess: async (made) => {
        void again();
        await open(made.id);
      },
    }),
    sample: useMutation({
      mutationFn: () => createSample(spaceId),
      onError: sayError,
      onSuccess: async (made) => {
        void again();
        await open(made.id);
      },
    }),
    rename: useMutation({
      mutationFn: ({ id, title }: { id: string; title: string }) => renameDocument(id, title),
      ...options,
    }),
    duplicate: useMutation({ mutationFn: duplicateDocument, ...options }),
    restore: useMutation({ mutationFn: restoreDocument, ...options }),
    bin: useMutation({ mutationFn: binDocument, ...options }),
  };
}

export type DocumentActions = ReturnType<typeof useDocumentActions>;
