import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Address, Dialect } from '@tidemark/conformance';
import { type Child, type ChildOptions, startChild } from './child.ts';
import type { Contender } from './contender.ts';

interface Kind extends Pick<Contender, 'name' | 'relay' | 'acks' | 'durable'> {
  readonly dialect: Dialect;
  readonly script: string;
  readonly ready: RegExp;
  readonly env?: ChildOptions['env'];
}

/** A server on which a room is there as soon as somebody names it. Keeps its port over restarts. */
export async function namedRooms(kind: Kind): Promise<Contender> {
  const port = await freePort();
  let child: Child | null = null;
  let used = 0;
  return {
    ...kind,
    get child() {
      if (child === null) throw new Error(`${kind.name} is not running`);
      return child;
    },
    async start() {
      const env = { ...kind.env, HOST: '127.0.0.1', PORT: String(port) };
      [child] = await startChild({ script: kind.script, ready: kind.ready, env });
    },
    async end(signal) {
      await child?.end(signal);
      child = null;
    },
    async newRoom(): Promise<Address> {
      used += 1;
      const room = `room-${process.pid}-${used}`;
      return { url: `ws://127.0.0.1:${port}/${room}`, room };
    },
    again: async (room) => room,
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
