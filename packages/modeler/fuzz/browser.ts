import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';

/** A Chromium with the fuzz page in it. */
export interface FuzzBrowser {
  run(plan: Plan): Promise<Outcome>;
  close(): Promise<void>;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

// A page that has seen many sessions is slower and keeps what bpmn-js never frees.
const sessionsPerPage = 20;
/** A session that takes longer than this hangs. */
const patience = 240_000;

export async function openFuzzBrowser(): Promise<FuzzBrowser> {
  const directory = await mkdtemp(join(tmpdir(), 'tidemark-diagram-fuzz-'));
  await build({
    root: fileURLToPath(new URL('page/', import.meta.url)),
    configFile: false,
    logLevel: 'error',
    base: './',
    build: { outDir: directory, emptyOutDir: true, target: 'es2023', minify: false },
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
    // The command stops between two sessions and says what there was.
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
  const open = async () => {
    const page = await browser.newPage({ viewport: { width: 1000, height: 800 } });
    await page.goto(`http://127.0.0.1:${port}/`);
    return page;
  };
  let page = await open();
  const played = new Set<number>();
  return {
    async run(plan) {
      // bpmn-js counts the ids of arrowheads per page, so the second time it draws them again, and all else moves.
      if (played.size === sessionsPerPage || played.has(plan.seed)) {
        await page.close();
        page = await open();
        played.clear();
      }
      played.add(plan.seed);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new Error(`Seed ${plan.seed} (${plan.file}) hangs.`)), patience);
      });
      try {
        return await Promise.race([page.evaluate((given) => window.runSession(given), plan), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      await browser.close();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
}
