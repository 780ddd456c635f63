/** The page for the people who look after the server, beside people who work. */
import { readFileSync } from 'node:fs';
import { encodeFrame, subprotocol } from '@tidemark/protocol';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { ProfileOptions } from './harness/browser.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture } from './harness/house.ts';
import { createDocument, createSample, type Person, signUp, syncUrl } from './harness/people.ts';

let house: House;
let operator: Person;
let worker: Person;
let sample: string;
const sockets: WebSocket[] = [];
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  operator = await signUp(origin, 'Ines Ortega');
  worker = await signUp(origin, 'Paul Werner');
  sample = await createSample(origin, worker);
  const quiet = await createDocument(origin, operator, 'Roof of the north hall');
  for (const [person, id] of [
    [worker, sample],
    [worker, sample],
    [operator, quiet],
  ] as const) {
    sockets.push(await join(await syncUrl(origin, person, id)));
  }
});
afterEach((context) => house.examine(context));
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await house?.close();
});

/** A connection that only listens; resolves when it is live. */
function join(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, [subprotocol]);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('message', () => resolve(socket));
  });
}

const enter = (options: ProfileOptions) => house.enter({ person: operator, calm: true, ...options });

/** Sends what no server can read, and resolves with the close code. */
async function sin(): Promise<number> {
  const socket = await join(await syncUrl(house.server().origin, worker, sample));
  socket.send(encodeFrame({ type: 'update', update: new Uint8Array([1, 2, 3, 4]) }));
  return new Promise((resolve) => void socket.once('close', resolve));
}

test('an operator finds the page, sees who is where, and loads a document anew', async () => {
  const { page, complaints, context } = await enter({});
  await page.goto('/');
  await page.getByRole('button', { name: 'Your account, Ines Ortega' }).click();
  await page.getByRole('button', { name: 'Server' }).click();
  await page.getByRole('heading', { name: 'Server' }).waitFor();
  const live = page.getByRole('region', { name: 'Live documents' });
  await live.getByRole('button', { name: 'Sample' }).waitFor();
  const processes = page.getByRole('region', { name: 'Processes' }).getByRole('row');
  await eventually(() => processes.count()).toBe(2);

  // By keyboard alone: to the row, into the panel, and out.
  await live.getByRole('button', { name: 'Sample' }).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary');
  await panel.getByText('2 connections').waitFor();
  await eventually(() => panel.getByText('Paul Werner', { exact: true }).count()).toBe(2);
  const closed = Promise.all(
    sockets.slice(0, 2).map((socket) => new Promise((resolve) => void socket.once('close', resolve))),
  );
  await panel.getByRole('button', { name: 'Load anew' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Load anew' }).click();
  expect(await closed).toEqual([1012, 1012]);
  await page.getByText('is loaded anew').waitFor();
  await context.close();
  expect(complaints).toEqual([]);
});

test('what was refused can be downloaded as it came, and removed', async () => {
  expect(await sin()).toBe(4400);
  const { page, complaints, context } = await enter({});
  await page.goto('/operator?tab=quarantine');
  const row = page.getByRole('region', { name: 'Quarantine' }).getByRole('row').nth(1);
  await row.getByRole('cell', { name: /^malformed/ }).waitFor();
  const waiting = page.waitForEvent('download');
  await row.getByRole('link', { name: /^Download/ }).click();
  const path = await (await waiting).path();
  expect([...readFileSync(path)]).toEqual([1, 2, 3, 4]);
  await row.getByRole('button', { name: /^Remove/ }).click();
  await page.getByText('Nothing was set aside').waitFor();
  await context.close();
  expect(complaints).toEqual([]);
});

test('operators appoint one another; whoever is none sees a closed door', async () => {
  const paul = await house.enter({ person: worker, calm: true });
  await paul.page.goto('/operator');
  await paul.page.getByRole('heading', { name: 'Only for operators' }).waitFor();
  expect(await faultsOf(paul.page)).toEqual([]);

  const { page, complaints, context } = await enter({});
  await page.goto('/operator?tab=operators');
  await page.getByRole('textbox', { name: 'Appoint somebody with an account here' }).fill(worker.email);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Dismiss Paul Werner' }).waitFor();
  await paul.page.reload();
  await paul.page.getByRole('heading', { name: 'Server' }).waitFor();
  await page.getByRole('button', { name: 'Dismiss Paul Werner' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click();
  const rows = page.getByRole('list', { name: 'Operators' }).getByRole('listitem');
  await eventually(() => rows.count()).toBe(1);
  await context.close();
  await paul.context.close();
  expect([...complaints, ...paul.complaints]).toEqual([]);
});

test.each([
  { screen: 'desktop', colorScheme: 'light' },
  { screen: 'desktop', colorScheme: 'dark' },
  { screen: 'phone', colorScheme: 'light' },
  { screen: 'phone', colorScheme: 'dark' },
] as const)('for everybody: $screen, $colorScheme', async (look) => {
  sockets.push(await join(await syncUrl(house.server().origin, worker, sample)));
  await sin();
  const { page, complaints, context } = await enter(look);
  const name = (screen: string) => `${screen}-${look.screen}-${look.colorScheme}`;
  await page.goto('/operator');
  const live = page.getByRole('region', { name: 'Live documents' });
  await live.getByRole('button', { name: 'Sample' }).waitFor();
  expect(await faultsOf(page), 'live').toEqual([]);
  await picture(page, name('operator-live'));
  await live.getByRole('button', { name: 'Sample' }).click();
  await page.getByText('Paul Werner').first().waitFor();
  expect(await faultsOf(page, 'opened'), 'panel').toEqual([]);
  await picture(page, name('operator-room'));
  await page.keyboard.press('Escape');
  for (const [tab, listed] of [
    ['quarantine', page.getByRole('button', { name: /^Remove/ })],
    ['operators', page.getByRole('list', { name: 'Operators' }).getByText('Ines Ortega')],
  ] as const) {
    await page.goto(`/operator?tab=${tab}`);
    await listed.first().waitFor();
    expect(await faultsOf(page), tab).toEqual([]);
    await picture(page, name(`operator-${tab}`));
  }
  await context.close();
  expect(complaints).toEqual([]);
});
