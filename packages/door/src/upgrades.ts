import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from 'ws';
import { cutLater } from './closing.ts';

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

/**
 * A connection may live for days; what came with its upgrade (headers, cookies, the answer, the loggers of both) need not
 * live as long. Two things hold it: the answer, assigned to the network socket, and the listener of the plugin.
 */
export function forgetRequest(
  ws: WebSocket,
  request: FastifyRequest,
  answer: ServerResponse,
  log: FastifyBaseLogger,
): void {
  answer.detachSocket(request.raw.socket);
  ws.removeAllListeners('error');
  ws.on('error', (error) => broke(ws, error, log));
}

/** A connection that breaks harms nobody else. */
export function broke(ws: WebSocket, error: Error, log: FastifyBaseLogger): void {
  log.info({ err: error }, 'connection broke');
  cutLater(ws); // not at once: `ws` has just sent the close frame that says why
}
