import type { ChartData, ChartRequest, DatasetView, Suggestion } from '@tidemark/documents/dashboard';
import * as Comlink from 'comlink';
import { ApiError, toApiError } from '../api/http.ts';
import { cachedFile, cacheFile } from './file-cache.ts';
import { sha256Of } from './sha256.ts';
import type { Inspection, TableWorker } from './table-worker.ts';

let worker: Comlink.Remote<TableWorker> | null = null;
const loading = new Map<string, Promise<void>>();

function tables(): Comlink.Remote<TableWorker> {
  worker ??= Comlink.wrap<TableWorker>(
    new Worker(new URL('./table-worker.ts', import.meta.url), { type: 'module', name: 'tables' }),
  );
  return worker;
}

/** The file's bytes: from this device, else from the server, and then proved to be what was asked for. */
async function fileBytes(fileId: string, sha256: string | null): Promise<Uint8Array> {
  const cached = sha256 ? await cachedFile(sha256) : null;
  if (cached) return cached;
  let response: Response;
  try {
    response = await fetch(`/api/files/${encodeURIComponent(fileId)}/content`, {
      credentials: 'same-origin',
    });
  } catch {
    throw new ApiError('offline', 0, 'The data is not on this device, and the server cannot be reached.');
  }
  if (!response.ok) throw await toApiError(response);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (sha256) {
    if ((await sha256Of(bytes)) !== sha256) {
      throw new ApiError('checksum-mismatch', 0, 'The data arrived damaged. Try again.');
    }
    await cacheFile(sha256, bytes);
  }
  return bytes;
}

type Source = Pick<DatasetView, 'fileId' | 'sha256' | 'encoding' | 'delimiter'>;

/** Puts a dataset's rows into the worker, once. Throws ApiError. */
function load({ fileId, sha256, encoding, delimiter }: Source): Promise<string> {
  const key = sha256 ?? fileId ?? '';
  if (!fileId) return Promise.reject(new ApiError('not-found', 404, 'The dataset has no file.'));
  let ready = loading.get(key);
  if (!ready) {
    ready = (async () => {
      if (await tables().has(key)) return;
      const bytes = await fileBytes(fileId, sha256);
      await tables().load(key, bytes, { encoding, delimiter });
    })();
    loading.set(key, ready);
    ready.catch(() => loading.delete(key));
  }
  return ready.then(() => key);
}

/** What one chart draws; filtering, grouping and adding up happen in the worker. */
export async function chartDataOf(
  dataset: DatasetView,
  request: Omit<ChartRequest, 'table'>,
): Promise<ChartData> {
  const key = await load(dataset);
  return tables().chart(key, dataset.columns, request);
}

/** Values to choose from in a filter on one column. */
export async function valuesOf(dataset: DatasetView, field: string): Promise<string[]> {
  const key = await load(dataset);
  return tables().values(
    key,
    dataset.columns.findIndex(({ name }) => name === field),
  );
}

/** Charts that suit a dataset, best first. */
export async function suggestionsFor(dataset: DatasetView): Promise<Suggestion[]> {
  const key = await load(dataset);
  return tables().suggest(key, dataset.columns);
}

/** First look at a file that somebody chose; its rows stay at hand under its hash. */
export function inspectFile(sha256: string, bytes: Uint8Array): Promise<Inspection> {
  return tables().inspect(sha256, bytes);
}
