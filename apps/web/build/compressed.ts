import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { filesIn } from './files.ts';

/** Pictures and fonts are compressed as they are. */
const text = /\.(js|css|html|svg|webmanifest)$/;
/** Bytes from which it is worth a file. */
const least = 1_024;

/** Puts a `.br` and a `.gz` beside each file of text, for the server to send to whoever takes them: a quarter of the bytes. */
export function compressed(): Plugin {
  let directory = '';
  return {
    name: 'tidemark-compressed',
    apply: 'build',
    configResolved({ root, build: { outDir } }) {
      directory = join(root, outDir);
    },
    closeBundle: {
      // After what else writes files.
      order: 'post',
      sequential: true,
      handler() {
        for (const path of filesIn(directory)) {
          if (!text.test(path)) continue;
          const plain = readFileSync(join(directory, path));
          if (plain.byteLength < least) continue;
          const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
          writeFileSync(join(directory, `${path}.br`), brotliCompressSync(plain, { params }));
          writeFileSync(join(directory, `${path}.gz`), gzipSync(plain, { level: 9 }));
        }
      },
    },
  };
}
