import { Socket } from 'node:net';
import type { Log, RightsScope } from '@tidemark/sync';
import pg from 'pg';
import { type Connection, clientConfig } from './connection.ts';

/** Tells when rights may have changed, in this process or any other: what the triggers of migration 0006 say. */
export interface RightsBell {
  /** Begins to listen. `all` after a cut of the connection, for what was said meanwhile. Returns a function that stops the calls. */
  onChanged(listener: (scope: RightsScope) => void): () => void;
  /** Resolves when changes are heard. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

const session = { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout: null } as const;
const channel = 'tidemark_rights';
const reconnect = { firstMs: 50, mostMs: 5_000 };

/** `pulseMs`: milliseconds between two signs of life of the connection, and those that one may take to come back. */
export function openRightsBell(connection: Connection, journal: Log, pulseMs = 10_000): RightsBell {
  const listeners = new Set<(scope: RightsScope) => void>();
  const listening = Promise.withResolvers<void>();
  let done: Promise<void> | null = null;
  let closed = false;
  let wake: () => void = () => undefined;
  let hangUp: () => void = () => undefined;

  const tell = (scope: RightsScope) => {
    for (const listener of [...listeners]) {
      try {
        listener(scope);
      } catch (error) {
        journal.error('rights.hearer-failed', { error });
      }
    }
  };

  /** Listens until the connection ends, or does not answer in time: a line that is dead without a word would never say so. */
  const listenOnce = async () => {
    const socket = new Socket();
    const client = new pg.Client({ ...clientConfig(connection, session), stream: () => socket });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', (error) => {
      if (!closed) journal.warn('rights.connection-lost', { error });
    });
    client.on('notification', ({ payload = '' }) => tell(scopeOf(payload)));
    hangUp = () => socket.destroy();
    let pulse: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      if (closed) return;
      await client.query(`listen ${channel}`);
      let answered = true;
      pulse = setInterval(() => {
        if (!answered) return socket.destroy();
        answered = false;
        client.query('select 1').then(
          () => {
            answered = true;
          },
          (error: unknown) => journal.debug('rights.pulse-failed', { error }),
        );
      }, pulseMs);
      listening.resolve();
      // Listening first: whatever was said before, and not heard, is asked for now.
      tell('all');
      await ended;
    } finally {
      clearInterval(pulse);
      socket.destroy();
      hangUp = () => undefined;
    }
  };

  const keepListening = async () => {
    let delay = reconnect.firstMs;
    while (!closed) {
      const since = Date.now();
      try {
        await listenOnce();
      } catch (error) {
        if (!closed) journal.warn('rights.not-listening', { error, nextInMs: delay });
      }
      if (closed) return;
      delay = Date.now() - since > reconnect.mostMs ? reconnect.firstMs : delay;
      await new Promise<void>((resolve) => {
        const pause = setTimeout(resolve, delay * (0.5 + Math.random()));
        wake = () => {
          clearTimeout(pause);
          resolve();
        };
      });
      delay = Math.min(delay * 2, reconnect.mostMs);
    }
  };

  return {
    onChanged(listener) {
      if (!closed) done ??= keepListening();
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    listen() {
      if (!closed) done ??= keepListening();
      return listening.promise;
    },
    async close() {
      closed = true;
      wake();
      hangUp();
      await done;
    },
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
