import { queryOptions } from '@tanstack/react-query';
import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import { createReader } from '@tidemark/documents/records';
import * as Y from 'yjs';
import { ApiError, toApiError } from '../../api/http.ts';

/** A frozen version of an estimate, as it was. It never changes. */
export const frozenQuery = (documentId: string, versionId: string) =>
  queryOptions({
    queryKey: ['frozen-estimate', documentId, versionId],
    queryFn: async ({ signal }): Promise<EstimateView> => {
      const path = `/api/documents/${encodeURIComponent(documentId)}/versions/${encodeURIComponent(versionId)}/state`;
      let response: Response;
      try {
        response = await fetch(path, { credentials: 'same-origin', signal });
      } catch (cause) {
        if (signal.aborted) throw cause;
        throw new ApiError('offline', 0, 'The server cannot be reached.');
      }
      if (!response.ok) throw await toApiError(response);
      const doc = new Y.Doc();
      Y.applyUpdate(doc, new Uint8Array(await response.arrayBuffer()));
      return createReader(doc, estimate).view();
    },
    staleTime: Number.POSITIVE_INFINITY,
    // A view is no plain data: it is compared by identity.
    structuralSharing: false,
  });
