import { type EstimateView, estimate } from '@tidemark/documents/estimate';
import { createEditor, createReader, createUndo } from '@tidemark/documents/records';
import { useEffect, useState } from 'react';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Session } from '../../editor/session.ts';

/** A replica of a frozen state as a session that nobody may write in and where nobody else is. Null until it is read. */
export function useFrozenSession(
  live: Session<EstimateView>,
  state: Uint8Array | undefined,
): Session<EstimateView> | null {
  const [session, setSession] = useState<Session<EstimateView> | null>(null);
  useEffect(() => {
    if (state === undefined) return;
    const doc = new Y.Doc();
    Y.applyUpdate(doc, state);
    const awareness = new Awareness(doc);
    const reader = createReader(doc, estimate);
    const editor = createEditor(doc, estimate.schema, live.me.id);
    const undo = createUndo(editor);
    const provider = { ...live.provider, doc, awareness, access: () => 'read' as const };
    setSession({ ...live, provider, reader, editor, undo });
    return () => {
      setSession(null);
      undo.destroy();
      reader.destroy();
      awareness.destroy();
      doc.destroy();
    };
  }, [live, state]);
  return session;
}

/** What a state says, read once. */
export function viewOfState(state: Uint8Array): EstimateView {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const reader = createReader(doc, estimate);
  const view = reader.view();
  reader.destroy();
  doc.destroy();
  return view;
}
