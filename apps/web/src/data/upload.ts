import type { NewDataset } from '@tidemark/documents/dashboard';
import { limits } from '@tidemark/protocol';
import { ApiError } from '../api/http.ts';
import { sendFile } from '../api/send-file.ts';
import type { StoredFile } from '../api/types.ts';
import { cacheFile } from './file-cache.ts';
import { sha256Of } from './sha256.ts';
import { inspectFile } from './tables.ts';

/** What an upload is doing; `share` of the bytes sent, 0 to 1. */
export type UploadStep =
  | { readonly step: 'reading' }
  | { readonly step: 'checking' }
  | { readonly step: 'sending'; readonly share: number }
  | { readonly step: 'verifying' };

/** Why a file cannot be taken, in words for the person who chose it. */
export class UploadRefused extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UploadRefused';
  }
}

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

/**
 * Reads, checks, hashes and sends one file. What it resolves with has been stored and verified by the server: only
 * then may a document refer to it. Throws UploadRefused, or ApiError for faults.
 */
export async function uploadTable(
  documentId: string,
  file: File,
  progress: (step: UploadStep) => void,
): Promise<NewDataset> {
  progress({ step: 'reading' });
  if (file.size === 0) throw new UploadRefused('The file is empty.');
  if (file.size > limits.fileBytes) {
    throw new UploadRefused(
      `The file has ${megabytes(file.size)}; at most ${megabytes(limits.fileBytes)} can be uploaded.`,
    );
  }
  if (!globalThis.isSecureContext) {
    throw new UploadRefused('Uploads need a secure connection (https).');
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  progress({ step: 'checking' });
  const sha256 = await sha256Of(bytes);
  const found = await inspectFile(sha256, bytes);
  if ('wrong' in found) throw new UploadRefused(found.wrong);
  const stored = await send(documentId, file, bytes, sha256, progress);
  if (stored.sha256.toLowerCase() !== sha256) {
    throw new UploadRefused('The server stored something else than was sent. Try again.');
  }
  await cacheFile(sha256, bytes);
  return {
    fileId: stored.id,
    sha256,
    name: file.name.replace(/\.(csv|tsv|txt)$/i, ''),
    delimiter: found.delimiter,
    encoding: found.encoding,
    rows: found.rows,
    columns: found.columns.map(({ name, type, format }) => ({ name, type, format })),
  };
}

async function send(
  documentId: string,
  file: File,
  bytes: Uint8Array<ArrayBuffer>,
  sha256: string,
  progress: (step: UploadStep) => void,
): Promise<StoredFile> {
  try {
    return await sendFile<StoredFile>(
      `/api/documents/${encodeURIComponent(documentId)}/files`,
      { name: file.name, bytes, sha256 },
      (share) => progress(share < 1 ? { step: 'sending', share } : { step: 'verifying' }),
    );
  } catch (error) {
    const refused = error instanceof ApiError && (error.status === 413 || error.status === 422);
    throw refused ? new UploadRefused(error.message) : error;
  }
}
