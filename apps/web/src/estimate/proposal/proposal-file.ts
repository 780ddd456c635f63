import type { Provider } from '@tidemark/client';
import { ApiError, toApiError } from '../../api/http.ts';
import { allStored } from '../../editor/all-stored.ts';

/** The proposal as the server has written it. */
export interface ProposalFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The same for the same bytes. */
  readonly etag: string;
}

/** Of what is stored now, or of a frozen version. Throws ApiError. */
export async function fetchProposal(
  provider: Provider,
  documentId: string,
  versionId: string | null,
  signal: AbortSignal,
): Promise<ProposalFile> {
  if (versionId === null && !(await allStored(provider)))
    throw new ApiError('offline', 0, 'The server does not have your last edits yet.');
  const version = versionId === null ? '' : `&version=${encodeURIComponent(versionId)}`;
  let response: Response;
  try {
    response = await fetch(`/api/documents/${encodeURIComponent(documentId)}/export?format=pdf${version}`, {
      signal,
    });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw new ApiError('offline', 0, 'The server cannot be reached.');
  }
  if (!response.ok) throw await toApiError(response);
  return { bytes: new Uint8Array(await response.arrayBuffer()), etag: response.headers.get('etag') ?? '' };
}
