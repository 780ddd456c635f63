import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, test } from 'vitest';
import { createDirectoryStore } from './directory-store.ts';
import { objectStoreSuite } from './object-store.contract.ts';

const made: string[] = [];
async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'tidemark-files-'));
  made.push(path);
  return path;
}
afterAll(() => Promise.all(made.map((path) => rm(path, { recursive: true, force: true }))));

objectStoreSuite('the directory store', async () => createDirectoryStore(await directory()));

describe('the directory store', () => {
  test('removes what a crash left in incoming long ago, not what may still be written', async () => {
    const path = await directory();
    await mkdir(join(path, 'incoming'));
    await writeFile(join(path, 'incoming', 'old'), 'half');
    await writeFile(join(path, 'incoming', 'new'), 'half');
    const before = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await utimes(join(path, 'incoming', 'old'), before, before);
    await createDirectoryStore(path);
    expect(await readdir(join(path, 'incoming'))).toEqual(['new']);
  });

  test('leaves nothing in incoming, whatever a put came to', async () => {
    const path = await directory();
    const store = await createDirectoryStore(path);
    await store.put(Readable.from([Buffer.alloc(5000)]), { maxBytes: 9999, compress: true });
    await store.put(Readable.from([Buffer.alloc(5000)]), { maxBytes: 10 });
    await store.put(Readable.from([Buffer.alloc(50)]), { maxBytes: 99, sha256: 'f'.repeat(64) });
    expect(await readdir(join(path, 'incoming'))).toEqual([]);
  });

  test('a directory that is gone is a fault, not a refusal', async () => {
    const path = await directory();
    const store = await createDirectoryStore(path);
    await rm(path, { recursive: true });
    await expect(store.check()).rejects.toThrow('ENOENT');
    await expect(store.put(Readable.from([Buffer.from('x')]), { maxBytes: 9 })).rejects.toThrow('ENOENT');
  });
});
