import { randomUUID } from 'node:crypto';
import type { Log } from '@tidemark/sync';
import pg from 'pg';

type Listener = (head: number) => void;

export interface Bell {
  /** After a commit: rings here at once, and in the other processes within `ringEveryMs`. */
  ring(documentId: string, head: number): void;
  /** A document that somebody here follows as far as `head`; what is missed of it during a cut is asked for afterwards. */
  follow(documentId: string, head: number): void;
  onAppended(documentId: string, listener: Listener): () => void;
  /** Begins to listen, as following does too; resolves when others are heard. */
  listen(): Promise<void>;
  close(): Promise<void>;
}

export interface BellOptions {
  /** For the connection that listens; it lives as long as the bell. */
  readonly client: pg.ClientConfig;
  /** Sends hints to the other processes. */
  readonly notify: (payloads: readonly string[]) => Promise<void>;
  readonly readHeads: (documentIds: readonly string[]) => Promise<Map<string, number>>;
  readonly journal: Log;
}

export const channel = 'tidemark_appended';

/** Milliseconds over which hints are collected: NOTIFY inside commits would make all writers queue. */
const ringEveryMs = 15;
/** A NOTIFY holds at most 8,000 bytes. */
const payloadBytes = 7_900;
const reconnect = { firstMs: 50, mostMs: 5_000 };
/** Documents remembered to be asked about after a cut; the least recently moved are forgotten first. */
const followed = 20_000;

export function createBell({ client: config, notify, readHeads, journal }: BellOptions): Bell {
  const self = randomUUID().slice(0, 8);
  const listeners = new Map<string, Set<Listener>>();
  const heads = new Map<string, number>();
  let hints = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;
  let closed = false;
  let wake: () => void = () => undefined;
  let current: { readonly client: pg.Client; readonly connected: Promise<unknown> } | null = null;
  /** The listening loop; it begins with the first use, when the tables are there. */
  let done: Promise<void> | null = null;
  const listening = Promise.withResolvers<void>();

  const follow = (documentId: string, head: number) => {
    done ??= keepListening();
    const known = heads.get(documentId) ?? 0;
    heads.delete(documentId);
    heads.set(documentId, Math.max(known, head));
    if (heads.size > followed) for (const oldest of heads.keys()) return void heads.delete(oldest);
  };
  const tell = (documentId: string, head: number) => {
    follow(documentId, head);
    for (const listener of listeners.get(documentId) ?? []) listener(head);
  };

  const flush = async () => {
    timer = null;
    const sent = hints;
    hints = new Map();
    try {
      await notify(payloads(self, sent));
    } catch (error) {
      // A lost hint means late, never a hole: the others read on at the next one, or when they reconnect.
      journal.warn('bell.not-rung', { error, documents: sent.size });
    }
  };

  const hear = ({ payload = '' }: pg.Notification) => {
    const [sender, ...rest] = payload.split(' ');
    if (sender === self) return;
    for (const hint of rest) {
      const [documentId, head] = hint.split(':');
      if (documentId !== undefined && head !== undefined) tell(documentId, Number(head));
    }
  };

  /** Listens until the connection ends. */
  const listenOnce = async () => {
    const client = new pg.Client(config);
    const connected = client.connect();
    current = { client, connected };
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', (error) => journal.warn('bell.connection-lost', { error }));
    client.on('notification', hear);
    try {
      await connected;
      await client.query(`listen ${channel}`);
      // Listening first, then asking: whatever comes between is heard twice rather than never.
      const now = await readHeads([...heads.keys()]);
      for (const [documentId, head] of now) if (head > (heads.get(documentId) ?? 0)) tell(documentId, head);
      listening.resolve();
      await ended;
    } finally {
      current = null;
      await client.end();
    }
  };

  const keepListening = async () => {
    let delay = reconnect.firstMs;
    while (!closed) {
      const since = Date.now();
      try {
        await listenOnce();
      } catch (error) {
        if (!closed) journal.warn('bell.not-listening', { error, nextInMs: delay });
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
    follow,
    listen() {
      done ??= keepListening();
      return listening.promise;
    },
    ring(documentId, head) {
      tell(documentId, head);
      hints.set(documentId, Math.max(hints.get(documentId) ?? 0, head));
      timer ??= setTimeout(flush, ringEveryMs);
    },
    onAppended(documentId, listener) {
      done ??= keepListening();
      const here = listeners.get(documentId) ?? new Set();
      listeners.set(documentId, here.add(listener));
      return () => {
        here.delete(listener);
        if (here.size === 0 && listeners.get(documentId) === here) listeners.delete(documentId);
      };
    },
    async close() {
      closed = true;
      if (timer !== null) {
        clearTimeout(timer);
        await flush();
      }
      wake();
      if (current !== null) {
        // A client told to end while it connects never settles its connect.
        await Promise.allSettled([current.connected]);
        await current?.client.end();
      }
      await done;
    },
  };
}

/** `sender document:head document:head …`, as few as fit. */
function payloads(sender: string, hints: ReadonlyMap<string, number>): string[] {
  const full: string[] = [];
  let payload = sender;
  for (const [documentId, head] of hints) {
    const hint = ` ${documentId}:${head}`;
    if (payload.length + hint.length > payloadBytes) {
      full.push(payload);
      payload = sender;
    }
    payload += hint;
  }
  return [...full, payload];
}
