import type { EstimateView } from '@tidemark/documents/estimate';
import { isLocked } from '@tidemark/documents/estimate';
import { calculate, type Estimation } from '@tidemark/estimating';
import { createContext, useContext, useSyncExternalStore } from 'react';
import { usePart } from '../editor/context.ts';
import type { PresenceWriter } from '../editor/presence.ts';
import { useMayEdit } from '../editor/rights.ts';
import type { Session } from '../editor/session.ts';
import type { Desk } from './desk.ts';
import type { EstimatePresence } from './presence.ts';
import type { Range } from './selection.ts';

export const EstimateContext = createContext<Session<EstimateView> | null>(null);
export const DeskContext = createContext<Desk | null>(null);
export const PresenceContext = createContext<PresenceWriter<EstimatePresence> | null>(null);

export function useEstimate(): Session<EstimateView> {
  const session = useContext(EstimateContext);
  if (!session) throw new Error('A part of the editor stands outside of it.');
  return session;
}

/** What is open and chosen on this screen; nobody else sees it. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('A part of the editor stands outside of it.');
  return desk;
}

/** Says what this screen is at; null until the first render has settled. */
export function usePresenceWriter(): PresenceWriter<EstimatePresence> | null {
  return useContext(PresenceContext);
}

/** What is chosen in the grid; renders with every move of it. */
export function useSelection(): Range | null {
  const { selection } = useDesk();
  return useSyncExternalStore(selection.subscribe, selection.get);
}

/** A part of the view; see `usePart`. */
export function useView<T>(select: (view: EstimateView) => T): T {
  return usePart(useEstimate().reader, select);
}

/** What the estimate comes to now. */
export function useEstimation(): Estimation {
  return useView(calculate);
}

/** Whether the estimate was submitted and its prices stand still. */
export function useLocked(): boolean {
  return useView(isLocked);
}

/** Whether this person may change what has a price at this moment. */
export function useMayPrice(): boolean {
  const mayEdit = useMayEdit();
  return !useLocked() && mayEdit;
}
