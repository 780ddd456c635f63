import type { DashboardView } from '@tidemark/documents/dashboard';
import type { Editor } from '@tidemark/documents/records';
import { createContext, useContext, useRef, useSyncExternalStore } from 'react';
import type { Desk } from './desk.ts';
import type { Session } from './session.ts';

export const SessionContext = createContext<Session | null>(null);
export const DeskContext = createContext<Desk | null>(null);

export function useDashboard(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('A part of the editor stands outside of it.');
  return session;
}

export function useEditor(): Editor {
  return useDashboard().editor;
}

/** What is open and chosen on this screen; nobody else sees it. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('A part of the editor stands outside of it.');
  return desk;
}

/**
 * A part of the view. Renders again only when the part is another object; the view keeps the objects of what did
 * not change, so a selector that picks needs no comparison.
 */
export function useView<T>(select: (view: DashboardView) => T): T {
  const { reader } = useDashboard();
  const latest = useRef<{ view: DashboardView; select: (view: DashboardView) => T; part: T } | null>(null);
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
