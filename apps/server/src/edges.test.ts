/** What the server says at its edges: when it cannot store, to pages, and to addresses that are none. */
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { healthRoutes } from './health-routes.ts';
import { installProblems, problemType } from './http/problems.ts';
import type { App } from './http/routes.ts';
import { installStaticWeb } from './http/static-web.ts';
import { createMetrics } from './metrics.ts';
import { signUp, startTestServer, type TestPerson, type TestServer } from './testing.ts';

let server: TestServer;
let ana: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  ana = await signUp(server.origin);
});
afterAll(() => server.destroy());

function bare(): App {
  const app = Fastify() as unknown as App;
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  installProblems(app);
  return app;
}

test('/readyz says 503 and why: database, files, or on its way out', async () => {
  const state = { ready: true, files: true, draining: false };
  const app = bare();
  healthRoutes(app, {
    database: { ready: async () => state.ready },
    store: {
      check: async () => {
        if (!state.files) throw new Error('full');
      },
    } as never,
    metrics: createMetrics(),
    draining: () => state.draining,
  });
  const ask = async () => {
    const answer = await app.inject('/readyz');
    return [answer.statusCode, answer.json().code, answer.headers['retry-after']];
  };
  expect(await ask()).toEqual([200, undefined, undefined]);
  state.files = false;
  expect(await ask()).toEqual([503, 'cannot-store', '2']);
  state.ready = false;
  expect(await ask()).toEqual([503, 'cannot-store', '2']);
  state.draining = true;
  expect(await ask()).toEqual([503, 'restarting', '2']);
  expect((await app.inject('/healthz')).statusCode).toBe(200);
});

test('pages of the app get index.html, anything else a problem', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-web-'));
  await writeFile(join(directory, 'index.html'), '<title>Tidemark</title>');
  await chmod(directory, 0o755);
  const app = bare();
  await installStaticWeb(app, directory);
  const ask = async (url: string, accept: string, method: 'GET' | 'POST' = 'GET') => {
    const answer = await app.inject({ url, method, headers: { accept } });
    return [answer.statusCode, String(answer.headers['content-type']).split(';')[0]];
  };
  expect(await ask('/', 'text/html')).toEqual([200, 'text/html']);
  expect(await ask('/documents/1?x=2', 'text/html,*/*')).toEqual([200, 'text/html']);
  expect(await ask('/documents/1', 'application/json')).toEqual([404, problemType]);
  expect(await ask('/assets/gone.js', 'text/html')).toEqual([404, problemType]);
  expect(await ask('/api/nope', 'text/html')).toEqual([404, problemType]);
  expect(await ask('/documents/1', 'text/html', 'POST')).toEqual([404, problemType]);
  await app.close();
  await rm(directory, { recursive: true });
});

test('files of the app go compressed to whoever takes that, and as they are to others', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-web-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), '<title>Tidemark</title>');
  for (const [end, content] of [
    ['', 'plain'],
    ['.br', 'brotli'],
    ['.gz', 'gzip'],
  ] as const) {
    await writeFile(join(directory, `assets/app.js${end}`), content);
  }
  await writeFile(join(directory, 'assets/small.js'), 'plain');
  const app = bare();
  await installStaticWeb(app, directory);
  const ask = async (url: string, encoding?: string) => {
    const headers = encoding ? { 'accept-encoding': encoding } : {};
    const { body, headers: told } = await app.inject({ url, headers });
    expect(told['content-type']).toMatch(/javascript/);
    expect(told['cache-control']).toBe('public, max-age=31536000, immutable');
    return [body, told['content-encoding'], told.vary];
  };
  expect(await ask('/assets/app.js', 'gzip, deflate, br, zstd')).toEqual(['brotli', 'br', 'accept-encoding']);
  expect(await ask('/assets/app.js', 'gzip')).toEqual(['gzip', 'gzip', 'accept-encoding']);
  expect((await ask('/assets/app.js'))[0]).toBe('plain');
  expect((await ask('/assets/small.js', 'br'))[0]).toBe('plain');
  await app.close();
  await rm(directory, { recursive: true });
});

