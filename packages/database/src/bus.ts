import { randomUUID } from 'node:crypto';
import type { Log, WatchedBus } from '@tidemark/sync';
import { createReader, type Message, messageBytes, toPayloads } from './bus-payloads.ts';
import { type Connection, openPool } from './connection.ts';
import { createListener, session } from './listener.ts';

export interface PostgresBus extends WatchedBus {
  /** Begins to listen, as subscribing does too; resolves when others are heard. */
  listen(): Promise<void>;
}

/** Milliseconds after which a statement that sends is given up. */
const notifyTimeout = 10_000;

const channel = 'tidemark_bus';

/** Milliseconds over which messages are gathered: NOTIFY makes its writers queue, whoever they are. */
const gatherMs = 15;
/** Bytes that wait to be sent; beyond it what is published is dropped. */
const waitingBytes = 8 * 1024 * 1024;

/** The bus over LISTEN/NOTIFY: one listening connection per process, and every process hears every message. */
export function openPostgresBus(connection: Connection, journal: Log): PostgresBus {
  const pool = openPool(connection, session, { max: 1, query_timeout: notifyTimeout }, journal);
  const self = randomUUID().slice(0, 13);
  const topics = new Map<string, Set<(bytes: Uint8Array, from: string) => void>>();
  const reconnected = new Set<() => void>();
  const read = createReader((topic) => topics.has(topic));
  let waiting: Message[] = [];
  let waitingSize = 0;
  let messageId = 0;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> = Promise.resolve();
  let closed = false;
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
      await pool.query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [
        channel,
        toPayloads(self, messages, nextId),
      ]);
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

  const hear = (payload: string) => {
    const { sender, messages } = read(payload);
    if (sender === self) return;
    for (const { topic, bytes } of messages) {
      counts.heard += 1;
      for (const hearer of [...(topics.get(topic) ?? [])]) {
        try {
          hearer(bytes, sender);
        } catch (error) {
          journal.error('bus.hearer-failed', { error, topic });
        }
      }
    }
  };
  const listener = createListener({
    connection,
    channel,
    name: 'bus',
    journal,
    onNotice: hear,
    onListening: () => {
      for (const hearer of [...reconnected]) hearer();
    },
  });

  return {
    self,
    stats: () => ({ connected: listener.connected(), ...counts }),
    listen: () => listener.listen(),
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
      void listener.listen();
      const hearing = topics.get(topic) ?? new Set();
      topics.set(topic, hearing.add(hearIt));
      return () => {
        hearing.delete(hearIt);
        if (hearing.size === 0 && topics.get(topic) === hearing) topics.delete(topic);
      };
    },
    onReconnected(hearer) {
      void listener.listen();
      reconnected.add(hearer);
      return () => void reconnected.delete(hearer);
    },
    async close() {
      closed = true;
      if (timer !== null) {
        clearTimeout(timer);
        sending = sending.then(send);
      }
      await sending;
      await listener.close();
      if (!pool.ending) await pool.end();
    },
  };
}
