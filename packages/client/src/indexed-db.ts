/** IndexedDB as promises, and the layout of a document's database. */

/** Rows of updates, oldest first, and single values by name: the layout of y-indexeddb, so that it can read ours. */
export const updatesStore = 'updates';
export const valuesStore = 'custom';

/**
 * Opens (or makes) a database. With a `version` above its own, every other hold on it is asked to be let go first, and
 * this waits until it was. Rejects with the browser's error.
 */
export function openDatabase(name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = (event) => {
      if (event.oldVersion > 0) return;
      request.result.createObjectStore(updatesStore, { autoIncrement: true });
      request.result.createObjectStore(valuesStore);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(fault('The browser gives no database', request.error));
  });
}

/** Resolves when all that the transaction wrote is kept; rejects when none of it is. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(fault('The browser did not keep a transaction', transaction.error));
  });
}

/** Calls `use` inside the transaction; what it throws aborts the transaction. */
export function answered<T>(request: IDBRequest<T>, use: (result: T) => void): void {
  request.onsuccess = () => use(request.result);
}

function fault(message: string, cause: DOMException | null): Error {
  return new Error(`${message}${cause === null ? '' : `: ${cause.name}`}.`, { cause });
}
