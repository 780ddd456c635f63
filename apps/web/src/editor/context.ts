import type { Editor, Reader } from '@tidemark/documents/records';
import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Session } from './session.ts';

/** What the parts that all kinds share know of the open document. */
export const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A part of the editor stands outside of it.');
  return session;
}

export function useEditor(): Editor {
  return useSession().editor;
}

/**
 * A part of the view. Renders again only when the part is another object; the view keeps the objects of what did
 * not change, so a selector that picks needs no comparison.
 */
export function usePart<V, T>(reader: Reader<V>, select: (view: V) => T): T {
  const latest = useRef<{ view: V; select: (view: V) => T; part: T } | null>(null);
  const read = () => {
    const view = reader.view();
    const known = latest.current;
    if (known?.view === view && known.select === select) return known.part;
    const part = select(view);
    latest.current = { view, select, part };
    return part;
  };
  return useSyncExternalStore(reader.subscribe, read);
}
