/** The first hour of a newcomer, in a real browser: in, a sample, a file of their own, order in the list, out and in. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { save, tile, titleField, untilSaved } from './harness/dashboard.ts';
import { eventually, type House, openHouse, type Visitor } from './harness/house.ts';
import { newEmail, password } from './harness/people.ts';

const weather = fileURLToPath(new URL('../../../apps/server/samples/seattle-weather.csv', import.meta.url));
const email = newEmail('Ana Diaz');
let house: House;
let ana: Visitor;
let page: Page;
beforeAll(async () => {
  house = await openHouse();
  ana = await house.enter();
  page = ana.page;
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

test('somebody new signs up and sees the whole sample after one click', async () => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Your name').fill('Ana Diaz');
  await page.getByLabel('Work email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('heading', { name: 'Start with your data' }).waitFor();
  await page.getByRole('button', { name: 'Fill with a sample dashboard' }).click();
  await untilSaved(page);
  const tiles = page.getByRole('group').filter({ has: page.getByRole('heading', { level: 2 }) });
  await eventually(() => tiles.count()).toBe(12);
  for (const each of await tiles.all()) {
    await each.scrollIntoViewIfNeeded();
    await eventually(() => each.evaluate(draws), (await each.getAttribute('aria-label')) ?? '').toBe(true);
  }
  await eventually(() =>
    page.getByText(/could not be loaded|is gone|is missing|Nothing to draw/).count(),
  ).toBe(0);
  expect(ana.complaints).toEqual([]);
});

test('a CSV becomes data, suggestions and charts; what is no table is refused with a reason', async () => {
  await page.getByRole('link', { name: 'Back to your documents' }).click();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('menuitem', { name: 'New dashboard' }).click();
  await page.getByRole('heading', { name: 'Begin with a CSV file' }).waitFor();
  await upload({
    name: 'holiday.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]),
  });
  await page.getByRole('alert').filter({ hasText: 'holiday.csv was not added.' }).waitFor();
  await upload(weather);
  const dialog = page.getByRole('dialog', { name: /Charts for/ });
  await dialog.getByRole('checkbox').first().waitFor();
  const offered = await dialog.getByRole('checkbox').count();
  expect(offered).toBeGreaterThanOrEqual(4);
  await dialog.getByRole('checkbox').first().uncheck();
  await dialog.getByRole('button', { name: `Add ${offered - 1} charts` }).click();
  const tiles = page.locator('[data-chart]');
  await eventually(() => tiles.count()).toBe(offered - 1);
  for (const each of await tiles.all()) {
    await each.scrollIntoViewIfNeeded();
    await eventually(() => each.evaluate(draws)).toBe(true);
  }
  await titleField(page).fill('Rain in Seattle');
  await save(page);
  await untilSaved(page);
  expect(ana.complaints).toEqual([]);
});

test('a document is renamed, moved to the bin and restored', async () => {
  await page.getByRole('link', { name: 'Back to your documents' }).click();
  const list = page.getByRole('list', { name: 'Documents' });
  await list.getByRole('link', { name: 'Rain in Seattle' }).waitFor();
  await page.getByRole('button', { name: 'Actions for Rain in Seattle' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.getByRole('textbox', { name: 'New title for Rain in Seattle' }).fill('Weather of Seattle');
  await page.keyboard.press('Enter');
  await list.getByRole('link', { name: 'Weather of Seattle' }).waitFor();
  await page.getByRole('button', { name: 'Actions for Weather of Seattle' }).click();
  await page.getByRole('menuitem', { name: 'Move to the bin' }).click();
  await eventually(() => list.getByRole('listitem').count()).toBe(1);
  await page.getByRole('link', { name: 'Bin' }).click();
  await page.getByRole('button', { name: 'Restore Weather of Seattle' }).click();
  await page.getByRole('heading', { name: 'The bin is empty' }).waitFor();
  await page.getByRole('navigation', { name: 'Spaces' }).getByRole('link').first().click();
  await list.getByRole('link', { name: 'Weather of Seattle' }).click();
  await untilSaved(page);
  await eventually(() => titleField(page).inputValue()).toBe('Weather of Seattle');
  expect(ana.complaints).toEqual([]);
});

test('out and in again: a wrong password gets one sentence, the right one leads where one wanted to go', async () => {
  const wanted = page.url();
  await page.getByRole('button', { name: 'Your account, Ana Diaz' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await page.goto(wanted);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('not my password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').filter({ hasText: 'The email address or the password is wrong.' }).waitFor();
  await eventually(() => page.getByRole('alert').count()).toBe(1);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await untilSaved(page);
  expect(page.url()).toBe(wanted);
  await tile(page, await page.locator('[data-chart] h2').first().innerText()).waitFor();
  const refused = ana.complaints.splice(0);
  expect(refused.every((line) => / 401 .*\/api\/auth\/sign-in\/email/.test(line))).toBe(true);
  expect(refused).toHaveLength(1);
});

async function upload(file: Parameters<Awaited<ReturnType<typeof chooser>>['setFiles']>[0]): Promise<void> {
  const [opened] = await Promise.all([
    chooser(),
    page.getByRole('button', { name: 'Upload CSV' }).first().click(),
  ]);
  await opened.setFiles(file);
}

function chooser() {
  return page.waitForEvent('filechooser');
}

/** Whether a tile holds a drawing with paint on it, a table with rows, or a figure. */
function draws(element: Element): boolean {
  const canvas = element.querySelector('canvas');
  if (canvas) {
    const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
    let painted = 0;
    for (let at = 3; at < data.length; at += 4) if (data[at]! > 0) painted += 1;
    return painted > 200;
  }
  if (element.querySelector('table')) return element.querySelectorAll('tbody tr').length > 0;
  const words = (element as HTMLElement).innerText.split('\n').slice(1).join(' ');
  return /\d/.test(words) && !element.querySelector('h3');
}
