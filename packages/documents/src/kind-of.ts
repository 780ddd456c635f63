import type * as Y from 'yjs';
import { type KindName, kindNames } from './kinds.ts';
import { readRegister } from './records/storage.ts';

/** The kind that a replica says it is of; null before it was seeded, and for kinds that this version does not know. */
export function kindOf(doc: Y.Doc): KindName | null {
  const kind = readRegister(doc, 'meta', 'single', 'meta', 'kind');
  return kindNames.find((name) => name === kind) ?? null;
}
