import { createTestDatabase } from '@tidemark/postgres/testing';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { buildPage, launchBrowser, type RunningServer, startServer } from './house.ts';

const documentId = '00000000-0000-4000-8000-000000000001';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let server: RunningServer;
let browser: Browser;

beforeAll(async () => {
  [database, browser] = await Promise.all([createTestDatabase(), launchBrowser(), buildPage()]);
  server = await startServer(database.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.kill('SIGTERM');
  await database?.drop();
});

/** A person with a browser profile of their own. */
async function visit(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(120_000);
  await page.goto(server.origin);
  await says(page, 'Saved');
  return page;
}

const says = (page: Page, text: string) =>
  page.waitForFunction((wanted) => document.querySelector('#status')?.textContent === wanted, text);

async function add(page: Page, line: string): Promise<void> {
  await page.fill('input[name=text]', line);
  await page.click('button');
}

const sees = (page: Page, line: string) => page.waitForSelector(`li:text-is("${line}")`);

const lines = (page: Page) => page.locator('li').allTextContents();

async function token(): Promise<string> {
  const answer = await fetch(`${server.origin}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'stock' }),
  });
  return ((await answer.json()) as { token: string }).token;
}

async function stockClient(): Promise<{ doc: Y.Doc; provider: WebsocketProvider }> {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider(`${server.origin.replace('http', 'ws')}/sync`, documentId, doc, {
    params: { token: await token() },
    disableBc: true,
  });
  return { doc, provider };
}

test('two pages edit one list, see each other, and say that it is saved', async () => {
  const [ann, bob] = [await visit(), await visit()];
  await add(ann, 'from Ann');
  await sees(bob, 'from Ann');
  await add(bob, 'from Bob');
  await sees(ann, 'from Bob');
  await Promise.all([says(ann, 'Saved'), says(bob, 'Saved')]);
  expect(await lines(ann)).toEqual(await lines(bob));
});

test('a page that is offline keeps its edits, and brings them when it is back', async () => {
  const [ann, bob] = [await visit(), await visit()];
  const { origin } = server;
  await server.kill();
  await add(ann, 'while the server was dead');
  await says(ann, 'Offline, 1 kept on this device');
  server = await startServer(database.url, Number(new URL(origin).port));
  await sees(bob, 'while the server was dead');
  await Promise.all([says(ann, 'Saved'), says(bob, 'Saved')]);
  // What was said to be saved before the kill is there too.
  expect(await lines(bob)).toContain('from Ann');
});

test('a stock y-websocket client shares the document with a page', async () => {
  const page = await visit();
  const { doc, provider } = await stockClient();
  const list = doc.getArray<string>('list');
  const heard = new Promise<void>((resolve) =>
    list.observe(() => {
      if (list.toArray().includes('from the page')) resolve();
    }),
  );
  await new Promise<void>((resolve) => provider.once('sync', () => resolve()));
  list.push(['from the stock client']);
  await sees(page, 'from the stock client');
  await add(page, 'from the page');
  await heard;
  provider.destroy();
});

test('without a login nobody comes in', async () => {
  const ws = new WebSocket(`${server.origin.replace('http', 'ws')}/sync/${documentId}`);
  const { code } = await new Promise<CloseEvent>((resolve) => ws.addEventListener('close', resolve));
  expect(code).toBe(4401);
});
