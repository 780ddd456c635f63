import { createProvider, type Provider } from '@tidemark/client';
import { type DashboardView, dashboard } from '@tidemark/documents/dashboard';
import {
  createEditor,
  createReader,
  createUndo,
  type Editor,
  type Reader,
  type Undo,
} from '@tidemark/documents/records';
import { useEffect, useState } from 'react';

/** One person at one open dashboard. */
export interface Session {
  readonly documentId: string;
  readonly me: Person;
  readonly provider: Provider;
  readonly reader: Reader<DashboardView>;
  readonly editor: Editor;
  readonly undo: Undo;
  /** Leaves this replica as it is and opens the document again. */
  renew(): void;
}

interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

interface Options {
  readonly documentId: string;
  readonly me: Person;
}

function openSession({ documentId, me }: Options, renew: () => void): Session {
  const url = `${location.origin.replace(/^http/, 'ws')}/sync`;
  // Two people who share a browser must not read each other's copies; a company that one is removed from takes none along.
  const provider = createProvider({ url, documentId, offline: { name: me.id } });
  const reader = createReader(provider.doc, dashboard);
  const editor = createEditor(provider.doc, dashboard.schema, me.id);
  return { documentId, me, provider, reader, editor, undo: createUndo(editor), renew };
}

/** Leaves at once for others to see; the connection stays until the last edit is stored, or the page is left. */
async function closeSession({ undo, reader, provider }: Session): Promise<void> {
  undo.destroy();
  reader.destroy();
  provider.awareness.setLocalState(null);
  if (provider.status().pending > 0) await provider.flush();
  await provider.destroy();
}

/** Opens the document and opens it again when its life is over; `show` gets each session once there is something to see. */
function keepOpen(options: Options, show: (session: Session) => void): () => void {
  let current = begin();
  let next: Session | null = null;
  let stopped = false;

  function begin(): Session {
    const session = openSession(options, () => session === current && renew());
    session.provider.subscribe(() => session === current && session.provider.outlived() && renew());
    return session;
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

  function swap(fresh: Session) {
    const old = current;
    current = fresh;
    next = null;
    show(fresh);
    void closeSession(old);
    if (fresh.provider.outlived()) renew();
  }

  show(current);
  return () => {
    stopped = true;
    void closeSession(current);
    if (next !== null) void closeSession(next);
  };
}

/** Opens the document while the component stands; null before the first render has settled. */
export function useSession({ documentId, me }: Options): Session | null {
  const [session, setSession] = useState<Session | null>(null);
  const { id, name, email } = me;
  useEffect(() => {
    const close = keepOpen({ documentId, me: { id, name, email } }, setSession);
    return () => {
      setSession(null);
      close();
    };
  }, [documentId, id, name, email]);
  return session;
}
