import { type Config, StartRefusal } from './config.ts';
import type { App } from './http/routes.ts';

/** Begins to listen and says where. Throws a `StartRefusal` when it may not, or another program does. */
export async function listen(app: App, { host, port }: Config): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw portRefusal(error, host, port);
  }
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

function portRefusal(error: unknown, host: string, port: number): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') {
    return new StartRefusal(
      `PORT is ${port}, but another program listens there already: stop it, or set PORT to a free one.`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new StartRefusal(
      `PORT is ${port}, but this user may not listen there: set PORT to 1024 or more.`,
      {
        cause: error,
      },
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new StartRefusal(`HOST is "${host}", but it should be an address of this machine.`, {
      cause: error,
    });
  }
  return error;
}
