/** The company's price list in a real browser: its page, and beside an estimate that two people work on. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { untilSaved } from './harness/dashboard.ts';
import { createEstimate, openEstimate } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp, signUpInvited } from './harness/people.ts';

interface Item {
  id: string;
  code: string;
  revision: number;
  unitCost: number;
}

let house: House;
let ana: Person;
let ben: Person;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  ana = await signUp(origin, 'Ana Diaz');
  ben = await signUpInvited(origin, ana, 'Ben Ito', 'editor');
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const ask = <T>(method: string, path: string, body?: unknown) =>
  answer<T>(
    ben.call(house.server().origin, method, `/api/price-list${path}`, body),
    method === 'GET' ? 200 : 200,
  );

async function itemOf(code: string): Promise<Item> {
  const { items } = await ask<{ items: Item[] }>('GET', `/items?q=${code}`);
  const found = items.find((item) => item.code === code);
  if (!found) throw new Error(`There is no ${code}`);
  return found;
}

/** As somebody else would elsewhere. */
async function reprice(code: string, unitCost: number): Promise<void> {
  const { id, revision } = await itemOf(code);
  await ask('PATCH', `/items/${id}`, { revision, unitCost });
}

const leave = async ({ context, complaints }: Visitor) => {
  await context.close();
  // Chromium writes down every answer that is a refusal; this one is what two people at one price are told.
  expect(complaints.filter((one) => !/ 409 .*\/api\/price-list\/items\//.test(one))).toEqual([]);
};
const row = (page: Page, name: RegExp) => page.getByRole('row', { name });
/** Beside the tabs, or in the summary. */
const bid = async (page: Page) => {
  const words = await page.getByText('Bid', { exact: true }).first().locator('..').innerText();
  return /\$[\d.,]+/.exec(words)?.[0] ?? words;
};

test('PRICE-8, PRICE-3: a list is begun with samples, searched, and two people change one price without overwriting', async () => {
  const visitor = await house.enter({ person: ana, calm: true });
  const { page } = visitor;
  await page.goto('/');
  await page.getByRole('link', { name: 'Price list' }).click();
  await page.getByRole('heading', { name: 'No prices yet' }).waitFor();
  expect(await faultsOf(page), 'empty').toEqual([]);
  await page.getByRole('button', { name: /^Begin with sample prices/ }).click();
  await row(page, /Architectural shingles/).waitFor();

  const search = page.getByRole('searchbox', { name: 'Search the price list' });
  await search.fill('sh-arch');
  await eventually(() => page.getByRole('row').count()).toBe(2);
  await page.getByRole('button', { name: /^Architectural shingles/ }).click();
  const cost = page.getByRole('textbox', { name: 'Unit cost' });
  await cost.fill('39.90');
  await reprice('SH-ARCH', 412_500);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const clash = page.getByRole('alert', { name: 'Changed by somebody else meanwhile' });
  await clash.waitFor();
  await eventually(() => clash.getByRole('row').nth(1).innerText()).toMatch(/\$41\.25\s+\$39\.90/);
  expect(await faultsOf(page), 'two values').toEqual([]);
  await picture(page, 'price list, two values of one price');
  await clash.getByRole('button', { name: 'Keep mine' }).click();
  await row(page, /\$39\.90/).waitFor();
  await eventually(() =>
    page.getByRole('region', { name: 'Prices so far' }).getByRole('listitem').count(),
  ).toBe(3);
  expect((await itemOf('SH-ARCH')).unitCost).toBe(399_000);
  await leave(visitor);
});

test('PRICE-7: a file of prices is taken over after a preview', async () => {
  const visitor = await house.enter({ person: ana, calm: true });
  const { page } = visitor;
  await page.goto('/prices');
  await page.getByRole('button', { name: 'More about the price list' }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Import from Excel or CSV' }).click();
  await (await chooser).setFiles({
    name: 'supplier.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      'Item no,Description,Unit price\nSH-ARCH,Architectural shingles,38.50\nCU-1,Copper,64.1\nX,Skylight,ask\n',
    ),
  });
  const dialog = page.getByRole('dialog', { name: 'Import “supplier.csv”' });
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await dialog.getByRole('row', { name: /^2 Architectural shingles Changed.*\$39\.90 → \$38\.50/ }).waitFor();
  await dialog.getByRole('row', { name: /^3 Copper New/ }).waitFor();
  await dialog.getByRole('row', { name: /^4 Skylight Left out Unit cost/ }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await dialog.getByRole('button', { name: 'Import 2 items' }).click();
  await page.getByText('1 item added, 1 changed').waitFor();
  expect((await itemOf('SH-ARCH')).unitCost).toBe(385_000);
  await leave(visitor);
});

test('PRICE-11, PRICE-12: an assembly is inserted by its quantity, prices are updated with a preview, and another person sees both', async () => {
  const { origin } = house.server();
  const id = await createEstimate(origin, ana, 'Library', {
    sections: [{ id: 'roof', name: 'Roof', lines: [] }],
  });
  const [mine, theirs] = await Promise.all([
    house.enter({ person: ana, calm: true }),
    house.enter({ person: ben, calm: true }),
  ]);
  const { page } = mine;
  await Promise.all([openEstimate(page, id), openEstimate(theirs.page, id)]);
  await untilSaved(page);
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Price list' }).click();
  const search = page.getByRole('combobox', { name: 'Search the price list' });
  await search.fill('re-roof');
  const options = page.getByRole('listbox', { name: 'Price list' }).getByRole('option');
  await eventually(() => options.count()).toBe(2);
  await eventually(() => options.first().innerText()).toMatch(/^Re-roof/);
  await search.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Re-roof with architectural shingles' });
  await dialog.getByRole('textbox', { name: 'How many sq?' }).fill('49/2');
  // 24.5 × 3 bundles and 10 % waste are 80.85.
  await dialog.getByRole('row', { name: /Architectural shingles.* 81 bundle .*3,118\.50/ }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'estimate, an assembly before it is inserted');
  await page.keyboard.press('Enter');
  await page.getByRole('status').filter({ hasText: '13 lines of “Re-roof' }).waitFor();
  await theirs.page.getByRole('row', { name: /Clean up, magnet sweep/ }).waitFor();
  const before = await bid(page);
  await eventually(() => bid(theirs.page)).toBe(before);

  // One step takes all of it back, and brings it again.
  await page.getByRole('button', { name: /^Undo/ }).click();
  await eventually(() => theirs.page.getByRole('row', { name: /Clean up/ }).count()).toBe(0);
  await page.getByRole('button', { name: /^Redo/ }).click();
  await theirs.page.getByRole('row', { name: /Clean up/ }).waitFor();

  await reprice('SH-ARCH', 400_000);
  await reprice('LB-SHING', 1_000_000);
  await page.getByRole('button', { name: 'Update prices' }).click();
  const update = page.getByRole('dialog', { name: 'Update prices' });
  await update.getByRole('row', { name: /Lay shingles.*\$95\.00.*\$100\.00.*\+122\.50/ }).waitFor();
  await update.getByRole('checkbox', { name: /Lay shingles/ }).uncheck();
  const words = await update.getByText(/^The bid goes from/).innerText();
  const after = /to (\S+)/.exec(words)?.[1];
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await update.getByRole('button', { name: 'Update 1 price' }).click();
  await eventually(() => bid(theirs.page)).toBe(after);
  await eventually(() => bid(page)).toBe(after);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await eventually(() => bid(theirs.page)).toBe(before);

  // Off the button, whose tooltip would stand beside everything.
  await page.mouse.move(400, 600);
  await eventually(() => faultsOf(page), 'panel').toEqual([]);
  await leave(mine);
  await leave(theirs);
});
