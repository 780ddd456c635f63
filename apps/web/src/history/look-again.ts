import type { QueryClient } from '@tanstack/react-query';
import { historyKey } from '../api/history.ts';
import { versionsKey } from '../api/versions.ts';

/** Asks again for all that the server keeps of a document beside what it says now. */
export async function lookAgain(queryClient: QueryClient, documentId: string): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: versionsKey(documentId) }),
    queryClient.invalidateQueries({ queryKey: historyKey(documentId) }),
  ]);
}
