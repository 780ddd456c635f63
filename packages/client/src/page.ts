/** What the browser says about the page and the network. */
export interface PageEvents {
  online(): void;
  offline(): void;
  /** The page may be gone after this call returns. */
  leaving(): void;
  /** Visible again, or back from the browser's cache. */
  back(): void;
}

/** Listens until the returned function is called; outside a browser there is nothing to hear. */
export function watchPage(events: PageEvents): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const visible = () => document.visibilityState === 'visible' && events.back();
  window.addEventListener('online', events.online);
  window.addEventListener('offline', events.offline);
  window.addEventListener('pagehide', events.leaving);
  window.addEventListener('pageshow', events.back);
  document.addEventListener('visibilitychange', visible);
  return () => {
    window.removeEventListener('online', events.online);
    window.removeEventListener('offline', events.offline);
    window.removeEventListener('pagehide', events.leaving);
    window.removeEventListener('pageshow', events.back);
    document.removeEventListener('visibilitychange', visible);
  };
}
