import { useCallback, useRef, useSyncExternalStore } from 'react';
import type { Awareness } from 'y-protocols/awareness';
import type { Provider } from './front-door.ts';
import type { Status } from './status.ts';

/** The provider's status; renders again whenever it changes. */
export function useStatus(provider: Provider): Status {
  return useSyncExternalStore(provider.subscribe, provider.status, provider.status);
}

/** What `select` makes of the status, a plain value; renders again only when that changes, and not with every change kept or acknowledged. */
export function useStatusPart<T extends string | number | boolean | null>(
  provider: Provider,
  select: (status: Status) => T,
): T {
  const read = () => select(provider.status());
  return useSyncExternalStore(provider.subscribe, read, read);
}

/** What this person may do here; null until the server said so. */
export function useAccess(provider: Provider): 'edit' | 'read' | null {
  return useSyncExternalStore(provider.subscribe, provider.access, provider.access);
}

/** Whether the document was begun anew and this replica is only a copy of its earlier life (`Provider.outlived`). */
export function useOutlived(provider: Provider): boolean {
  return useSyncExternalStore(provider.subscribe, provider.outlived, provider.outlived);
}

/** Everybody's awareness state by client ID, one's own included; a new map whenever any of it changes. */
export function useAwareness(awareness: Awareness): ReadonlyMap<number, Readonly<Record<string, unknown>>> {
  const latest = useRef<ReadonlyMap<number, Readonly<Record<string, unknown>>> | null>(null);
  const subscribe = useCallback(
    (listener: () => void) => {
      const changed = () => {
        latest.current = null;
        listener();
      };
      latest.current = null;
      awareness.on('change', changed);
      return () => awareness.off('change', changed);
    },
    [awareness],
  );
  const read = useCallback(() => {
    latest.current ??= new Map(awareness.getStates());
    return latest.current;
  }, [awareness]);
  return useSyncExternalStore(subscribe, read, read);
}
