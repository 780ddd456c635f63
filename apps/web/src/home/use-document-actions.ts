import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { KindName } from '@tidemark/documents';
import {
  binDocument,
  createDocument,
  createSample,
  duplicateDocument,
  emptyBin,
  moveDocument,
  purgeDocument,
  renameDocument,
  restoreDocument,
  saveAsTemplate,
  setTemplate,
} from '../api/documents.ts';
import { wordsOf } from '../api/http.ts';
import type { DocumentSummary } from '../api/types.ts';
import { untitled } from '../shell/kind-words.ts';
import { chosenTemplate, droppedFiles } from './handoff.ts';

function sayError(error: Error): void {
  notifications.show({ color: 'red', title: 'That did not work', message: wordsOf(error) });
}

/** What a new document is to be. */
export interface Beginning {
  readonly kind: KindName;
  readonly title?: string;
  readonly templateId?: string;
  /** Id of what an estimate begins with that comes with the product. */
  readonly productTemplate?: string;
}

/** Everything that can be done to documents from a list. */
export function useDocumentActions(spaceId: string) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const again = () => queryClient.invalidateQueries({ queryKey: ['documents'] });
  const open = async (made: DocumentSummary) => {
    void again();
    await navigate({ to: '/d/$documentId', params: { documentId: made.id } });
  };
  const options = { onError: sayError, onSuccess: again };
  return {
    create: useMutation({
      mutationFn: async (files: readonly File[]) => {
        const title = files[0]?.name.replace(/\.[^.]+$/, '') || untitled('dashboard');
        const made = await createDocument({ kind: 'dashboard', title, projectId: spaceId });
        if (files.length > 0) droppedFiles.give(made.id, files);
        return made;
      },
      onError: sayError,
      onSuccess: open,
    }),
    begin: useMutation({
      mutationFn: async ({ kind, title = untitled(kind), templateId, productTemplate }: Beginning) => {
        const made = await createDocument({
          kind,
          title,
          projectId: spaceId,
          ...(templateId ? { templateId } : {}),
        });
        if (productTemplate !== undefined) chosenTemplate.give(made.id, productTemplate);
        return made;
      },
      onError: sayError,
      onSuccess: open,
    }),
    sample: useMutation({
      mutationFn: () => createSample(spaceId),
      onError: sayError,
      onSuccess: open,
    }),
    rename: useMutation({
      mutationFn: ({ id, title }: { id: string; title: string }) => renameDocument(id, title),
      ...options,
    }),
    duplicate: useMutation({ mutationFn: duplicateDocument, ...options }),
    saveAsTemplate: useMutation({
      mutationFn: saveAsTemplate,
      onError: sayError,
      onSuccess: async ({ title }) => {
        notifications.show({ message: `“${title}” is among the templates` });
        await again();
      },
    }),
    setTemplate: useMutation({
      mutationFn: ({ id, template }: { id: string; template: boolean }) => setTemplate(id, template),
      ...options,
    }),
    move: useMutation({
      mutationFn: ({ id, projectId }: { id: string; projectId: string }) => moveDocument(id, projectId),
      ...options,
    }),
    restore: useMutation({ mutationFn: restoreDocument, ...options }),
    bin: useMutation({ mutationFn: binDocument, ...options }),
    purge: useMutation({ mutationFn: purgeDocument, onError: sayError, onSettled: again }),
    emptyBin: useMutation({ mutationFn: emptyBin, onError: sayError, onSettled: again }),
  };
}

export type DocumentActions = ReturnType<typeof useDocumentActions>;
