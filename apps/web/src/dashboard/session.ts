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
  readonly me: { readonly id: string; readonly name: string };
  readonly provider: Provider;
  readonly reader: Reader<DashboardView>;
  readonly editor: Editor;
  readonly undo: Undo;
}

interface Options {
  readonly documentId: string;
  readonly companyId: string;
  readonly me: Session['me'];
}

function openSession({ documentId, companyId, me }: Options): Session {
  const url = `${location.origin.replace(/^http/, 'ws')}/sync`;
  // The person is part of the name: two people who share a browser must not read each other's copies.
  const provider = createProvider({ url, documentId, offline: { name: `${companyId}/${me.id}` } });
  const reader = createReader(provider.doc, dashboard);
  const editor = createEditor(provider.doc, dashboard.schema, me.id);
  return { documentId, me, provider, reader, editor, undo: createUndo(editor) };
}

/** Leaves at once for others to see; the connection stays until the last edit is stored, or the page is left. */
async function closeSession({ undo, reader, provider }: Session): Promise<void> {
  undo.destroy();
  reader.destroy();
  provider.awareness.setLocalState(null);
  if (provider.status().pending > 0) await provider.flush();
  await provider.destroy();
}

/** Opens the document while the component stands; null before the first render has settled. */
export function useSession({ documentId, companyId, me }: Options): Session | null {
  const [session, setSession] = useState<Session | null>(null);
  const { id, name } = me;
  useEffect(() => {
    const opened = openSession({ documentId, companyId, me: { id, name } });
    setSession(opened);
    return () => {
      setSession(null);
      void closeSession(opened);
    };
  }, [documentId, companyId, id, name]);
  return session;
}
