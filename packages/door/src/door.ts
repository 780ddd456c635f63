import type { ServerResponse } from 'node:http';
import type { Socket as NetSocket } from 'node:net';
import websocket from '@fastify/websocket';
import { isRefusal, limits, type Refusal, refusals, refuse, subprotocol } from '@tidemark/protocol';
import type { Lobby, Principal } from '@tidemark/sync';
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type WebSocket from 'ws';
import { ClosingWebSocket, close } from './closing.ts';
import { Connection, type Hall } from './connection.ts';
import { Heartbeat } from './heartbeat.ts';
import { defaultPace, type PaceLimits } from './pace.ts';
import { TurnWriter } from './turn-writer.ts';
import { broke, forgetRequest, watchUpgrades } from './upgrades.ts';

interface Arrival {
  readonly visitor: Principal | Refusal;
  /** The HTTP answer that is never given. */
  readonly answer: ServerResponse;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Set in the upgrade, before any frame is read. */
    arrival: Arrival | null;
  }
}

export interface DoorOptions {
  readonly lobby: Lobby;
  /** Who asks to come in; looks at token, cookie with origin, or bearer. Rights are the lobby's affair. */
  readonly identify: (request: FastifyRequest) => Promise<Principal | Refusal>;
  /** What a fault of `identify` is told as; `internal` by default. */
  readonly explain?: (fault: unknown) => Refusal;
  /** The address is `<path>/:documentId`; `/sync` by default. */
  readonly path?: string;
  /** What other plugins of the server want to read in the door's routes. */
  readonly route?: Pick<RouteOptions, 'config' | 'schema'>;
  /** Milliseconds between pings. */
  readonly heartbeat?: number;
  readonly pace?: Partial<PaceLimits>;
}

/** Bytes that a refused connection may still send before it is cut. */
const refusedBytes = 64 * 1024;

/**
 * `GET <path>/:documentId`, in any Fastify server. The visitor is identified while the connection is still an HTTP
 * request: until the upgrade is completed Node reads nothing of it. A refused upgrade is completed too, and closed at
 * once, since a browser can read a close code but no HTTP status.
 */
export async function installDoor(app: FastifyInstance, options: DoorOptions): Promise<void> {
  const { lobby, identify, explain = () => refuse('internal'), path = '/sync', route = {} } = options;
  const hall: Hall = {
    writer: new TurnWriter(),
    heartbeat: new Heartbeat(options.heartbeat),
    pace: { ...defaultPace, ...options.pace },
  };
  watchUpgrades(app);
  await app.register(websocket, {
    options: {
      maxPayload: limits.frameBytes + 64,
      perMessageDeflate: false,
      // `ws` hangs its whole namespace on the class; it uses no more than the constructor.
      WebSocket: ClosingWebSocket as never,
      handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
    },
    errorHandler: (error, ws, request) => broke(ws, error, request.log),
    preClose: (done) => done(), // the lobby has closed its sessions with 1012 before Fastify is asked to close
  });
  app.addHook('onClose', async () => hall.heartbeat.stop());
  app.decorateRequest('arrival', null);
  refuseOthers(app, path, route);

  app.route({
    method: 'GET',
    url: `${path}/:documentId`,
    ...route,
    onRequest: async (request, { raw: answer }) => {
      if (request.ws) request.arrival = { visitor: await lookAt(request, identify, explain), answer };
    },
    handler: (_request, reply) => notHere(reply, 'This address speaks WebSocket only.'),
    wsHandler: (ws, request) => {
      const { arrival } = request;
      if (arrival === null) return turnAway(ws, request.raw.socket, refuse('internal'));
      const { visitor, answer } = arrival;
      if (isRefusal(visitor)) return turnAway(ws, request.raw.socket, visitor);
      const epoch = epochOf(request);
      if (isRefusal(epoch)) return turnAway(ws, request.raw.socket, epoch);
      admit(lobby, ws, request, visitor, epoch, hall);
      forgetRequest(ws, request, answer, app.log);
    },
  });
}

/** Any other address below names no document; a y-websocket client would try it again for ever if not told so. */
function refuseOthers(app: FastifyInstance, path: string, route: DoorOptions['route']): void {
  app.route({
    method: 'GET',
    url: `${path}/*`,
    ...route,
    handler: (_request, reply) => notHere(reply),
    wsHandler: (ws, request) => turnAway(ws, request.raw.socket, refuse('not-found')),
  });
}

/** Plain HTTP: the refusal as JSON, unless a hook of the server makes its own answer of it. */
function notHere(reply: FastifyReply, detail?: string): Refusal {
  reply.code(refusals['not-found'].http);
  return refuse('not-found', detail);
}

/** A fault while looking is told by its close code, as a refusal is: the browser cannot read a status. */
async function lookAt(
  request: FastifyRequest,
  identify: DoorOptions['identify'],
  explain: (fault: unknown) => Refusal,
): Promise<Principal | Refusal> {
  try {
    return await identify(request);
  } catch (error) {
    request.log.warn({ err: error }, 'the visitor could not be identified');
    return explain(error);
  }
}

/**
 * The epoch of the copy that the client holds, if it says so by the parameter `epoch`. Like the token it may be followed by what a
 * y-websocket client appends to its server's URL.
 */
function epochOf(request: FastifyRequest): number | Refusal | null {
  const given = new URL(request.url, 'http://door').searchParams.get('epoch');
  if (given === null || given === '') return null;
  const digits = /^(\d{1,10})(?:\/.*)?$/.exec(given)?.[1];
  return digits === undefined ? refuse('malformed', 'An epoch is a number.') : Number(digits);
}

/** No await here: a handler that is attached later misses frames. (The plugin has attached 'error' before.) */
function admit(
  lobby: Lobby,
  ws: WebSocket,
  request: FastifyRequest,
  visitor: Principal,
  epoch: number | null,
  hall: Hall,
): void {
  const { documentId } = request.params as { documentId: string };
  const connection = new Connection(ws, request.raw.socket, ws.protocol === subprotocol, hall);
  connection.serve(lobby.connect(connection, visitor, documentId, epoch));
}

function turnAway(ws: WebSocket, network: NetSocket, { refused, detail }: Refusal): void {
  let received = 0;
  network.on('data', (chunk) => {
    received += chunk.length;
    if (received > refusedBytes) ws.terminate();
  });
  close(ws, refusals[refused].close ?? refusals.internal.close, detail);
}
