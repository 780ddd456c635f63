import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import type { Log, WatchedBus } from '@tidemark/sync';
import pg from 'pg';
import { createReader, type Message, messageBytes, toPayloads } from './bus-payloads.ts';
import { type Connection, clientConfig, openPool } from './connection.ts';

export interface PostgresBus extends WatchedBus {
  /** Begins to listen, as subscribing does too; resolves when others are heard. */
  listen(): Promise<void>;
}

export interface PostgresBusOptions {
  /** For the connection that listens; it lives as long as the bus. */
  readonly client: pg.ClientConfig;
  /** Sends payloads to all processes, by one statement outside of any other transaction. */
  readonly notify: (channel: string, payloads: readonly string[]) => Promise<unknown>;
  readonly journal: Log;
  /** Milliseconds between two signs of life that the bus sends itself; one that does not come back means a dead connection. */
  readonly pulseMs?: number;
}

/** The bus of one database; `pulseMs` as in the options. */
export function openPostgresBus(connection: Connection, journal: Log, pulseMs?: number): PostgresBus {
  const pool = openPool(connection, session, { max: 1, query_timeout: notifyTimeout }, journal);
  const bus = createPostgresBus({
    client: clientConfig(connection, session),
    notify: (to, payloads) =>
      pool.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [to, payloads]),
    journal,
    ...(pulseMs === undefined ? {} : { pulseMs }),
  });
  return {
    ...bus,
    async close() {
      await bus.close();
      if (!pool.ending) await pool.end();
    },
  };
}

const session = { role: 'tidemark_app', searchPath: 'tidemark', statementTimeout: null } as const;
/** Milliseconds after which a statement that sends is given up. */
const notifyTimeout = 10_000;

export const channel = 'tidemark_bus';

/** Milliseconds over which messages are gathered: NOTIFY makes its writers queue, whoever they are. */
const gatherMs = 15;
/** Bytes that wait to be sent; beyond it what is published is dropped. */
const waitingBytes = 8 * 1024 * 1024;
const reconnect = { firstMs: 50, mostMs: 5_000 };
/** The topic of the signs of life. */
const pulse = 'pulse';

/** The bus over LISTEN/NOTIFY: one listening connection per process, and every process hears every message. */
export function createPostgresBus(options: PostgresBusOptions): PostgresBus {
  const { client: config, notify, journal, pulseMs = 10_000 } = options;
  const self = randomUUID().slice(0, 13);
  const topics = new Map<string, Set<(bytes: Uint8Array, from: string) => void>>();
  const reconnected = new Set<() => void>();
  const read = createReader((topic) => topics.has(topic) || topic === pulse);
  let waiting: Message[] = [];
  let waitingSize = 0;
  let messageId = 0;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();
  let closed = false;
  let connected = false;
  let beat = 0;
  let wake: () => void = () => undefined;
  let hangUp: () => void = () => undefined;
  /** The listening loop; it begins with the first use, when the roles are there. */
  let done: Promise<void> | null = null;
  const listening = Promise.withResolvers<void>();
  const counts = { sent: 0, heard: 0, dropped: 0 };

  const send = async () => {
    timer = null;
    const messages = waiting;
    waiting = [];
    waitingSize = 0;
    try {
      const nextId = () => {
        messageId += 1;
        return messageId;
      };
      await notify(channel, toPayloads(self, messages, nextId));
      counts.sent += messages.length;
    } catch (error) {
      counts.dropped += messages.length;
      journal.warn('bus.not-sent', { error, messages: messages.length });
    }
  };
  /** One statement at a time, so that pieces keep their order. */
  const sendLater = () => {
    timer ??= setTimeout(() => {
      sending = sending.then(send);
    }, gatherMs);
  };

  const hear = ({ payload = '' }: pg.Notification) => {
    const { sender, messages } = read(payload);
    for (const { topic, bytes } of messages) {
      if (sender === self && topic === pulse) beat = Date.now();
      if (sender === self || topic === pulse) continue;
      counts.heard += 1;
      for (const listener of [...(topics.get(topic) ?? [])]) {
        try {
          listener(bytes, sender);
        } catch (error) {
          journal.error('bus.hearer-failed', { error, topic });
        }
      }
    }
  };

  /** Listens until the connection ends, or does not bring back what was sent through it. */
  const listenOnce = async () => {
    const socket = new Socket();
    const client = new pg.Client({ ...config, stream: () => socket });
    const ended = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', (error) => {
      // Closing hangs up, which the client takes for a loss.
      if (!closed) journal.warn('bus.connection-lost', { error });
    });
    client.on('notification', hear);
    hangUp = () => socket.destroy();
    let beats: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      if (closed) return;
      await client.query(`listen ${channel}`);
      beat = Date.now();
      const sign = toPayloads(self, [{ topic: pulse, bytes: new Uint8Array() }], () => 0)[0];
      beats = setInterval(() => {
        if (Date.now() - beat > 1.9 * pulseMs) {
          journal.warn('bus.connection-silent', { forMs: Date.now() - beat });
          socket.destroy();
        } else {
          client.query('select pg_notify($1, $2)', [channel, sign]).catch((error: unknown) => {
            journal.debug('bus.pulse-failed', { error });
          });
        }
      }, pulseMs);
      connected = true;
      listening.resolve();
      // Listening first, then saying so: whatever comes between is heard twice rather than never.
      for (const listener of [...reconnected]) listener();
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
        if (!closed) journal.warn('bus.not-listening', { error, nextInMs: delay });
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
  const begin = () => {
    if (!closed) done ??= keepListening();
  };

  return {
    self,
    stats: () => ({ connected, ...counts }),
    listen() {
      begin();
      return listening.promise;
    },
    publish(topic, bytes) {
      if (closed) return;
      if (bytes.length > messageBytes || waitingSize + bytes.length > waitingBytes) {
        counts.dropped += 1;
        journal.warn('bus.dropped', { topic, bytes: bytes.length, waiting: waitingSize });
        return;
      }
      waiting.push({ topic, bytes });
      waitingSize += bytes.length;
      sendLater();
    },
    subscribe(topic, hearIt) {
      begin();
      const hearing = topics.get(topic) ?? new Set();
      topics.set(topic, hearing.add(hearIt));
      return () => {
        hearing.delete(hearIt);
        if (hearing.size === 0 && topics.get(topic) === hearing) topics.delete(topic);
      };
    },
    onReconnected(listener) {
      begin();
      reconnected.add(listener);
      return () => void reconnected.delete(listener);
    },
    async close() {
      closed = true;
      if (timer !== null) {
        clearTimeout(timer);
        sending = sending.then(send);
      }
      await sending;
      wake();
      hangUp();
      await done;
    },
  };
}
