/**
 * Asks the browser, once, not to clear this site's data when the disk runs low. True when it promised; false where
 * it does not, or cannot be asked. Some browsers ask the person: call it when they have something to keep.
 */
export async function askToKeepStorage(): Promise<boolean> {
  if (typeof navigator === 'undefined' || navigator.storage?.persist === undefined) return false;
  return (await navigator.storage.persisted()) || navigator.storage.persist();
}
