import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ObjectStore } from './object-store.ts';

const sha = (text: string | Uint8Array) => createHash('sha256').update(text).digest('hex');
const stream = (...parts: string[]) => Readable.from(parts.map((part) => Buffer.from(part)));

async function content(store: ObjectStore, sha256: string): Promise<Buffer> {
  const opened = await store.open(sha256);
  if (!opened) throw new Error(`No object ${sha256}`);
  const bytes = Buffer.concat(await opened.stream.toArray());
  expect(bytes.byteLength).toBe(opened.storedSize);
  return opened.encoding === 'gzip' ? gunzipSync(bytes) : bytes;
}

/** What every adapter of `ObjectStore` promises. */
export function objectStoreSuite(name: string, create: () => Promise<ObjectStore>): void {
  describe(`${name} keeps the promises of an object store`, () => {
    test('what was put is given back, under its hash', async () => {
      const store = await create();
      const put = await store.put(stream('a,b\n', '1,2\n'), { maxBytes: 100 });
      expect(put).toEqual({ sha256: sha('a,b\n1,2\n'), size: 8 });
      expect((await content(store, sha('a,b\n1,2\n'))).toString()).toBe('a,b\n1,2\n');
    });

    test('an empty object is an object', async () => {
      const store = await create();
      expect(await store.put(stream(), { maxBytes: 1 })).toEqual({ sha256: sha(''), size: 0 });
      expect((await content(store, sha(''))).byteLength).toBe(0);
    });

    test('the announced hash is compared', async () => {
      const store = await create();
      expect(await store.put(stream('yes'), { maxBytes: 9, sha256: sha('yes').toUpperCase() })).toMatchObject(
        {
          size: 3,
        },
      );
      const wrong = await store.put(stream('no'), { maxBytes: 9, sha256: sha('yes') });
      expect(wrong).toMatchObject({ refused: 'checksum-mismatch' });
      expect(await store.exists(sha('no'))).toBe(false);
    });

    test('one byte over the limit is refused, at the limit it is kept', async () => {
      const store = await create();
      expect(await store.put(stream('12345'), { maxBytes: 5 })).toMatchObject({ size: 5 });
      expect(await store.put(stream('12345', '6'), { maxBytes: 5 })).toMatchObject({ refused: 'too-large' });
      expect(await store.exists(sha('123456'))).toBe(false);
    });

    test('compression is used where it helps and never seen in the hash', async () => {
      const store = await create();
      const long = 'same line\n'.repeat(1000);
      expect(await store.put(stream(long), { maxBytes: 1e6, compress: true })).toEqual({
        sha256: sha(long),
        size: 10_000,
      });
      const opened = await store.open(sha(long));
      opened?.stream.destroy();
      expect(opened).toMatchObject({ encoding: 'gzip' });
      expect(opened?.storedSize).toBeLessThan(1000);
      expect((await content(store, sha(long))).toString()).toBe(long);
      await store.put(stream('short'), { maxBytes: 9, compress: true });
      const small = await store.open(sha('short'));
      small?.stream.destroy();
      expect(small).toMatchObject({ encoding: 'identity', storedSize: 5 });
    });

    test('what is inspected and refused is not kept', async () => {
      const store = await create();
      let seen = '';
      const refused = await store.put(stream('bad', 'bad'), {
        maxBytes: 9,
        inspect: async (bytes) => {
          seen = Buffer.concat(await bytes.toArray()).toString();
          return { refused: 'not-a-table', detail: 'No.' };
        },
      });
      expect(seen).toBe('badbad');
      expect(refused).toEqual({ refused: 'not-a-table', detail: 'No.' });
      expect(await store.exists(sha('badbad'))).toBe(false);
    });

    test('a source that breaks leaves nothing and rejects', async () => {
      const store = await create();
      async function* breaking() {
        yield Buffer.from('half');
        throw new Error('cut');
      }
      await expect(store.put(breaking(), { maxBytes: 99 })).rejects.toThrow('cut');
      expect(await store.exists(sha('half'))).toBe(false);
    });

    test('the same content put twice at once is one object', async () => {
      const store = await create();
      const both = await Promise.all(
        [1, 2].map(() => store.put(stream('twin '.repeat(99)), { maxBytes: 999, compress: true })),
      );
      expect(both[0]).toEqual(both[1]);
      expect((await content(store, sha('twin '.repeat(99)))).toString()).toBe('twin '.repeat(99));
    });

    test('what is not there, or is no hash, is null; removing it is harmless', async () => {
      const store = await create();
      for (const name of [sha('never'), '../../etc/passwd', '']) {
        expect(await store.open(name)).toBeNull();
        expect(await store.exists(name)).toBe(false);
        await store.remove(name);
      }
      await store.put(stream('gone soon'), { maxBytes: 99 });
      await store.remove(sha('gone soon'));
      expect(await store.exists(sha('gone soon'))).toBe(false);
    });

    test('check resolves while it can store', async () => {
      const store = await create();
      await expect(store.check()).resolves.toBeUndefined();
    });
  });
}
