import { Workbox } from 'workbox-window';
import { ActionToast } from '../shell/action-toast.tsx';
import { LastToast } from '../shell/last-toast.ts';

/** Milliseconds between two questions for a newer version, in a tab that stays open. */
const often = 60 * 60_000;

/**
 * Brings the whole app onto this device once the page stands, so that it opens without a network, and offers newer
 * versions. None is taken under somebody's hands: docs/offline.md.
 */
export function installApp(): void {
  // Not in development, nor where the browser has none: a page that did not come by HTTPS, for one.
  if (!import.meta.env.PROD || navigator.serviceWorker === undefined) return;
  const worker = new Workbox('/service-worker.js');
  const toast = new LastToast();
  const offer = (text: string, onAction: () => void) =>
    toast.say({
      message: <ActionToast text={text} action="Reload" onAction={onAction} />,
      autoClose: false,
      withCloseButton: true,
    });
  let reloads = false;
  worker.addEventListener('waiting', () =>
    offer('A new version of Tidemark is ready.', () => {
      reloads = true;
      worker.messageSkipWaiting();
    }),
  );
  let controlled = navigator.serviceWorker.controller !== null;
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    const first = !controlled;
    controlled = true;
    if (first) return;
    if (reloads) location.reload();
    // Another tab asked for it. This one still runs, but parts that it has not fetched yet are gone.
    else offer('Tidemark has a new version.', () => location.reload());
  });
  const look = () => worker.update().catch(later);
  worker.register().then(() => {
    setInterval(look, often);
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && look());
  }, later);
}

/** No network at that moment, or no room: it is tried again with the next page. */
const later = () => undefined;
