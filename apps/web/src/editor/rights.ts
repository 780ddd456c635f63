import type { Provider, Status } from '@tidemark/client';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useSession } from './context.ts';

/** Codes after which this person has no part in the document any more, as far as the server is concerned. */
const shut = ['no-access', 'not-found', 'stale-epoch'];

/** Whether the server has shut this person, or this copy, out for good. */
export function isShutOut(status: Status): boolean {
  return status.state === 'refused' && status.final && shut.includes(status.code);
}

/** Whether the server takes nothing from this person any more, for whatever reason. */
const isRefused = ({ state }: Status): boolean => state === 'refused';

/** Whether the server has let this person in and is there: what belongs to the document can be asked of it. */
export function isLive({ state }: Status): boolean {
  return ['saved', 'saving', 'storage-failing', 'unconfirmed'].includes(state);
}

/** Whether the server has not said yet what the document holds. */
export function isWaiting({ state }: Status): boolean {
  return state === 'connecting' || state === 'syncing';
}

/** Whether this person may change the document at this moment; not before the server has said so. */
export function mayEditNow(provider: Provider): boolean {
  return provider.access() === 'edit' && !isShutOut(provider.status());
}

/** As `mayEditNow`; renders again when it changes. */
export function useMayEdit(): boolean {
  const { provider } = useSession();
  return useSyncExternalStore(
    provider.subscribe,
    useCallback(() => mayEditNow(provider), [provider]),
  );
}

/** Whether this person is let in, and the server there: whoever is not has nothing to ask. */
export function useAdmitted(): boolean {
  const { provider } = useSession();
  return useSyncExternalStore(
    provider.subscribe,
    useCallback(() => isLive(provider.status()), [provider]),
  );
}

/** Whether the server does not answer at present. Who was refused is not out of its reach. */
export function useOutOfReach(): boolean {
  const { provider } = useSession();
  return useSyncExternalStore(
    provider.subscribe,
    useCallback(() => isOutOfReach(provider.status()), [provider]),
  );
}

const isOutOfReach = (status: Status): boolean => !isLive(status) && !isRefused(status);

/** Whether this person could edit at some time since the document was opened here. */
export function useCouldEdit(): boolean {
  const could = useRef(false);
  could.current = useMayEdit() || could.current;
  return could.current;
}
