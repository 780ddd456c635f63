import { differenceFrom } from '@tidemark/sync/workbench';
import * as Y from 'yjs';
import { Broken } from './broken.ts';
import type { Material, Packer } from './ports.ts';

/** Yjs's second encoding, compressed: two thirds of what the first one takes. */

/** A replica as a history checkpoint, proved to hold the same. */
export function packState(doc: Y.Doc, packer: Packer): Uint8Array {
  const packed = packer.compress(Y.encodeStateAsUpdateV2(doc));
  const copy = new Y.Doc();
  try {
    applyPacked(copy, packed, packer);
    const difference = differenceFrom(doc, Y.encodeStateAsUpdate(copy));
    if (difference !== null)
      throw new Error(`A history checkpoint would differ from its document in ${difference}.`);
    return packed;
  } finally {
    copy.destroy();
  }
}

export function applyPacked(doc: Y.Doc, packed: Uint8Array, packer: Packer): void {
  Y.applyUpdateV2(doc, packer.expand(packed), 'loaded');
}

/**
 * The state that is stored at just this LSN, as v1; null where there is none. It was proved when it was stored, so that reading it over is
 * enough: to make a document of it takes up to ten times as long.
 */
export function storedAt({ start }: Material, lsn: number, packer: Packer): Uint8Array | null {
  if (start?.lsn !== lsn) return null;
  try {
    if (start.form === 'packed') return Y.convertUpdateFormatV2ToV1(packer.expand(start.state));
    Y.decodeUpdate(start.state);
    return start.state;
  } catch (error) {
    throw new Broken(String(error), { cause: error });
  }
}
