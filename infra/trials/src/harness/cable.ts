import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { lastingPort } from './ports.ts';

/** One person's network: everything between their browser and the server runs through it, and it can be cut. */
export interface Cable {
  /** Where the browser finds the server. */
  readonly origin: string;
  /** `all`: nobody answers any more. `sync`: pages and requests go on, live connections end and none begins. */
  cut(what: 'all' | 'sync'): Promise<void>;
  mend(): Promise<void>;
  /**
   * Every live connection goes half-open: bytes of both ends are swallowed, and neither hears of the other's end. New ones
   * are whole.
   */
  silence(): readonly HalfOpen[];
  close(): Promise<void>;
}

export interface HalfOpen {
  /** Resolves when the server has given the connection up. */
  readonly serverGone: Promise<void>;
  /** Resolves when the client has. */
  readonly clientGone: Promise<void>;
}

/** Lays a cable to a server on this machine; it may die and come back behind it. */
export async function layCable(serverOrigin: string): Promise<Cable> {
  const target = new URL(serverOrigin);
  const open = new Map<Socket, 'sync' | 'page' | 'silent'>();
  const farEnds = new Map<Socket, Socket>();
  const swallowed = new Set<Socket>();
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
      far.on('error', () => {
        if (!swallowed.has(near)) near.resetAndDestroy();
      });
      far.on('close', () => {
        farEnds.delete(near);
        if (!swallowed.has(near)) near.destroy();
      });
      near.on('close', () => {
        if (!swallowed.has(near)) far.destroy();
      });
      farEnds.set(near, far);
      far.write(first);
      near.pipe(far).pipe(near);
    });
  });
  const port = await lastingPort();
  await listen(proxy, port);
  const stop = async () => {
    const closed = once(proxy, 'close');
    proxy.close();
    for (const far of farEnds.values()) far.destroy();
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
    silence() {
      return [...farEnds].flatMap(([near, far]) => {
        if (open.get(near) !== 'sync' || swallowed.has(near)) return [];
        swallowed.add(near);
        near.unpipe(far);
        far.unpipe(near);
        for (const end of [near, far]) end.on('data', () => undefined).resume();
        const gone = (end: Socket) => new Promise<void>((resolve) => end.once('close', () => resolve()));
        return [{ serverGone: gone(far), clientGone: gone(near) }];
      });
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
