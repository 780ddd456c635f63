import { connect, type Socket } from 'node:net';
import type { Target } from './connection.ts';

/** A request that should be refused, never served and never a fault of the server's own. */
export interface HostileRequest {
  readonly name: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  body(): string | null;
}

const json = { 'content-type': 'application/json' };

export const hostileRequests: readonly HostileRequest[] = [
  post('a body of two megabytes', json, () =>
    JSON.stringify({ kind: 'dashboard', title: 'x'.repeat(2 << 20) }),
  ),
  post('a body 100,000 deep', json, () => '['.repeat(100_000) + ']'.repeat(100_000)),
  post('a body that is no JSON', json, () => '{"kind": "dash'),
  post('a body of another type', { 'content-type': 'application/xml' }, () => '<a/>'),
  post(
    'a body that lies about its prototype',
    json,
    () => '{"__proto__": {"kind": "dashboard"}, "title": "x"}',
  ),
  post('a body of the wrong shape', json, () => '[1, 2, 3]'),
  post('a title of the wrong type', json, () => '{"kind": "dashboard", "title": {"a": 1}}'),
  get('an address that is no id', '/api/documents/%00'),
  get('an address with a broken escape', '/api/documents/%E0%A4%A'),
  get('an address that climbs', '/api/documents/..%2f..%2f..%2fetc%2fpasswd'),
  get('a header of 64 KB', '/api/documents', { 'x-long': 'x'.repeat(64 << 10) }),
  get('a token that is none', '/api/documents', { authorization: 'Bearer nonsense' }),
];

function post(name: string, headers: Record<string, string>, body: () => string): HostileRequest {
  return { name, method: 'POST', path: '/api/documents', headers, body };
}

function get(name: string, path: string, headers: Record<string, string> = {}): HostileRequest {
  return { name, method: 'GET', path, headers, body: () => null };
}

/** Its status. */
export async function sendRequest({ origin, token }: Target, request: HostileRequest): Promise<number> {
  const { method, path, headers } = request;
  const body = request.body();
  const response = await fetch(`${origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...headers },
    ...(body === null ? {} : { body }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** Connections that never say anything, and ones whose request never ends. All are left open. */
export async function openSilent(
  origin: string,
  silent: number,
  dripping: number,
): Promise<readonly Socket[]> {
  const { hostname, port } = new URL(origin);
  const sockets: Socket[] = [];
  for (let i = 0; i < silent + dripping; i += 1) {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined); // the server may cut it, and is right to
    socket.resume();
    sockets.push(socket);
    await new Promise<void>((resolve) => {
      socket.once('connect', resolve);
      socket.once('close', () => resolve());
    });
    if (i >= silent) socket.write('GET /sync/x HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nX-Slow: ');
  }
  return sockets;
}
