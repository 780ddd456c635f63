import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { raw, socketFrame } from './bytes.ts';
import type { Target } from './connection.ts';

/** Bytes that break the WebSocket protocol itself, and the close code that answers them. */
export interface SocketAttack {
  readonly name: string;
  readonly expected: readonly number[];
  /** Chunks to send one after another after the upgrade; endless ones stop when the server has closed. */
  chunks(): Iterable<Uint8Array>;
}

const binary = 0x82;
/** Who never stops sending may not live to read why it was closed. */
const cut = 1006;

export const socketAttacks: readonly SocketAttack[] = [
  once('a ping of 126 bytes', 4400, () => socketFrame(0x89, Buffer.alloc(126))),
  once('a ping in fragments', 4400, () => socketFrame(0x09, Buffer.alloc(1))),
  once('reserved bits', 4400, () => socketFrame(0xf2, Buffer.alloc(1))),
  once('compression that was not agreed', 4400, () => socketFrame(0xc2, Buffer.alloc(1))),
  once('an unknown opcode', 4400, () => socketFrame(0x8b, Buffer.alloc(1))),
  once('no mask', 4400, () => socketFrame(binary, Buffer.alloc(4), { masked: false })),
  once('a continuation of nothing', 4400, () => socketFrame(0x80, Buffer.alloc(4))),
  once('a message inside a message', 4400, () =>
    Buffer.concat([socketFrame(0x02, raw(0)), socketFrame(binary, raw(0))]),
  ),
  once('text', 4400, () => socketFrame(0x81, Buffer.from('hello'))),
  once('text that is no UTF-8', 4400, () => socketFrame(0x81, raw(0xff, 0xfe))),
  once('a close code that is none', 4400, () => socketFrame(0x88, raw(3, 231))),
  once('a close of one byte', 4400, () => socketFrame(0x88, raw(3))),
  once('a length of two to the 63', [4400, 4413], () =>
    raw(binary, 255, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0),
  ),
  once('a length over the limit', 4413, () => raw(binary, 255, 0, 0, 0, 0, 64, 0, 0, 0, 0, 0, 0, 0)),
  {
    name: 'fragments without an end',
    expected: [4413, cut],
    *chunks() {
      yield socketFrame(0x02, Buffer.alloc(1 << 20));
      for (;;) yield socketFrame(0x00, Buffer.alloc(1 << 20));
    },
  },
  {
    name: 'empty fragments without an end',
    expected: [4413, 4529, cut],
    *chunks() {
      yield socketFrame(0x02, raw(0));
      for (;;) yield Buffer.concat(Array.from({ length: 4_096 }, () => socketFrame(0x00, raw())));
    },
  },
];

function once(name: string, expected: number | readonly number[], make: () => Uint8Array): SocketAttack {
  return { name, expected: typeof expected === 'number' ? [expected] : expected, chunks: () => [make()] };
}

/** Upgrades by hand, sends the chunks, and resolves to the code of the server's close frame (1006: it just cut). */
export async function attackSocket(target: Target, attack: SocketAttack): Promise<number> {
  const socket = upgrade(target);
  const code = closeCodeOf(socket);
  let over = false;
  void code.then(() => {
    over = true;
  });
  await new Promise<void>((resolve) => socket.once('data', () => resolve()));
  for (const chunk of attack.chunks()) {
    if (over || socket.destroyed) break;
    // The server may take all of it at once, and others of this process have to go on.
    await new Promise((resolve) => setImmediate(resolve));
    if (!socket.write(chunk)) {
      await Promise.race([new Promise<void>((resolve) => socket.once('drain', resolve)), code]);
    }
  }
  const answer = await code;
  socket.destroy();
  return answer;
}

export function upgrade({ origin, documentId, token }: Target): Socket {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined); // the server may cut it at any moment
  socket.write(
    [
      `GET /sync/${documentId} HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Protocol: tidemark.1',
      `Authorization: Bearer ${token}`,
      '\r\n',
    ].join('\r\n'),
  );
  return socket;
}

function closeCodeOf(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    let held = Buffer.alloc(0);
    let upgraded = false;
    socket.on('data', (data) => {
      held = Buffer.concat([held, data]);
      if (!upgraded) {
        const end = held.indexOf('\r\n\r\n');
        if (end < 0) return;
        held = held.subarray(end + 4);
        upgraded = true;
      }
      for (
        let length = frameLength(held);
        length !== null && length <= held.length;
        length = frameLength(held)
      ) {
        if (held[0] === 0x88) resolve(held.readUInt16BE(2));
        held = held.subarray(length);
      }
    });
    socket.on('close', () => resolve(1006));
  });
}

/** Bytes of the server's frame at the start of `held`, or null when that cannot be told yet. */
function frameLength(held: Buffer): number | null {
  if (held.length < 2) return null;
  const short = held[1]! & 127;
  if (short < 126) return 2 + short;
  if (held.length < 10) return null;
  return short === 126 ? 4 + held.readUInt16BE(2) : 10 + Number(held.readBigUInt64BE(2));
}
