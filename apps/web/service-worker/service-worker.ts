/** Stands between the pages and the network: with it the app opens where no server answers. docs/offline.md */
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { pages } from './pages.ts';

declare const self: ServiceWorkerGlobalScope;
/** Every file of this build; written in by `build/service-worker.ts`. */
declare const files: PrecacheEntry[];

precacheAndRoute(files);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { allowlist: [...pages] }));

// The first one takes the page that fetched it: what that page fetches later is then there without a network too.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// A newer one waits until somebody asks for it: a page whose files are exchanged under it can't fetch its other parts.
self.addEventListener('message', ({ data }: ExtendableMessageEvent) => {
  if ((data as { type?: string } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
