import { Redis } from 'ioredis';
import { commandTimeout, type Line, type LineEvents, pauseBefore, pingMs } from './line.ts';

/** Channels in one SUBSCRIBE when a connection is back. */
const channelsPerCommand = 1_000;

/** One server: a connection that listens and one that speaks. */
export function openSingleLine(url: string, events: LineEvents): Line {
  const options = {
    enableOfflineQueue: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
    commandTimeout,
    keepAlive: 10_000,
    retryStrategy: pauseBefore,
  };
  const listener = new Redis(url, options);
  const speaker = new Redis(url, { ...options, enableAutoPipelining: true });
  const channels = new Set<string>();
  let listening = false;
  let wasReady = false;

  const consider = () => {
    const isReady = listening && speaker.status === 'ready';
    if (isReady === wasReady) return;
    wasReady = isReady;
    if (isReady) events.ready();
    else events.lost();
  };
  const subscribeAll = async () => {
    const all = [...channels];
    for (let i = 0; i < all.length; i += channelsPerCommand) {
      await listener.subscribe(...all.slice(i, i + channelsPerCommand));
    }
  };

  listener.on('messageBuffer', (channel: Buffer, bytes: Buffer) => events.message(channel.toString(), bytes));
  listener.on('ready', () => {
    subscribeAll().then(
      () => {
        listening = true;
        consider();
      },
      (error: Error) => {
        events.failed(error);
        // The next connection begins anew.
        listener.disconnect(true);
      },
    );
  });
  speaker.on('ready', consider);
  listener.on('close', () => {
    listening = false;
    consider();
  });
  speaker.on('close', consider);
  for (const connection of [listener, speaker]) connection.on('error', events.failed);
  // A connection that only listens does not notice that the other end is gone.
  const pings = setInterval(() => {
    if (!listening) return;
    listener.ping().catch((error: Error) => {
      events.failed(error);
      if (listening) listener.disconnect(true);
    });
  }, pingMs);

  return {
    publish: (channel, bytes) => speaker.publish(channel, bytes),
    async subscribe(channel) {
      channels.add(channel);
      // Also while the others are being subscribed to: this one may not be among them.
      if (listener.status === 'ready') await listener.subscribe(channel);
    },
    async unsubscribe(channel) {
      channels.delete(channel);
      if (listener.status === 'ready') await listener.unsubscribe(channel);
    },
    close() {
      clearInterval(pings);
      listener.disconnect();
      speaker.disconnect();
    },
  };
}
