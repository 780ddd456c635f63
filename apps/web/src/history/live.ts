import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useStatusPart } from '@tidemark/client/react';
import { createContext, useCallback, useContext, useEffect, useRef, useSyncExternalStore } from 'react';
import { ApiError } from '../api/http.ts';
import { meQuery } from '../api/session.ts';
import { useSession } from '../editor/context.ts';
import { isGone, isShutOut, mayEditNow, shutOutWords } from '../editor/rights.ts';
import type { Session } from '../editor/session.ts';
import { nounOf } from '../shell/kind-words.ts';

/** The live session behind a past that is shown; null where nothing else than the live one is. */
export const LiveContext = createContext<Session | null>(null);

/** The document of now, also from inside of a past. */
export function useLive(): Session {
  const session = useSession();
  return useContext(LiveContext) ?? session;
}

/** Whether the server has nothing more to say of the document to this person. */
export function useIsGone(): boolean {
  return useStatusPart(useLive().provider, isGone);
}

/** Throws ApiError where the server has said already that this person has no part in the document: it is not asked again. */
export function refuseGone({ provider, kind }: Session): void {
  const status = provider.status();
  if (isGone(status)) throw new ApiError(status.code, 404, shutOutWords(status.code, nounOf(kind)));
}

/** Whether this person may change the document of now: restore it, name its moments. */
export function useMayChange(): boolean {
  const { provider } = useLive();
  return useSyncExternalStore(
    provider.subscribe,
    useCallback(() => mayEditNow(provider), [provider]),
  );
}

/** Whether this person may make documents, and this one is theirs to begin with. */
export function useMayCreate(): boolean {
  const { data: me } = useSuspenseQuery(meQuery);
  const { provider } = useLive();
  const isOut = useSyncExternalStore(
    provider.subscribe,
    useCallback(() => isShutOut(provider.status()), [provider]),
  );
  return me.company.role !== 'viewer' && !isOut;
}

/** Asks anew who this person is in the company whenever the live session hears of other rights. */
export function useFreshRole(): void {
  const { provider } = useLive();
  const queryClient = useQueryClient();
  const access = useSyncExternalStore(provider.subscribe, () => provider.access());
  const known = useRef(access);
  useEffect(() => {
    // What the server says first is no change.
    if (known.current !== null && access !== known.current) {
      void queryClient.invalidateQueries({ queryKey: meQuery.queryKey });
    }
    known.current = access;
  }, [access, queryClient]);
}
