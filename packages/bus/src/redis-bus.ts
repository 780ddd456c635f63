import { randomUUID } from 'node:crypto';
import type { Log, WatchedBus } from '@tidemark/sync';
import { openClusterLine } from './cluster-line.ts';
import type { Line, LineEvents } from './line.ts';
import { openSingleLine } from './single-line.ts';

export interface RedisBusOptions {
  /** `redis://` or `rediss://` (TLS) with host and port, credentials if need be; `?cluster` for the sharded channels of a cluster. */
  readonly url: string;
  readonly journal: Log;
}

/** Channels of ours, among those of others on the same server. */
const prefix = 'tidemark/';
/** Bytes that were handed to Redis and not answered; beyond it what is published is dropped. */
const flyingBytes = 8 * 1024 * 1024;

/**
 * The bus over Redis or Valkey, version 5 or newer (7 for a cluster's sharded channels). A server that cannot be reached
 * harms nobody: messages are lost, and when it is back everybody is told so.
 */
export function openRedisBus({ url, journal }: RedisBusOptions): WatchedBus {
  const self = randomUUID().slice(0, 13);
  const topics = new Map<string, Set<(bytes: Uint8Array, from: string) => void>>();
  const reconnected = new Set<() => void>();
  /** Subscriptions on their way: what is published meanwhile waits, so that an answer to it is heard. */
  const beginning = new Map<string, Promise<unknown>>();
  const flying = new Set<Promise<unknown>>();
  const counts = { sent: 0, heard: 0, dropped: 0 };
  let flyingSize = 0;
  let connected = false;
  let complained = false;
  let closed = false;

  const events: LineEvents = {
    message(channel, message) {
      const from = message.toString('latin1', 0, self.length);
      if (from === self) return;
      counts.heard += 1;
      const bytes = new Uint8Array(message.subarray(self.length));
      const topic = channel.slice(prefix.length);
      for (const hear of [...(topics.get(topic) ?? [])]) {
        try {
          hear(bytes, from);
        } catch (error) {
          journal.error('bus.hearer-failed', { error, topic });
        }
      }
    },
    ready() {
      if (closed) return;
      if (!connected) journal.info('bus.connected');
      connected = true;
      complained = false;
      for (const listener of [...reconnected]) listener();
    },
    lost() {
      if (connected && !closed) journal.warn('bus.connection-lost');
      connected = false;
    },
    failed(error) {
      // Once in an outage: there is an attempt every few seconds.
      if (!complained && !closed) journal.warn('bus.unreachable', { error });
      complained = true;
    },
  };
  const line: Line = new URL(url).searchParams.has('cluster')
    ? openClusterLine(url, events)
    : openSingleLine(withoutQuery(url), events);

  const send = async (topic: string, message: Buffer) => {
    try {
      await beginning.get(topic);
      await line.publish(prefix + topic, message);
      counts.sent += 1;
    } catch (error) {
      counts.dropped += 1;
      journal.debug('bus.not-sent', { error, topic });
    }
  };
  const begin = (topic: string) => {
    const begun = line.subscribe(prefix + topic).catch((error: unknown) => {
      // It is subscribed to again with the next connection.
      journal.debug('bus.not-subscribed', { error, topic });
    });
    beginning.set(topic, begun);
    void begun.then(() => {
      if (beginning.get(topic) === begun) beginning.delete(topic);
    });
  };
  const end = (topic: string) => {
    topics.delete(topic);
    line.unsubscribe(prefix + topic).catch((error: unknown) => {
      journal.debug('bus.not-unsubscribed', { error, topic });
    });
  };

  return {
    self,
    stats: () => ({ connected, ...counts }),
    publish(topic, bytes) {
      if (closed) return;
      if (flyingSize + bytes.length > flyingBytes) {
        counts.dropped += 1;
        return;
      }
      const message = Buffer.concat([Buffer.from(self, 'latin1'), bytes]);
      flyingSize += message.length;
      const flight = send(topic, message).finally(() => {
        flyingSize -= message.length;
        flying.delete(flight);
      });
      flying.add(flight);
    },
    subscribe(topic, hear) {
      const hearing = topics.get(topic) ?? new Set();
      if (hearing.size === 0) {
        topics.set(topic, hearing);
        if (!closed) begin(topic);
      }
      hearing.add(hear);
      return () => {
        hearing.delete(hear);
        if (hearing.size === 0 && topics.get(topic) === hearing && !closed) end(topic);
      };
    },
    onReconnected(listener) {
      reconnected.add(listener);
      return () => void reconnected.delete(listener);
    },
    async close() {
      closed = true;
      await Promise.all(flying);
      connected = false;
      line.close();
    },
  };
}

/** A driver would take a query for settings of its own. */
function withoutQuery(url: string): string {
  const bare = new URL(url);
  bare.search = '';
  return bare.href;
}
