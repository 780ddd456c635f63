import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One person's network: everything between their browser and the server runs through it, and it can be cut. */
export interface Cable {
  /** Where the browser finds the server. */
  readonly origin: string;
  /** `all`: nobody answers any more. `sync`: pages and requests go on, live connections end and none begins. */
  cut(what: 'all' | 'sync'): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

/** Lays a cable to a server on this machine; it may die and come back behind it. */
export async function layCable(serverOrigin: string): Promise<Cable> {
  const target = new URL(serverOrigin);
  const open = new Map<Socket, 'sync' | 'page' | 'silent'>();
  let severed: 'none' | 'all' | 'sync' = 'none';
  const proxy = createServer((near) => {
    open.set(near, 'silent');
    near.on('error', () => near.destroy()); // a cut is what this is for
    near.on('close', () => open.delete(near));
    near.once('data', (first) => {
      const live = first.toString('latin1', 0, 10) === 'GET /sync/';
      open.set(near, live ? 'sync' : 'page');
      if (live && severed === 'sync') return near.resetAndDestroy();
      const far = connect(Number(target.port), target.hostname);
      far.on('error', () => near.resetAndDestroy());
      far.on('close', () => near.destroy());
      near.on('close', () => far.destroy());
      far.write(first);
      near.pipe(far).pipe(near);
    });
  });
  await listen(proxy, 0);
  const { port } = proxy.address() as { port: number };
  const stop = async () => {
    const closed = once(proxy, 'close');
    proxy.close();
    for (const socket of open.keys()) socket.destroy();
    await closed;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    async cut(what) {
      severed = what;
      if (what === 'all') return stop();
      for (const [socket, kind] of open) if (kind === 'sync') socket.resetAndDestroy();
    },
    async mend() {
      severed = 'none';
      if (!proxy.listening) await listen(proxy, port);
    },
    async close() {
      if (proxy.listening) await stop();
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
