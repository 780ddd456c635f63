import { ApiError, toApiError } from './http.ts';

/** Bytes after which what arrived is handed to the browser, which keeps it where there is room. */
const part = 8 * 1024 * 1024;

/**
 * The whole company as a ZIP. `arrived` hears how many bytes there are so far. Throws ApiError; when the answer breaks off, one that says so: half
 * an archive is none.
 */
export async function fetchCompanyExport(
  arrived: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const answer = await reach(
    () => fetch('/api/company/export', { credentials: 'same-origin', signal }),
    signal,
  );
  if (!answer.ok || answer.body === null) throw await toApiError(answer);
  const reader = answer.body.getReader();
  const kept: Blob[] = [];
  let fresh: Uint8Array<ArrayBuffer>[] = [];
  let freshBytes = 0;
  let bytes = 0;
  for (;;) {
    const { done, value } = await reach(() => reader.read(), signal);
    if (done) break;
    fresh.push(value);
    freshBytes += value.byteLength;
    bytes += value.byteLength;
    arrived(bytes);
    if (freshBytes < part) continue;
    kept.push(new Blob(fresh));
    fresh = [];
    freshBytes = 0;
  }
  return new Blob([...kept, ...fresh], { type: 'application/zip' });
}

async function reach<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (signal.aborted) throw error;
    throw new ApiError('broken-off', 0, 'The export has broken off. Nothing was saved; try again.');
  }
}
