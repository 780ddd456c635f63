import { createEditor, createReader, createUndo, type Kind, type Reader } from '@tidemark/documents/records';
import { useLayoutEffect, useState } from 'react';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Session } from './session.ts';

/**
 * States of a document as a session that nobody may write in and where nobody else is. Null until the first is read. Another state takes the
 * place of the one before it under the same reader: what shows it keeps its scroll, zoom and selection, and draws only what differs.
 */
export function usePastSession<V>(
  live: Session,
  kind: Kind<V>,
  state: Uint8Array | undefined,
): Session<V> | null {
  const [past, setPast] = useState<Past<V> | null>(null);
  const [session, setSession] = useState<Session<V> | null>(null);
  useLayoutEffect(() => {
    const made = createPast(kind);
    setPast(made);
    return () => {
      setPast(null);
      setSession(null);
      made.destroy();
    };
  }, [kind]);
  useLayoutEffect(() => {
    if (past === null || state === undefined) return;
    const { reader, editor, undo, awareness } = past;
    const provider = {
      ...live.provider,
      doc: past.show(state),
      awareness,
      access: () => 'read' as const,
    };
    setSession({ ...live, provider, reader, editor, undo });
  }, [past, live, state]);
  return session;
}

interface Past<V> extends Pick<Session<V>, 'reader' | 'editor' | 'undo'> {
  readonly awareness: Awareness;
  /** Reads this state from now on. Returns its replica. */
  show(state: Uint8Array): Y.Doc;
  destroy(): void;
}

function createPast<V>(kind: Kind<V>): Past<V> {
  // What a session has beside the states that it shows belongs to a replica without content.
  const blank = new Y.Doc();
  const awareness = new Awareness(blank);
  const editor = createEditor(blank, kind.schema);
  const undo = createUndo(editor);
  const listeners = new Set<() => void>();
  let doc: Y.Doc | null = null;
  let now: Reader<V> = createReader(blank, kind);
  return {
    awareness,
    editor,
    undo,
    reader: {
      view: () => now.view(),
      state: () => now.state(),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      destroy: () => listeners.clear(),
    },
    show(state) {
      const [before, old] = [now, doc];
      doc = new Y.Doc();
      Y.applyUpdate(doc, state);
      now = createReader(doc, kind, before);
      for (const listener of [...listeners]) listener();
      before.destroy();
      old?.destroy();
      return doc;
    },
    destroy() {
      listeners.clear();
      now.destroy();
      doc?.destroy();
      undo.destroy();
      awareness.destroy();
      blank.destroy();
    },
  };
}

/** What a state says, read once. */
export function viewOfState<V>(kind: Kind<V>, state: Uint8Array): V {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const reader = createReader(doc, kind);
  const view = reader.view();
  reader.destroy();
  doc.destroy();
  return view;
}
