import * as Y from 'yjs';
import type { Origin } from './editor.ts';
import type { Json } from './json.ts';
import type { KindSchema } from './schema.ts';
import { readRegister } from './storage.ts';

/** The client ID under which every document begins. No replica draws it by chance: Yjs draws from 32 bits, about one in 4 billion. */
const seedClientId = 1;

/** The version of the schema that wrote this document; 0 when it was not seeded. */
export function schemaVersion(doc: Y.Doc): number {
  const version = readRegister(doc, 'meta', 'single', 'meta', 'schemaVersion');
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : 0;
}

/**
 * Sets a new document up: the same bytes under the same client ID wherever it happens, so that two servers, or a
 * server started twice, can't seed twice. What differs between documents (the title) is written after it as
 * an ordinary register. Returns false, and writes nothing, when the document was seeded before.
 */
export function seed(doc: Y.Doc, schema: KindSchema, title: string): boolean {
  if (schemaVersion(doc) > 0) return false;
  const origin: Origin = { type: 'seed' };
  doc.transact(() => {
    Y.applyUpdate(doc, seedUpdate(schema), origin);
    doc.getMap('meta').set('title', title.slice(0, 500));
  }, origin);
  return true;
}

function seedUpdate(schema: KindSchema): Uint8Array {
  const blank = new Y.Doc();
  blank.clientID = seedClientId;
  blank.transact(() => {
    const meta = blank.getMap<Json>('meta');
    meta.set('schemaVersion', 1);
    meta.set('kind', schema.kind);
  });
  const update = Y.encodeStateAsUpdate(blank);
  blank.destroy();
  return update;
}
