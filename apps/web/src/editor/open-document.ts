import { createProvider, type Provider } from '@tidemark/client';
import { useEffect, useState } from 'react';

/** One person at one open document, whatever its kind. */
export interface OpenDocument {
  readonly documentId: string;
  readonly me: Person;
  readonly provider: Provider;
  /** Leaves this replica as it is and opens the document again. */
  renew(): void;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Options {
  readonly documentId: string;
  readonly me: Person;
}

function openDocument({ documentId, me }: Options, renew: () => void): OpenDocument {
  const url = `${location.origin.replace(/^http/, 'ws')}/sync`;
  // Two people who share a browser must not read each other's copies; a company that one is removed from takes none along.
  const provider = createProvider({ url, documentId, offline: { name: me.id } });
  return { documentId, me, provider, renew };
}

/** Leaves at once for others to see; the connection stays until the last edit is stored, or the page is left. */
async function closeDocument({ provider }: OpenDocument): Promise<void> {
  provider.awareness.setLocalState(null);
  if (provider.status().pending > 0) await provider.flush();
  await provider.destroy();
}

/** Opens the document and opens it again when its life is over; `show` gets each replica once there is something to see. */
function keepOpen(options: Options, show: (open: OpenDocument) => void): () => void {
  let current = begin();
  let next: OpenDocument | null = null;
  let stopped = false;

  function begin(): OpenDocument {
    const open = openDocument(options, () => open === current && renew());
    open.provider.subscribe(() => open === current && open.provider.outlived() && renew());
    return open;
  }

  /** The old replica stays on the screen until the new one has something to show. */
  function renew() {
    if (stopped || next !== null) return;
    const fresh = begin();
    next = fresh;
    const stop = fresh.provider.subscribe(() => {
      if (['connecting', 'syncing'].includes(fresh.provider.status().state)) return;
      stop();
      if (!stopped) swap(fresh);
    });
  }

  function swap(fresh: OpenDocument) {
    const old = current;
    current = fresh;
    next = null;
    show(fresh);
    void closeDocument(old);
    if (fresh.provider.outlived()) renew();
  }

  show(current);
  return () => {
    stopped = true;
    void closeDocument(current);
    if (next !== null) void closeDocument(next);
  };
}

/** Opens the document while the component stands; null before the first render has settled. */
export function useOpenDocument({ documentId, me }: Options): OpenDocument | null {
  const [open, setOpen] = useState<OpenDocument | null>(null);
  const { id, name, email } = me;
  useEffect(() => {
    const close = keepOpen({ documentId, me: { id, name, email } }, setOpen);
    return () => {
      setOpen(null);
      close();
    };
  }, [documentId, id, name, email]);
  return open;
}
