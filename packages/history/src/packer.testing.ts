import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Packer } from './ports.ts';

const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };

export const testPacker: Packer = {
  compress: (bytes) => brotliCompressSync(bytes, { params }),
  expand: (bytes) => brotliDecompressSync(bytes),
};
