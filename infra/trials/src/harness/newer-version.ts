import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** A door in front of a server, behind which a newer version of the web app can come to stand. */
export interface Deployment {
  readonly origin: string;
  /** From now on the service worker is another one. */
  deploy(): void;
  close(): Promise<void>;
}

export async function standBefore(serverOrigin: string): Promise<Deployment> {
  const target = new URL(serverOrigin);
  const { hostname, port } = target;
  let version = '';
  const door = createServer((asked, answer) => {
    const { method, url } = asked;
    // Always in full and plain: what is behind the door does not know of the newer one.
    const {
      'if-none-match': _tag,
      'if-modified-since': _date,
      'accept-encoding': _,
      ...headers
    } = asked.headers;
    const onward = request({ hostname, port, method, path: url, headers }, (told) => {
      if (url !== '/service-worker.js') {
        answer.writeHead(told.statusCode ?? 500, told.headers);
        told.pipe(answer);
        return;
      }
      const { 'content-length': _length, ...rest } = told.headers;
      answer.writeHead(told.statusCode ?? 500, rest);
      told.on('end', () => answer.end(version)).pipe(answer, { end: false });
    });
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  door.on('upgrade', (asked, near, head) => {
    const far = connect(Number(port), hostname, () => {
      const lines = asked.rawHeaders.flatMap((name, i, all) =>
        i % 2 === 0 ? [`${name}: ${all[i + 1]}`] : [],
      );
      far.write(`GET ${asked.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
      near.pipe(far).pipe(near);
    });
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
  });
  door.listen(0, '127.0.0.1');
  await once(door, 'listening');
  return {
    origin: `http://127.0.0.1:${(door.address() as AddressInfo).port}`,
    deploy: () => {
      version = '\n// newer\n';
    },
    close: async () => {
      const closed = once(door, 'close');
      door.close();
      door.closeAllConnections();
      await closed;
    },
  };
}
