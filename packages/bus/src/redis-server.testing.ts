import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis of the test's own, a process that can be killed and started again. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  start(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** For SIGSTOP and SIGCONT. */
  signal(name: NodeJS.Signals): void;
  remove(): Promise<void>;
}

/** `REDIS_SERVER` names the program; infra/launch/redis.mjs finds or installs it. */
export async function startRedis(...more: readonly string[]): Promise<RedisServer> {
  const folder = mkdtempSync(join(tmpdir(), 'tidemark-redis-'));
  const port = await freePort();
  let child: ChildProcess | null = null;
  const start = async () => {
    const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--dir', folder, ...more];
    const started = spawn(process.env.REDIS_SERVER ?? 'redis-server', options, { stdio: 'ignore' });
    child = started;
    const ended = once(started, 'exit').then(([code]) => {
      throw new Error(`redis-server ended with ${code}.`);
    });
    await Promise.race([answering(port), ended]);
    ended.catch(() => undefined); // its end is waited for by whoever kills it
  };
  const kill = async (name: NodeJS.Signals) => {
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(name);
    await ended;
  };
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    start,
    kill,
    signal: (name) => child?.kill(name),
    async remove() {
      await kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Below what the system gives to whoever asks for any port: one of those may be taken by a connection to somewhere before Redis is there, or
 * while it is killed. A cluster's own port is 10,000 above.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + Math.floor(Math.random() * 8_000);
    const server = createServer();
    const free = new Promise<boolean>((resolve, reject) => {
      server.once('listening', () => resolve(true));
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
      );
    });
    server.listen(port, '127.0.0.1');
    if (!(await free)) continue;
    const closed = once(server, 'close');
    server.close();
    await closed;
    return port;
  }
}

/** Resolves when PING is answered. */
async function answering(port: number): Promise<void> {
  for (;;) {
    const pong = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
      socket.once('data', (data) => {
        socket.destroy();
        resolve(data.toString().startsWith('+PONG'));
      });
      socket.once('error', () => resolve(false));
    });
    if (pong) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
