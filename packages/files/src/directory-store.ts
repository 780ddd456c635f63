import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ObjectStore, OpenObject, PutOptions, PutRefusal, StoredObject } from './object-store.ts';

const hour = 60 * 60 * 1000;
const address = /^[0-9a-f]{64}$/;

/**
 * Objects as files below `path`: `objects/ab/ab12…` (or `….gz`). A put writes to `incoming/` while it hashes,
 * syncs the file, renames it into place and syncs the directory, so a crash at any moment leaves either the whole
 * object or a file in `incoming/`. Those that a crash left more than an hour ago are removed on opening.
 */
export async function createDirectoryStore(path: string): Promise<ObjectStore> {
  const incoming = join(path, 'incoming');
  const objects = join(path, 'objects');
  await mkdir(incoming, { recursive: true });
  await mkdir(objects, { recursive: true });
  await sweep(incoming);

  const place = (sha256: string) => join(objects, sha256.slice(0, 2), sha256);

  async function locate(sha256: string): Promise<{ file: string; encoding: OpenObject['encoding'] } | null> {
    if (!address.test(sha256)) return null;
    const file = place(sha256);
    if (await isThere(`${file}.gz`)) return { file: `${file}.gz`, encoding: 'gzip' };
    if (await isThere(file)) return { file, encoding: 'identity' };
    return null;
  }

  async function keep(raw: string, sha256: string, size: number, compress: boolean): Promise<void> {
    if (await locate(sha256)) return;
    const packed = `${raw}.gz`;
    let from = raw;
    let to = place(sha256);
    if (compress) {
      await pipeline(createReadStream(raw), createGzip(), createWriteStream(packed, { flags: 'wx' }));
      if ((await stat(packed)).size <= size * 0.9) {
        from = packed;
        to += '.gz';
      }
    }
    await syncFile(from);
    const directory = join(objects, sha256.slice(0, 2));
    await mkdir(directory, { recursive: true });
    await rename(from, to);
    await syncDirectory(directory);
    await syncDirectory(objects);
  }

  return {
    async put(content, options) {
      const raw = join(incoming, randomUUID());
      try {
        const written = await write(content, raw, options);
        if ('refused' in written) return written;
        const refusal = options.inspect ? await inspect(raw, options.inspect) : null;
        if (refusal) return refusal;
        await keep(raw, written.sha256, written.size, options.compress ?? false);
        return written;
      } finally {
        await rm(raw, { force: true });
        await rm(`${raw}.gz`, { force: true });
      }
    },

    async open(sha256) {
      const found = await locate(sha256);
      if (!found) return null;
      // The handle is opened here and not by the stream, so a file removed in between is a plain null or fault.
      const handle = await open(found.file, 'r');
      const { size } = await handle.stat();
      return { encoding: found.encoding, storedSize: size, stream: handle.createReadStream() };
    },

    async exists(sha256) {
      return (await locate(sha256)) !== null;
    },

    async remove(sha256) {
      if (!address.test(sha256)) return;
      await rm(place(sha256), { force: true });
      await rm(`${place(sha256)}.gz`, { force: true });
    },

    async check() {
      const probe = join(incoming, randomUUID());
      const handle = await open(probe, 'wx');
      try {
        await handle.write('tidemark');
        await handle.sync();
      } finally {
        await handle.close();
        await rm(probe, { force: true });
      }
    },
  };
}

async function write(
  content: AsyncIterable<Uint8Array>,
  file: string,
  { maxBytes, sha256 }: PutOptions,
): Promise<StoredObject | PutRefusal> {
  const hash = createHash('sha256');
  let size = 0;
  const handle = await open(file, 'wx');
  try {
    for await (const chunk of content) {
      size += chunk.byteLength;
      if (size > maxBytes) {
        return { refused: 'too-large', detail: `The file is larger than the limit of ${maxBytes} bytes.` };
      }
      hash.update(chunk);
      await handle.appendFile(chunk);
    }
  } finally {
    await handle.close();
  }
  const digest = hash.digest('hex');
  if (sha256 !== undefined && sha256.toLowerCase() !== digest) {
    return {
      refused: 'checksum-mismatch',
      detail: `The ${size} bytes that arrived hash to ${digest}, not to ${sha256}.`,
    };
  }
  return { sha256: digest, size };
}

async function inspect(file: string, look: NonNullable<PutOptions['inspect']>): Promise<PutRefusal | null> {
  const stream = createReadStream(file);
  try {
    return await look(stream);
  } finally {
    stream.destroy();
  }
}

async function sweep(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const file = join(incoming, name);
    const { mtimeMs } = await stat(file);
    if (Date.now() - mtimeMs > hour) await rm(file, { force: true });
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename last. Windows has no handle on a directory and orders renames itself. */
async function syncDirectory(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