test('an address with a broken escape is a problem too', async () => {
  const answer = await raw('GET /api/documents/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain(problemType);
  expect(answer).toContain('"code":"malformed"');
});

test('text that no database can hold is refused as a field, not as a fault', async () => {
  const { id } = await ana.get<{ id: string }>('POST', '/api/documents', { kind: 'diagram', title: 'Plain' });
  for (const [method, path, body] of [
    ['POST', '/api/documents', { kind: 'estimate', title: 'a\0b' }],
    ['PATCH', `/api/documents/${id}`, { title: 'a\0b' }],
    ['GET', '/api/documents?q=%00', undefined],
    ['POST', '/api/tokens', { name: 'a\0b' }],
    ['POST', '/api/auth/sign-up/email', { name: 'a\0b', email: 'n@example.com', password: 'long enough' }],
  ] as const) {
    const answer = await ana.ask(method, path, body);
    expect([path, answer.status], path).toEqual([path, 422]);
    expect(((await answer.json()) as { code: string }).code).toBe('invalid');
  }
  const { content } = await ana.get<{ content: { meta: { title: string } } }>(
    'GET',
    `/api/documents/${id}/content`,
  );
  expect(content.meta.title, 'in the live document').toBe('Plain');
});

test('every address below /sync that names no document closes for good, 4404', async () => {
  for (const path of ['/sync/', `/sync/${'a'.repeat(400)}`, `/sync/${crypto.randomUUID()}/`, '/sync/a/b']) {
    const ws = new WebSocket(`${server.origin.replace('http', 'ws')}${path}`, {
      headers: { cookie: ana.cookie, origin: server.origin },
    });
    const code = await new Promise((resolve) => ws.on('close', resolve));
    expect([path, code]).toEqual([path, 4404]);
  }
});

test('an upgrade that is answered in HTTP leaves no connection behind, and the server stops', async () => {
  const own = await startTestServer();
  const { port, hostname } = new URL(own.origin);
  const upgrade =
    'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
  for (const path of ['/api/me', '/sync/%zz']) {
    const socket = connect(Number(port), hostname);
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n\r\n`);
    // We say nothing more and do not hang up: the server has to.
    await new Promise((resolve) => socket.resume().on('close', resolve));
  }
  const unfinished = connect(Number(port), hostname);
  unfinished.on('error', () => undefined); // cut by the stop
  await new Promise<void>((resolve) =>
    unfinished.write('POST /api/auth/sign-in/email HTTP/1.1\r\nHost: x\r\n', () => resolve()),
  );
  await own.destroy();
  unfinished.destroy();
});

test('a connection that nobody has said anything on is closed at once when the server stops, while a request goes on', async () => {
  const own = await startTestServer();
  const { port, hostname } = new URL(own.origin);
  const silent = connect(Number(port), hostname);
  silent.on('error', () => undefined);
  const cut = new Promise((resolve) => silent.resume().on('close', resolve));
  const late = connect(Number(port), hostname);
  const answers = new Answers(late);
  // One request, and half of the next: the first answer says that both connections are open there.
  late.write('GET /api/me HTTP/1.1\r\nHost: x\r\n\r\nGET /api/me HTTP/1.1\r\nHost: x\r\n');
  expect(await answers.next()).toBe('401');
  const stopped = own.destroy();
  await cut;
  late.write('\r\n');
  expect(await answers.next()).toBe('503');
  await stopped;
});

/** Status codes of answers, one after the other; `cut` when the connection ends. */
class Answers {
  #said = '';
  readonly #socket: Socket;
  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      this.#said += chunk;
    });
  }

  async next(): Promise<string> {
    for (;;) {
      const found = /HTTP\/1\.1 (\d+) /.exec(this.#said);
      if (found?.[1] !== undefined) {
        this.#said = this.#said.slice(found.index + found[0].length);
        return found[1];
      }
      if (this.#socket.closed) return 'cut';
      await Promise.race([once(this.#socket, 'data'), once(this.#socket, 'close')]);
    }
  }
}

function raw(request: string): Promise<string> {
  const { port, hostname } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(request));
    socket.on('data', (chunk) => {
      said += chunk;
    });
    socket.on('end', () => resolve(said));
    socket.on('error', reject);
  });
}
