import { ApiError } from './http.ts';

export interface Sending {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly sha256: string;
}

/**
 * Sends one file as the body of a POST and resolves with the answer. `progress` gets the share of the bytes that are on their way, 0 to
 * 1; at 1 the server works. `fetch` cannot say that, XMLHttpRequest can. Throws ApiError, and what `signal` was aborted with.
 */
export function sendFile<T>(
  address: string,
  { name, bytes, sha256 }: Sending,
  progress: (share: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-file-name', encodeURIComponent(name));
    request.setRequestHeader('x-content-sha256', sha256);
    request.responseType = 'text';
    request.upload.onprogress = ({ loaded, total }) =>
      progress(total > 0 ? Math.min(loaded / total, 0.99) : 0);
    request.upload.onload = () => progress(1);
    request.onerror = () =>
      reject(new ApiError('offline', 0, 'The connection broke. Nothing was added; try again.'));
    request.onabort = () => reject(signal?.reason);
    request.onload = () => {
      const answer = parse(request.responseText);
      if (request.status === 200 || request.status === 201) resolve(answer as T);
      else reject(refusedBy(request.status, answer));
    };
    request.onloadend = () => signal?.removeEventListener('abort', abort);
    signal?.addEventListener('abort', abort);
    request.send(bytes);
  });
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // A proxy in between may answer in its own words.
    return {};
  }
}

function refusedBy(status: number, { code, detail, line }: Record<string, unknown>): ApiError {
  return new ApiError(
    typeof code === 'string' ? code : 'internal',
    status,
    typeof detail === 'string' ? detail : `The server answered with status ${status}.`,
    {},
    typeof line === 'number' ? line : null,
  );
}
