import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Packer } from '@tidemark/history';

/** How segments and history checkpoints are compressed in the database: Brotli, level 5 (docs/decisions/0037). */
export const brotli: Packer = {
  compress: (bytes) =>
    brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 5,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
      },
    }),
  expand: (bytes) => brotliDecompressSync(bytes),
};
