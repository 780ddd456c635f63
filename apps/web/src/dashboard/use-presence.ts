import { createContext, useContext, useEffect } from 'react';
import type { PresenceWriter, Screen } from '../editor/presence.ts';
import { useOwnPresence, usePresencePart } from '../editor/use-presence.ts';
import { type DashboardPresence, dashboardPresence } from './presence.ts';

export const PresenceContext = createContext<PresenceWriter<DashboardPresence> | null>(null);

/** Says where this screen is; null until the first render has settled. */
export function usePresenceWriter(): PresenceWriter<DashboardPresence> | null {
  return useContext(PresenceContext);
}

/** This screen's own presence, its selection kept true. */
export function useDashboardPresence(selected: string | null): PresenceWriter<DashboardPresence> | null {
  const writer = useOwnPresence(dashboardPresence);
  useEffect(() => writer?.set({ selected }), [writer, selected]);
  return writer;
}

/** Who has this chart selected, each person once. */
export function useSelectedBy(chartId: string): readonly Screen['user'][] {
  return usePresencePart(dashboardPresence, (peers) => [
    ...new Map(
      peers.filter(({ selected }) => selected === chartId).map(({ user }) => [user.id, user]),
    ).values(),
  ]);
}
