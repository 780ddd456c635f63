import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Milliseconds until what a page is waited for counts as never happening: for hangs, not for speed. */
const patience = 120_000;

/** A real Chromium that opens one page, again and again. */
export interface PageBrowser {
  open(): Promise<Page>;
  close(): Promise<void>;
}

/** The page of canvases (tests/page), which is there when `desk` is. */
export async function openCanvasBrowser(): Promise<PageBrowser> {
  const browser = await openPageBrowser(new URL('page/', import.meta.url), { width: 1400, height: 900 });
  return {
    async open() {
      const page = await browser.open();
      await page.waitForFunction(() => 'desk' in window);
      return page;
    },
    close: browser.close,
  };
}

/** Builds the page in this folder by Vite, serves it and starts a Chromium for it. */
export async function openPageBrowser(
  folder: URL,
  viewport: { readonly width: number; readonly height: number },
): Promise<PageBrowser> {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-canvas-'));
  await build({
    root: fileURLToPath(folder),
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir: directory, emptyOutDir: true, target: 'es2024', minify: false },
  });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname);
    const file = join(directory, path === '/' ? 'index.html' : path);
    if (!file.startsWith(directory) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream');
    response.end(readFileSync(file));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    timeout: patience,
    // A command that is stopped ends what it is at and closes the browser itself.
    handleSIGINT: false,
    handleSIGTERM: false,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
  return {
    async open() {
      const page = await browser.newPage({ viewport });
      page.setDefaultTimeout(patience);
      await page.goto(`http://127.0.0.1:${port}/`);
      return page;
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
