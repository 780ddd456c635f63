/** The app on the device: it opens where no server answers, and a newer version comes when somebody says so. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openProfile } from './harness/browser.ts';
import { badge, contentOf, openDashboard, tile, titleField, untilSaved } from './harness/dashboard.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, pictures } from './harness/house.ts';
import { standBefore } from './harness/newer-version.ts';
import { createDocument, createSample, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let sample: string;
beforeAll(async () => {
  house = await openHouse();
  owner = await signUp(house.server().origin, 'Ana Diaz');
  sample = await createSample(house.server().origin, owner);
  await createDocument(house.server().origin, owner, 'Never opened here');
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

/** The page is in the hands of the service worker, which has everything. */
const installed = (page: Page) =>
  page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');

test('APP-1 APP-2 APP-3 without a network the app opens, tells what is here, and a reload keeps what was written', async () => {
  const { page, context, cable, complaints } = await house.enter({
    person: owner,
    installs: true,
    calm: true,
  });
  await openDashboard(page, sample);
  await tile(page, 'Hottest day').waitFor();
  await installed(page);
  await page.goto('/');
  await page.getByRole('link', { name: 'Never opened here' }).waitFor();
  await cable.cut('all');
  await context.setOffline(true);

  await page.reload();
  await page.getByText('You are offline.').waitFor();
  const rows = page.getByRole('list', { name: 'Documents' }).getByRole('listitem');
  await rows.filter({ hasText: 'Sample: weather' }).getByText('On this device', { exact: true }).waitFor();
  await rows.filter({ hasText: 'Never opened here' }).getByText('Not on this device').waitFor();
  expect(await page.getByRole('button', { name: 'Actions for Never opened here' }).isDisabled()).toBe(true);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'list offline');
  await page.getByRole('searchbox', { name: 'Search by title' }).fill('never');
  await rows.filter({ hasText: 'Sample: weather' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Never opened here' }).click();
  await page.getByRole('heading', { name: 'This dashboard is not on this device' }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'not on this device');

  await page.goto(`/d/${sample}`);
  await tile(page, 'Hottest day').waitFor();
  await titleField(page).fill('Written in a tunnel');
  await eventually(() => badge(page)).toBe('Offline — 1 change kept on this device');
  await page.reload();
  await eventually(() => titleField(page).inputValue()).toBe('Written in a tunnel');
  await tile(page, 'Hottest day').waitFor();
  // Each kind's editor came with the app, whether it was ever opened or not.
  const editors = await page.evaluate(async () => {
    const [name] = (await caches.keys()).filter((each) => each.includes('precache'));
    const paths = (await (await caches.open(name ?? '')).keys()).map(({ url }) => new URL(url).pathname);
    return ['dashboard', 'estimate', 'diagram'].filter((kind) =>
      paths.some((path) => path.startsWith(`/assets/${kind}-editor`)),
    );
  });
  expect(editors).toEqual(['dashboard', 'estimate', 'diagram']);

  await cable.mend();
  await context.setOffline(false);
  await untilSaved(page);
  expect((await contentOf(house.server().origin, owner, sample)).meta.title).toBe('Written in a tunnel');
  // What is no page of the app is asked of the server.
  const health = await context.newPage();
  await health.goto('/healthz');
  expect(await health.locator('body').innerText()).toContain('alive');
  expect(complaints).toEqual([]);
  await context.close();
});

test('APP-4 signed out, this device tells nobody who it was', async () => {
  const tom = await signUpInvited(house.server().origin, owner, 'Tom Reed', 'viewer');
  const { page, context, cable } = await house.enter({ person: tom, installs: true });
  await page.goto('/');
  await page.getByRole('link', { name: 'Never opened here' }).waitFor();
  await installed(page);
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByText('Sign out').click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await cable.cut('all');
  await context.setOffline(true);
  await page.goto('/');
  await page.getByRole('heading', { name: 'Tidemark cannot be reached' }).waitFor();
  expect(await page.getByText('Never opened here').count()).toBe(0);
  await context.close();
});

test('APP-5 a newer version is offered, taken where it was asked for, and under nobody else’s hands', async () => {
  const door = await standBefore(house.server().origin);
  const visit = await openProfile(house.browser, door.origin, { person: owner, installs: true });
  const { page, context } = visit;
  await page.goto('/');
  await installed(page);
  const other = await visit.newTab();
  await openDashboard(other, sample);
  await other.evaluate(() => Reflect.set(window, 'sameLife', true));
  await page.evaluate(() => Reflect.set(window, 'sameLife', true));
  door.deploy();
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  for (const each of [page, other]) await each.getByText('A new version of Tidemark is ready.').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'new version');
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => Reflect.get(window, 'sameLife') === undefined);
  await other.getByText('Tidemark has a new version.').waitFor();
  expect(await other.evaluate(() => Reflect.get(window, 'sameLife'))).toBe(true);
  await other.getByRole('button', { name: 'Reload' }).click();
  await other.waitForFunction(() => Reflect.get(window, 'sameLife') === undefined);
  await untilSaved(other);
  expect(visit.complaints).toEqual([]);
  await context.close();
  await door.close();
});
