/** What the page of the browser tests can reach: bundled, put on `window`, driven from outside. */
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { createProvider } from '../provider.ts';

const tidemark = { createProvider, Y, IndexeddbPersistence };

declare global {
  interface Window {
    tidemark: typeof tidemark;
    provider: ReturnType<typeof createProvider>;
  }
}

window.tidemark = tidemark;
