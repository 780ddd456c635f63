import type { Decode } from '../table/decode.ts';

/** The port, as a browser and Node have it. */
export const decode: Decode = (bytes, encoding) => new TextDecoder(encoding, { fatal: true }).decode(bytes);
