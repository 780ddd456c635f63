import { Cluster } from 'ioredis';
import { commandTimeout, type Line, type LineEvents, pauseBefore } from './line.ts';

/** A cluster, by sharded channels (SSUBSCRIBE): a message passes the one shard that holds its channel, not all of them. */
export function openClusterLine(url: string, events: LineEvents): Line {
  const { hostname, port, username, password, protocol } = new URL(url);
  const cluster = new Cluster([{ host: hostname, port: Number(port || 6379) }], {
    shardedSubscribers: true,
    clusterRetryStrategy: pauseBefore,
    redisOptions: {
      commandTimeout,
      keepAlive: 10_000,
      ...(username === '' ? {} : { username: decodeURIComponent(username) }),
      ...(password === '' ? {} : { password: decodeURIComponent(password) }),
      ...(protocol === 'rediss:' ? { tls: {} } : {}),
    },
  });
  cluster.on('smessageBuffer', (channel: Buffer, bytes: Buffer) => events.message(channel.toString(), bytes));
  // The subscribers have connections of their own, one to each shard.
  cluster.on('ready', () => events.ready());
  cluster.on('subscribersReady', () => events.ready());
  cluster.on('close', () => events.lost());
  cluster.on('error', events.failed);
  cluster.on('nodeError', (error: Error) => events.failed(error));
  return {
    async publish(channel, bytes) {
      // What the client would keep until the cluster is back would come too late to be of use.
      if (cluster.status !== 'ready') throw new Error('The cluster is not connected.');
      return cluster.spublish(channel, bytes);
    },
    subscribe: (channel) => cluster.ssubscribe(channel),
    unsubscribe: (channel) => cluster.sunsubscribe(channel),
    close: () => cluster.disconnect(),
  };
}
