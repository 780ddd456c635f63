import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below what systems give to whoever asks for any port, and above what browsers refuse. */
const [lowest, beyond] = [20_000, 32_000];

/**
 * A port that is free, and stays so while nobody listens there: the system gives it to nobody who connects somewhere, as it does with one
 * that it chose itself. So a server that was killed finds its own again.
 */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = lowest + Math.floor(Math.random() * (beyond - lowest));
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listening = new Promise<boolean>((resolve, reject) => {
    server.once('listening', () => resolve(true));
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
  });
  server.listen(port, '127.0.0.1');
  if (!(await listening)) return false;
  const closed = once(server, 'close');
  server.close();
  await closed;
  return true;
}
