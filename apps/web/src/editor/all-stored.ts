import type { Provider } from '@tidemark/client';

/** How long the last edits may take to be stored, milliseconds. */
const patience = 8_000;

/** Waits until the server has all of this document; false when that takes too long, such as offline. */
export async function allStored(provider: Provider): Promise<boolean> {
  if (provider.status().pending === 0) return true;
  const { promise, resolve } = Promise.withResolvers<null>();
  const timer = setTimeout(resolve, patience, null);
  const flushed = await Promise.race([provider.flush(), promise]);
  clearTimeout(timer);
  return flushed !== null && !('unflushed' in flushed);
}
