import type { Log, RightsScope } from '@tidemark/sync';
import type { Connection } from './connection.ts';
import { createListener } from './listener.ts';

/** Tells when rights may have changed, in this process or any other: what the triggers of migration 0006 say. */
export interface RightsBell {
  /** Begins to listen. `all` after a cut of the connection, for what was said meanwhile. Returns a function that stops the calls. */
  onChanged(listener: (scope: RightsScope) => void): () => void;
  /** Resolves when changes are heard. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

/** `pulseMs`: as of the listener. */
export function openRightsBell(connection: Connection, journal: Log, pulseMs?: number): RightsBell {
  const hearers = new Set<(scope: RightsScope) => void>();

  const tell = (scope: RightsScope) => {
    for (const hearer of [...hearers]) {
      try {
        hearer(scope);
      } catch (error) {
        journal.error('rights.hearer-failed', { error });
      }
    }
  };

  const listener = createListener({
    connection,
    channel: 'tidemark_rights',
    name: 'rights',
    journal,
    pulseMs,
    onNotice: (payload) => tell(scopeOf(payload)),
    onListening: () => tell('all'),
  });

  return {
    onChanged(hearer) {
      void listener.listen();
      hearers.add(hearer);
      return () => void hearers.delete(hearer);
    },
    listen: () => listener.listen(),
    close: () => listener.close(),
  };
}

/** Anybody who may connect may notify: what is not ours is taken for the widest scope, which costs questions only. */
function scopeOf(payload: string): RightsScope {
  let said: unknown;
  try {
    said = JSON.parse(payload);
  } catch {
    return 'all';
  }
  if (typeof said !== 'object' || said === null) return 'all';
  const scope: { documentId?: string; userId?: string; companyId?: string } = {};
  for (const part of ['documentId', 'userId', 'companyId'] as const) {
    const value = (said as Record<string, unknown>)[part];
    if (typeof value === 'string') scope[part] = value;
  }
  return scope;
}
