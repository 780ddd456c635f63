import { queryOptions } from '@tanstack/react-query';
import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { requestBytes } from '../../api/http.ts';

/** A frozen version of an estimate, as it was. It never changes. */
export const frozenQuery = (documentId: string, versionId: string) =>
  queryOptions({
    queryKey: ['frozen-estimate', documentId, versionId],
    queryFn: async ({ signal }): Promise<EstimateView> => {
      const path = `/api/documents/${encodeURIComponent(documentId)}/versions/${encodeURIComponent(versionId)}/state`;
      const state = await requestBytes(path, signal);
      const doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      return createReader(doc, estimate).view();
    },
    staleTime: Number.POSITIVE_INFINITY,
    // A view is no plain data: it is compared by identity.
    structuralSharing: false,
  });
