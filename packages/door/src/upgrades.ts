import type { Duplex } from 'node:stream';
import type { FastifyInstance } from 'fastify';

/** Milliseconds that connections have to close by themselves when the server stops. */
const closingTime = 6_000;

/**
 * Node hands a connection over with its upgrade and looks after it no more, and nobody reads it, so that its end is not
 * noticed. One that was answered in HTTP is cut after the answer; one that is left when the server stops, a little later.
 */
export function watchUpgrades(app: FastifyInstance): void {
  const open = new Set<Duplex>();
  app.server.on('upgrade', (_request, socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  app.addHook('onResponse', async (request) => {
    if (open.has(request.raw.socket)) request.raw.socket.destroy();
  });
  app.addHook('preClose', async () => {
    setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, closingTime).unref();
  });
}
