/** What the page of the browser tests can reach: bundled, put on `window`, driven from outside. */
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import type { Provider } from '../front-door.ts';
import { askToKeepStorage } from '../keep-storage.ts';
import { discardSetAside, listOnDevice, listSetAside, readSetAside } from '../lives.ts';
import { createProvider } from '../provider.ts';
import { useAccess, useAwareness, useStatus } from '../react.ts';

function Badge({ provider }: { readonly provider: Provider }) {
  const status = useStatus(provider);
  const access = useAccess(provider);
  const names = [...useAwareness(provider.awareness).values()].map((state) => state.name ?? 'nobody');
  return createElement(
    'p',
    { id: 'badge' },
    `${status.state} ${status.pending} ${access} ${names.join(' ')}`,
  );
}

function showBadge(provider: Provider): void {
  const place = document.createElement('div');
  document.body.append(place);
  createRoot(place).render(createElement(Badge, { provider }));
}

const tidemark = {
  createProvider,
  askToKeepStorage,
  listOnDevice,
  listSetAside,
  readSetAside,
  discardSetAside,
  showBadge,
  Y,
  IndexeddbPersistence,
};

declare global {
  interface Window {
    tidemark: typeof tidemark;
    provider: Provider;
  }
}

window.tidemark = tidemark;
