import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Account, give } from './runner.ts';

/** Where Postgres listens: a Unix socket in a directory of ours, on Windows a port of the loopback. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
  /** Postgres's command line for it. */
  readonly settings: readonly string[];
  /** Removes a killed run's socket and its lock, which may name a zombie. Only when no Postgres works in the data directory. */
  clear(): void;
  /** When Postgres has ended for good. */
  remove(): void;
}

/** A socket path must fit into 104 bytes on some systems, 108 on others. */
const socketPathBytes = 100;
const socketPort = 5432;

export async function openEndpoint(directory: string, account: Account | null): Promise<Endpoint> {
  if (process.platform === 'win32') {
    const port = await freePort();
    return {
      host: '127.0.0.1',
      port,
      settings: ['-c', 'listen_addresses=127.0.0.1', '-p', String(port)],
      clear: () => undefined,
      remove: () => undefined,
    };
  }
  const own = join(directory, 'run');
  const fits = Buffer.byteLength(join(own, `.s.PGSQL.${socketPort}`)) <= socketPathBytes;
  const host = fits ? own : mkdtempSync(join(tmpdir(), 'tidemark-'));
  mkdirSync(host, { recursive: true });
  chmodSync(host, 0o700);
  give(host, account);
  return {
    host,
    port: socketPort,
    settings: [
      '-c',
      'listen_addresses=',
      '-c',
      // A list of quoted names.
      `unix_socket_directories="${host.replaceAll('"', '""')}"`,
      '-p',
      String(socketPort),
    ],
    clear: () => {
      for (const name of readdirSync(host)) rmSync(join(host, name));
    },
    remove: () => {
      if (!fits) rmSync(host, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
