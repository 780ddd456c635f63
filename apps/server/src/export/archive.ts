import type { PassThrough } from 'node:stream';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One file of an archive. */
export interface ArchiveEntry {
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
  /** Whether compressing it is worth the work. */
  readonly compress: boolean;
}

/**
 * A ZIP that is written as its entries are read, one after the other and no faster than it is taken: it begins at once and holds one piece of
 * one entry. A fault of the entries breaks the stream off, so that what arrived is seen to be no archive; `faulted` hears of it. Whoever
 * reads it may go away at any time.
 */
export function archiveOf(
  entries: AsyncIterable<ArchiveEntry>,
  faulted: (error: unknown) => void,
): NodeJS.ReadableStream {
  const zip = new ZipFile();
  const output = zip.outputStream as PassThrough;
  const gone = new AbortController();
  output.once('close', () => gone.abort());
  zip.on('error', (error) => output.destroy(error));
  // What goes wrong later has been told by then.
  output.on('error', () => undefined);
  void write();
  return output;

  async function write(): Promise<void> {
    try {
      for await (const { path, content, compress } of entries) {
        // A stream is taken as it is: one that waits for its store is ended at once when nobody reads any more.
        const stream = content instanceof Readable ? content : Readable.from(content, { objectMode: false });
        try {
          zip.addReadStream(stream, path, { compress });
          await finished(stream, { signal: gone.signal });
        } finally {
          stream.destroy();
        }
      }
      zip.end();
    } catch (error) {
      if (gone.signal.aborted) return; // nobody reads it any more
      faulted(error);
      output.destroy(error instanceof Error ? error : new Error(String(error)));
    }
  }
}
