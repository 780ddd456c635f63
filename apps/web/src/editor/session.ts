import type { KindName } from '@tidemark/documents';
import {
  createEditor,
  createReader,
  createUndo,
  type Editor,
  type Kind,
  type Reader,
  type Undo,
} from '@tidemark/documents/records';
import { useLayoutEffect, useState } from 'react';
import type { OpenDocument } from './open-document.ts';

/** One person at one open document whose kind is known: read, written and undone as that kind. */
export interface Session<V = unknown> extends OpenDocument {
  readonly kind: KindName;
  readonly reader: Reader<V>;
  readonly editor: Editor;
  readonly undo: Undo;
}

/** Reads a replica as `kind` while the component stands; null until the first render has settled. */
export function useKindSession<V>(open: OpenDocument, name: KindName, kind: Kind<V>): Session<V> | null {
  const [session, setSession] = useState<Session<V> | null>(null);
  // Before the first paint: a replica that takes another's place must not flicker.
  useLayoutEffect(() => {
    const reader = createReader(open.provider.doc, kind);
    const editor = createEditor(open.provider.doc, kind.schema, open.me.id);
    const undo = createUndo(editor);
    setSession({ ...open, kind: name, reader, editor, undo });
    return () => {
      setSession(null);
      undo.destroy();
      reader.destroy();
    };
  }, [open, name, kind]);
  return session;
}
