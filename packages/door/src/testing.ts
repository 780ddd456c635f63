/** A door in a server of its own, and raw clients that see each frame of the wire. For tests. */
import { once } from 'node:events';
import { connect, type Socket as NetSocket } from 'node:net';
import { decodeFrame, encodeFrame, type Frame, isRefusal, subprotocol } from '@tidemark/protocol';
import { createLobby, createMemoryLog, type Lobby, type Log, type MemoryLog } from '@tidemark/sync';
import Fastify, { type FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { nodeClock } from './clock.ts';
import { type DoorOptions, installDoor } from './door.ts';

const nothing = () => undefined;
export const silence: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

export interface House {
  readonly app: FastifyInstance;
  readonly log: MemoryLog;
  readonly lobby: Lobby;
  readonly port: number;
  /** A client in document `d`, joined. */
  enter(protocols?: string[]): Promise<Visitor>;
  close(): Promise<void>;
}

/** The document `d` lives here; everybody is who the query says, and may edit. `bend` alters the log or the lobby first. */
export async function openHouse(
  options: Partial<DoorOptions> = {},
  bend: { log?: (log: MemoryLog) => MemoryLog; lobby?: (lobby: Lobby) => Lobby } = {},
): Promise<House> {
  const log = createMemoryLog();
  log.create('d');
  const inner = createLobby({
    log: bend.log?.(log) ?? log,
    access: { access: async () => 'edit', onChanged: () => nothing },
    clock: nodeClock,
    journal: silence,
  });
  const lobby = bend.lobby?.(inner) ?? inner;
  const app = Fastify();
  await installDoor(app, {
    lobby,
    identify: async () => ({ userId: 'ann', atMost: 'edit', credential: null }),
    ...options,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The house listens on no port.');
  const visitors: Visitor[] = [];
  return {
    app,
    log,
    lobby,
    port: address.port,
    async enter(protocols = [subprotocol]) {
      const visitor = new Visitor(`ws://127.0.0.1:${address.port}/sync/d`, protocols);
      visitors.push(visitor);
      await once(visitor.ws, 'open');
      await visitor.next('sync-step-1');
      return visitor;
    },
    async close() {
      for (const { ws } of visitors) ws.terminate();
      await lobby.drain();
      await app.close();
    },
  };
}

/** A bare client that keeps every frame, and waits for one. */
export class Visitor {
  readonly ws: WebSocket;
  readonly frames: Frame[] = [];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly #waiting = new Set<() => void>();

  constructor(url: string, protocols: string[] = [subprotocol]) {
    this.ws = new WebSocket(url, protocols);
    // Cut in mid-write: the close code says why.
    this.ws.on('error', nothing);
    this.ws.on('message', (data: Buffer) => {
      const frame = decodeFrame(data);
      if (isRefusal(frame)) throw new Error(frame.detail);
      this.frames.push(frame);
      for (const look of this.#waiting) look();
    });
    this.closed = new Promise((resolve) => this.ws.on('close', (code) => resolve(code)));
  }

  send(frame: Frame): void {
    this.ws.send(encodeFrame(frame));
  }

  next<T extends Frame['type']>(
    type: T,
    fits: (frame: Extract<Frame, { type: T }>) => boolean = () => true,
  ): Promise<Extract<Frame, { type: T }>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.of(type).find(fits);
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }

  of<T extends Frame['type']>(type: T): Extract<Frame, { type: T }>[] {
    return this.frames.filter((frame): frame is Extract<Frame, { type: T }> => frame.type === type);
  }
}

/** The network side of a WebSocket made by hand, which answers no ping. */
export async function mute(port: number, allowHalfOpen = false): Promise<NetSocket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen });
  socket.write(
    `GET /sync/d HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  await once(socket, 'data');
  return socket;
}

/** A writer's updates, each of which says something new. */
export function author(clientId: number): () => Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  let count = 0;
  let last: Uint8Array = new Uint8Array();
  doc.on('update', (update: Uint8Array) => {
    last = update;
  });
  return () => {
    count += 1;
    doc.getArray('said').push([`${clientId}:${count}`]);
    return last;
  };
}

/** The frames of a server, as they lie on the wire (RFC 6455 §5.2: unmasked). */
export function framesOf(bytes: Buffer): { opcode: number; final: boolean; payload: Uint8Array }[] {
  const frames = [];
  for (let at = 0; at < bytes.length; ) {
    const [first, second] = [bytes[at]!, bytes[at + 1]!];
    const header = second < 126 ? 2 : second === 126 ? 4 : 10;
    const length =
      header === 2
        ? second
        : header === 4
          ? bytes.readUInt16BE(at + 2)
          : Number(bytes.readBigUInt64BE(at + 2));
    const payload = new Uint8Array(bytes.subarray(at + header, at + header + length));
    if (payload.length < length) throw new Error('The bytes end inside a frame.');
    frames.push({ opcode: first & 0x0f, final: (first & 0x80) !== 0, payload });
    at += header + length;
  }
  return frames;
}
