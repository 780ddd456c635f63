import type { Provider, Status } from '@tidemark/client';
import { useCallback, useRef, useSyncExternalStore } from 'react';
import { useSession } from './context.ts';

/** Codes after which this person has no part in the document any more, as far as the server is concerned. */
const shut = ['no-access', 'not-found', 'stale-epoch'];

type Refused = Extract<Status, { state: 'refused' }>;

/** Whether the server has shut this person, or this copy, out for good. */
export function isShutOut(status: Status): boolean {
  return status.state === 'refused' && status.final && shut.includes(status.code);
}

/** Whether nothing can be asked of the document any more; of one that was begun anew, the past can. */
export function isGone(status: Status): status is Refused {
  return status.state === 'refused' && isShutOut(status) && status.code !== 'stale-epoch';
}

/** Why this person was shut out, by the code of the refusal. */
export function shutOutWords(code: string, noun: string): string {
  const words: Partial<Record<string, string>> = {
    'no-access': `You no longer have access to this ${noun}.`,
    'not-found': `This ${noun} was deleted, or you no longer have access.`,
    'stale-epoch': `This ${noun} was begun anew, and this device could not keep your copy: it is only in this tab.`,
  };
  return words[code] ?? 'The server does not take your changes.';
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
