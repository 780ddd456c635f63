import type { IncomingHttpHeaders } from 'node:http';
import { createGunzip } from 'node:zlib';
import type { ObjectStore } from '@tidemark/files';
import { attachment } from './file-name.ts';

interface Kept {
  readonly id: string;
  /** Of the bytes as they were uploaded, hexadecimal. */
  readonly sha256: string;
  readonly name: string;
  readonly mediaType: string;
}

/** What of a reply is used here. */
interface Reply {
  code(status: 304): unknown;
  header(name: string, value: string | number): unknown;
}

/**
 * A kept object as a download under its name; null when the asker has it already (304, since bytes of one SHA-256 never
 * change). Sent compressed as it is kept where the asker takes that. Nothing in it runs: it is somebody's upload.
 */
export async function sendObject(
  request: { readonly headers: IncomingHttpHeaders },
  reply: Reply,
  store: ObjectStore,
  { id, sha256, name, mediaType }: Kept,
): Promise<NodeJS.ReadableStream | null> {
  const etag = `"${sha256}"`;
  reply.header('etag', etag);
  reply.header('cache-control', 'private, max-age=31536000, immutable');
  reply.header('vary', 'accept-encoding, cookie, authorization');
  if (request.headers['if-none-match'] === etag) {
    reply.code(304);
    return null;
  }
  const object = await store.open(sha256);
  if (!object) throw new Error(`The object ${sha256} of the file ${id} is gone from the store`);
  reply.header('content-type', mediaType);
  reply.header('content-disposition', attachment(name));
  reply.header('content-security-policy', "default-src 'none'; sandbox");
  if (object.encoding === 'identity') return object.stream;
  if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '')) return object.stream.pipe(createGunzip());
  reply.header('content-encoding', 'gzip');
  reply.header('content-length', object.storedSize);
  return object.stream;
}
