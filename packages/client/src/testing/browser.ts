/** A real Chromium with a profile of its own that can be killed, and a page that holds the client. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import { WebSocketServer } from 'ws';
import type { ModelServer } from './model-server.ts';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--remote-debugging-port=0',
];

/** Path of a Chromium. Throws by name when there is none: a browser test never passes for lack of a browser. */
function findChromium(): string {
  const candidates = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found === undefined) throw new Error('Chromium is missing: install it or set CHROMIUM to its path.');
  return found;
}

export interface Site {
  readonly origin: string;
  readonly syncUrl: string;
  close(): Promise<void>;
}

/** Serves the test page, and the model server under `/sync/`. */
export async function serve(server: ModelServer): Promise<Site> {
  const script = await bundle();
  const http = createServer((request, response) => {
    const [type, body] =
      request.url === '/page.js'
        ? ['text/javascript', script]
        : ['text/html', '<!doctype html><title>Tidemark</title><script src="/page.js"></script>'];
    response.writeHead(200, { 'content-type': type });
    response.end(body);
  });
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket, request) => {
    const member = server.connect(request.url ?? '', {
      opened: () => undefined,
      deliver: (bytes) => socket.send(bytes),
      closed: (code, reason) => (code === 1006 ? socket.terminate() : socket.close(code, reason)),
    });
    socket.on('message', (data: Buffer) => member.hear(new Uint8Array(data)));
    socket.on('close', () => member.gone());
    // Cut connections are what these tests are about; 'close' follows.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    syncUrl: `ws://127.0.0.1:${port}/sync`,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

async function bundle(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      lib: {
        entry: new URL('./browser-page.ts', import.meta.url).pathname,
        formats: ['iife'],
        name: 'page',
      },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('The test page was not built.');
  return output.output[0].code;
}

export interface Profile {
  /** The running browser; starts it when it is not running. */
  context(): Promise<BrowserContext>;
  openPage(url: string): Promise<Page>;
  /** Kills every process of the browser at once. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** One person's browser profile on disk, which outlives the browser. */
export async function createProfile(): Promise<Profile> {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-browser-'));
  let running: { readonly child: ChildProcess; readonly browser: Browser } | null = null;

  async function launch() {
    await rm(join(directory, 'DevToolsActivePort'), { force: true });
    const child = spawn(findChromium(), [...flags, `--user-data-dir=${directory}`, 'about:blank'], {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const endpoint = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stderr?.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}: ${said}`)));
    });
    return { child, browser: await chromium.connectOverCDP(endpoint, { timeout: 120_000 }) };
  }

  async function context() {
    running ??= await launch();
    const [first] = running.browser.contexts();
    if (first === undefined) throw new Error('Chromium has no context.');
    return first;
  }

  async function kill() {
    if (running === null) return;
    const { child } = running;
    running = null;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    await ended;
  }

  return {
    context,
    async openPage(url) {
      const page = await (await context()).newPage();
      page.setDefaultTimeout(120_000);
      await page.goto(url);
      return page;
    },
    kill,
    async remove() {
      await kill();
      await rm(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
