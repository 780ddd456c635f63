import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import type { Log } from '@tidemark/sync';
import pg from 'pg';
import { type Connection, clientConfig } from './connection.ts';

/** Hears one channel of NOTIFY on a connection of its own, which comes back by itself. */
export interface Listener {
  /** Begins with the first call, when the roles are there; resolves when the channel is heard. */
  listen(): Promise<void>;
  connected(): boolean;
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly connection: Connection;
  readonly channel: string;
  /** The first word of what the journal is told. */
  readonly name: string;
  readonly journal: Log;
  /** Milliseconds between two signs of life; one that is not back when the next is due means a dead connection. */
  readonly pulseMs?: number | undefined;
  readonly onNotice: (payload: string) => void;
  /** Whenever the channel is heard, or heard again: what was said before has to be asked for. */
  readonly onListening: () => void;
}

export const session = { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout: null } as const;
const reconnect = { firstMs: 50, mostMs: 5_000 };

export function createListener(options: ListenerOptions): Listener {
  const { connection, channel, name, journal, pulseMs = 10_000, onNotice, onListening } = options;
  /** Signs of life have a channel that nobody else hears. */
  const pulse = `tidemark_pulse_${randomUUID().replaceAll('-', '')}`;
  const heard = Promise.withResolvers<void>();
  let done: Promise<void> | null = null;
  let closed = false;
  let connected = false;
  let wake: () => void = () => undefined;
  let hangUp: () => void = () => undefined;

  /** Until the connection ends, or is deaf: a dead line, or a pooler that swallows LISTEN, never says so by itself. */
  const listenOnce = async () => {
    const socket = new Socket();
    const client = new pg.Client({ ...clientConfig(connection, session), stream: () => socket });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    let alive = true;
    client.on('error', (error) => {
      // Closing hangs up, which the client takes for a loss.
      if (!closed) journal.warn(`${name}.connection-lost`, { error });
    });
    client.on('notification', (notice) => {
      if (notice.channel === pulse) alive = true;
      else onNotice(notice.payload ?? '');
    });
    hangUp = () => socket.destroy();
    let beats: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      if (closed) return;
      // First: a line that goes dead before it listens says nothing either.
      beats = setInterval(() => {
        if (!alive) {
          journal.warn(`${name}.connection-silent`, { forMs: pulseMs });
          socket.destroy();
          return;
        }
        alive = false;
        client.query('select pg_notify($1, $2)', [pulse, '']).catch((error: unknown) => {
          journal.debug(`${name}.pulse-failed`, { error });
        });
      }, pulseMs);
      await client.query(`listen ${pulse}`);
      await client.query(`listen ${channel}`);
      connected = true;
      heard.resolve();
      // Listening first, then saying so: whatever comes between is heard twice rather than never.
      onListening();
      await ended;
    } finally {
      connected = false;
      clearInterval(beats);
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
        if (!closed) journal.warn(`${name}.not-listening`, { error, nextInMs: delay });
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
    listen() {
      if (!closed) done ??= keepListening();
      return heard.promise;
    },
    connected: () => connected,
    async close() {
      closed = true;
      wake();
      hangUp();
      await done;
    },
  };
}
