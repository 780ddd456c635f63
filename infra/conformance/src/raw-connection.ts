import { connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** A WebSocket by hand, for bytes that no library would send. */
export interface RawConnection {
  write(bytes: Uint8Array): void;
  destroy(): void;
}

/** Resolves when the server has upgraded the connection. */
export function openRaw(url: string, patience: number): Promise<RawConnection> {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const secure = protocol === 'wss:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const at = { host, port: Number(port || (secure ? 443 : 80)) };
  const socket: Socket = secure ? connectTls({ ...at, servername: host }) : connectPlain(at);
  socket.write(
    [
      `GET ${pathname}${search} HTTP/1.1`,
      `Host: ${hostname}:${at.port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      '\r\n',
    ].join('\r\n'),
  );
  return new Promise((resolve, reject) => {
    socket.setTimeout(patience, () =>
      socket.destroy(new Error(`no answer to an upgrade within ${patience} ms`)),
    );
    socket.once('error', reject);
    socket.once('data', (data) => {
      const status = data.toString('latin1').split('\r\n', 1)[0] ?? '';
      if (!status.includes(' 101'))
        return socket.destroy(new Error(`the upgrade was answered with ${status}`));
      socket.setTimeout(0);
      socket.off('error', reject);
      socket.on('error', () => socket.destroy()); // what is sent here invites a reset
      socket.resume();
      resolve({ write: (bytes) => socket.write(bytes), destroy: () => socket.destroy() });
    });
  });
}

/** A client frame with a mask of zeros; `head` is its first byte (fin, reserved bits, opcode). */
export function rawFrame(
  head: number,
  payload: Uint8Array,
  declaredLength: number = payload.byteLength,
): Uint8Array {
  const length =
    declaredLength < 126
      ? Uint8Array.of(0x80 | declaredLength)
      : declaredLength < 65_536
        ? Uint8Array.of(0xfe, declaredLength >> 8, declaredLength & 0xff)
        : longLength(declaredLength);
  return Buffer.concat([Uint8Array.of(head), length, new Uint8Array(4), payload]);
}

function longLength(length: number): Uint8Array {
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xff;
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}
