import { useEffect } from 'react';
import type { Transaction } from 'yjs';
import { useSession } from '../../editor/context.ts';
import { readPeer } from '../../editor/presence.ts';
import { useEstimate } from '../context.ts';
import { estimatePresence } from '../presence.ts';
import type { Grid } from './grid.ts';
import { type Somebody, watchOthers } from './others.ts';

/** Tells the grid what others change, and who of those that are or were here it was. */
export function useOthers(grid: Grid): void {
  const { provider } = useEstimate();
  const { me } = useSession();
  useEffect(() => {
    const { awareness } = provider;
    // Somebody who has left meanwhile still wrote what comes.
    const known = new Map<number, Somebody>();
    const learn = () => {
      for (const [clientId, state] of awareness.getStates()) {
        const user = readPeer(clientId, state, estimatePresence)?.user;
        if (user) known.set(clientId, user.id === me.id ? { ...user, name: `${user.name} (you)` } : user);
      }
    };
    learn();
    awareness.on('change', learn);
    const stop = watchOthers(grid, {
      whoWrote: (transaction) => only(writersOf(transaction).map((clientId) => known.get(clientId) ?? null)),
      now: () => performance.now(),
      later: (ms, then) => void setTimeout(then, ms),
    });
    return () => {
      awareness.off('change', learn);
      stop();
    };
  }, [grid, provider, me]);
}

/** Client IDs that a transaction brought something of. */
function writersOf({ beforeState, afterState }: Transaction): readonly number[] {
  return [...afterState].flatMap(([clientId, clock]) =>
    (beforeState.get(clientId) ?? 0) < clock ? [clientId] : [],
  );
}

/** Who it was, where it was one person; what came of several at once is nobody's for sure. */
function only(writers: readonly (Somebody | null)[]): Somebody | null {
  const [first] = writers;
  return first && writers.every((writer) => writer?.id === first.id) ? first : null;
}
