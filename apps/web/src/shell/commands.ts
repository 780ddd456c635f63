import { useEffect, useId, useSyncExternalStore } from 'react';

/** One line of the command palette. */
export interface Command {
  id: string;
  label: string;
  /** Heading it stands under. */
  group: string;
  keys?: string;
  /** Further words it is found by. */
  keywords?: string;
  run: () => void;
}

const offered = new Map<string, readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

function changed(): void {
  all = [...offered.values()].flat();
  for (const listener of listeners) listener();
}

/** Offers commands for as long as the component stands. Keep `commands` stable with useMemo. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useId();
  useEffect(() => {
    offered.set(owner, commands);
    changed();
    return () => {
      offered.delete(owner);
      changed();
    };
  }, [owner, commands]);
}

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => all,
  );
}
