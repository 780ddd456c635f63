import { type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { anyTopic } from '@tidemark/client';
import { useEffect } from 'react';
import { familyQuery, statusChangesQuery, versionsKey, versionsQuery } from '../../api/versions.ts';
import { useSession } from '../../editor/context.ts';
import { useAdmitted } from '../../editor/rights.ts';

/** Asks again for all that is kept of this document whenever the server says that there is something new. */
export function useVersionNews(): void {
  const { documentId, provider } = useSession();
  const queryClient = useQueryClient();
  useEffect(
    () =>
      provider.onNews((topic) => {
        if (topic === 'versions' || topic === anyTopic) void lookAgain(queryClient, documentId);
      }),
    [provider, queryClient, documentId],
  );
}

export function lookAgain(queryClient: QueryClient, documentId: string): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: versionsKey(documentId) });
}

export function useVersions() {
  const { documentId } = useSession();
  return useInfiniteQuery({ ...versionsQuery(documentId), enabled: useAdmitted() });
}

export function useStatusChanges() {
  const { documentId } = useSession();
  return useQuery({ ...statusChangesQuery(documentId), enabled: useAdmitted() });
}

/** All documents that come from one another by versions, this one too. */
export function useFamily() {
  const { documentId } = useSession();
  return useQuery({ ...familyQuery(documentId), enabled: useAdmitted() });
}
