import type * as Y from 'yjs';
import type { Origin } from './editor.ts';
import type { KindSchema } from './schema.ts';
import { rootMap } from './state.ts';
import { readRegister } from './storage.ts';

/** The client ID under which every document begins. Yjs draws those of replicas from 32 bits. */
const seedClientId = 1;

/** The version of the schema that wrote this document; 0 when it was not seeded. */
export function schemaVersion(doc: Y.Doc): number {
  const version = readRegister(doc, 'meta', 'single', 'meta', 'schemaVersion');
  return typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : 0;
}

/**
 * Sets a new document up: the same bytes under the same client ID wherever it happens, so that two servers, or a
 * server started twice, can't seed twice. What differs between documents (the title) is written after it as
 * an ordinary register. `begin` writes what else every document of the kind begins with. Returns false, and writes nothing, when the document was seeded before.
 */
export function seed(doc: Y.Doc, schema: KindSchema, title: string, begin?: (doc: Y.Doc) => void): boolean {
  const meta = rootMap(doc, 'meta');
  if (meta === null || meta.has('schemaVersion')) return false;
  const origin: Origin = { type: 'seed' };
  doc.transact(() => {
    // Applying a prepared update would do the same, but makes Yjs draw a new client ID when the caller goes on writing.
    const own = doc.clientID;
    doc.clientID = seedClientId;
    try {
      meta.set('schemaVersion', 1);
      meta.set('kind', schema.kind);
      begin?.(doc);
    } finally {
      doc.clientID = own;
    }
    if (title !== '') meta.set('title', title.slice(0, 500));
  }, origin);
  return true;
}

/** Brings a document from one version of a schema to the next, by writing to the replica. Must give the same result wherever it runs. */
export type Migration = (doc: Y.Doc) => void;

/**
 * Runs the migrations from the version a document was written with up to the schema's, as one transaction;
 * `steps[0]` leads from version 1 to 2. False, with nothing written, for a document that is current, newer or not seeded.
 */
export function migrate(doc: Y.Doc, schema: KindSchema, steps: readonly Migration[]): boolean {
  const version = schemaVersion(doc);
  if (version === 0 || version >= schema.version) return false;
  const needed = steps.slice(version - 1, schema.version - 1);
  if (needed.length !== schema.version - version) {
    throw new Error(`A ${schema.kind} of version ${version} has no way to version ${schema.version}.`);
  }
  const origin: Origin = { type: 'migration' };
  doc.transact(() => {
    for (const step of needed) step(doc);
    doc.getMap('meta').set('schemaVersion', schema.version);
  }, origin);
  return true;
}
