import { useSuspenseQuery } from '@tanstack/react-query';
import { createContext, useCallback, useContext, useSyncExternalStore } from 'react';
import { meQuery } from '../api/session.ts';
import { useSession } from '../editor/context.ts';
import { mayEditNow } from '../editor/rights.ts';
import type { Session } from '../editor/session.ts';

/** The live session behind a past that is shown; null where nothing else than the live one is. */
export const LiveContext = createContext<Session | null>(null);

/** The document of now, also from inside of a past. */
export function useLive(): Session {
  const session = useSession();
  return useContext(LiveContext) ?? session;
}

/** Whether this person may change the document of now: restore it, name its moments. */
export function useMayChange(): boolean {
  const { provider } = useLive();
  return useSyncExternalStore(
    provider.subscribe,
    useCallback(() => mayEditNow(provider), [provider]),
  );
}

/** Whether this person may make documents. */
export function useMayCreate(): boolean {
  const { data: me } = useSuspenseQuery(meQuery);
  return me.company.role !== 'viewer';
}
