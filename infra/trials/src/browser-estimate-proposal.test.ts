/** An estimate as its customer gets it: how it is to look is everybody's, its pages are the server's, its head is the company's. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { type Person, signUp, signUpInvited } from './harness/people.ts';

/** A PNG of 2 × 2 pixels. */
const logo = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAYAAABytg0kAAAAEUlEQVR4nGOQj6n6zwACMAYAKEwD6QoVDL8AAAAASUVORK5CYII=',
  'base64',
);

let house: House;
let owner: Person;
let ana: Visitor;
let tom: Visitor;
let id: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  const viewer = await signUpInvited(origin, owner, 'Tom Berg', 'viewer');
  id = await createEstimate(origin, owner, 'Roof of Building C', roof);
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: viewer, calm: true });
  for (const { page } of [ana, tom]) await openEstimate(page, id);
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const paper = (page: Page): Locator => page.getByRole('region', { name: 'Pages of the proposal' });
const option = (page: Page, name: string): Locator => page.getByRole('checkbox', { name });

/** How many different colours a page's picture has: an empty sheet has one. */
const colours = (page: Page): Promise<number> =>
  paper(page)
    .locator('canvas')
    .first()
    .evaluate((sheet) => {
      if (!(sheet instanceof HTMLCanvasElement) || sheet.width === 0) return 0;
      const data = sheet.getContext('2d')?.getImageData(0, 0, sheet.width, sheet.height).data ?? [];
      return new Set(new Uint32Array(Uint8ClampedArray.from(data).buffer)).size;
    });

test('two people look at one proposal; what one chooses of it the other sees, and undo takes it back', async () => {
  for (const { page } of [ana, tom]) {
    await button(page, 'Proposal').click();
    await paper(page).getByText('Tear-off and disposal').waitFor();
    await eventually(() => colours(page)).toBeGreaterThan(20);
  }
  await picture(ana.page, 'proposal-sections');
  expect(await faultsOf(ana.page, 'opened')).toEqual([]);
  await expect(option(tom.page, 'Tax').isDisabled()).resolves.toBe(true);
  await eventually(() => paper(tom.page).innerText()).not.toContain('Landfill fees');

  await ana.page.getByText('With lines', { exact: true }).click();
  await option(ana.page, 'Unit prices').check();
  for (const { page } of [ana, tom]) {
    await paper(page).getByText('Landfill fees').waitFor();
    await eventually(() => paper(page).innerText()).toContain('Unit price');
  }
  await picture(ana.page, 'proposal-lines');
  await eventually(() => tom.page.getByRole('status').filter({ hasText: 'page' }).innerText()).toMatch(
    /^[12] pages?$/,
  );

  await ana.page.keyboard.press('Escape');
  await ana.page.getByRole('dialog', { name: 'Proposal' }).waitFor({ state: 'hidden' });
  await button(ana.page, 'Undo: Change proposal').click();
  await button(ana.page, 'Undo: Change proposal').click();
  await eventually(() => paper(tom.page).innerText()).not.toContain('Landfill fees');
});

test('an owner says what stands at the head of the paper, with a logo; a viewer takes the PDF away', async () => {
  const { page } = ana;
  await button(page, 'Your account, Ana Diaz').click();
  await button(page, 'Company on your papers').click();
  const form = page.getByRole('dialog', { name: 'Company on your papers' });
  await form.getByRole('textbox', { name: 'Name', exact: true }).fill('Ridgeline Roofing');
  await form.getByRole('textbox', { name: 'License number' }).fill('CO-RC-104482');
  await form
    .locator('input[type=file]')
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo });
  await form.getByRole('img', { name: /^Logo of/ }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'proposal-company');
  await button(page, 'Save').click();
  await form.waitFor({ state: 'hidden' });

  await button(page, 'Proposal').click();
  await paper(page).getByText('License CO-RC-104482').waitFor();
  await tom.page.keyboard.press('Escape');
  await button(tom.page, 'Proposal').click();
  await paper(tom.page).getByText('License CO-RC-104482').waitFor();
  const download = tom.page.waitForEvent('download');
  await button(tom.page, 'Download PDF').click();
  const taken = await download;
  expect(taken.suggestedFilename()).toBe('Roof of Building C 2026-014.pdf');
  const bytes = await readFile(await taken.path());
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
});

test('offline it says why it cannot be written, keeps the last one, and is there again afterwards', async () => {
  const { page, context } = ana;
  await context.setOffline(true);
  await page.getByText('Proposals are written by the server').waitFor();
  await expect(button(page, 'Download PDF').isDisabled()).resolves.toBe(true);
  await paper(page).getByText('License CO-RC-104482').waitFor();
  await page.getByText('A4', { exact: true }).click();
  await context.setOffline(false);
  await eventually(() => button(page, 'Download PDF').isEnabled()).toBe(true);
  await eventually(async () => {
    const box = await paper(page).locator('canvas').first().boundingBox();
    return box === null ? 0 : box.height / box.width;
  }).toBeCloseTo(841.89 / 595.28, 1);
  for (const { complaints } of [ana, tom]) expect(complaints).toEqual([]);
});

test('on a phone, by night: pages, options, nothing wider than the screen', async () => {
  const phone = await house.enter({ person: owner, calm: true, screen: 'phone', colorScheme: 'dark' });
  const { page } = phone;
  await openEstimate(page, id);
  await button(page, 'Proposal').click();
  await paper(page).getByText('License CO-RC-104482').waitFor();
  await eventually(() => colours(page)).toBeGreaterThan(20);
  await picture(page, 'proposal-phone');
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await page.getByText('Options', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Heading' }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'proposal-phone-options');
  expect(phone.complaints).toEqual([]);
});
