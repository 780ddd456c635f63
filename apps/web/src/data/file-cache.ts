import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

interface Files extends DBSchema {
  files: { key: string; value: { bytes: Uint8Array; usedAt: number }; indexes: { usedAt: number } };
}

/** Files kept on this device; the ones used longest ago go first. */
const mostFiles = 40;

let database: Promise<IDBPDatabase<Files>> | null = null;

function open(): Promise<IDBPDatabase<Files>> {
  database ??= openDB<Files>('tidemark-files', 1, {
    upgrade(made) {
      made.createObjectStore('files').createIndex('usedAt', 'usedAt');
    },
  });
  return database;
}

/** Bytes by their SHA-256, or null. A device without storage has none: that costs a download, no more. */
export async function cachedFile(sha256: string): Promise<Uint8Array | null> {
  try {
    return (await (await open()).get('files', sha256))?.bytes ?? null;
  } catch (error) {
    console.info('No local copies of files on this device.', error);
    return null;
  }
}

export async function cacheFile(sha256: string, bytes: Uint8Array): Promise<void> {
  try {
    const transaction = (await open()).transaction('files', 'readwrite');
    await transaction.store.put({ bytes, usedAt: Date.now() }, sha256);
    let surplus = (await transaction.store.count()) - mostFiles;
    for (
      let at = await transaction.store.index('usedAt').openCursor();
      at && surplus > 0;
      at = await at.continue()
    ) {
      await at.delete();
      surplus -= 1;
    }
    await transaction.done;
  } catch (error) {
    console.info('No local copies of files on this device.', error);
  }
}
