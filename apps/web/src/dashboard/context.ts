import type { DashboardView } from '@tidemark/documents/dashboard';
import { createContext, useContext } from 'react';
import { usePart } from '../editor/context.ts';
import type { Session } from '../editor/session.ts';
import type { Desk } from './desk.ts';

export const DashboardContext = createContext<Session<DashboardView> | null>(null);
export const DeskContext = createContext<Desk | null>(null);

export function useDashboard(): Session<DashboardView> {
  const session = useContext(DashboardContext);
  if (!session) throw new Error('A part of the editor stands outside of it.');
  return session;
}

/** What is open and chosen on this screen; nobody else sees it. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('A part of the editor stands outside of it.');
  return desk;
}

/** A part of the view; see `usePart`. */
export function useView<T>(select: (view: DashboardView) => T): T {
  return usePart(useDashboard().reader, select);
}
