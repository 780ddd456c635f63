/** Status, versions and comparison of an estimate in a browser: two people, a frozen state, a new version of it. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { badge, untilSaved } from './harness/dashboard.ts';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, pictures, type Visitor } from './harness/house.ts';
import { type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let tom: Visitor;
let job: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  const colleague = await signUpInvited(origin, owner, 'Tom Weber', 'editor');
  job = await createEstimate(origin, owner, 'Roof of Building C', roof);
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: colleague, calm: true });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'Versions', exact: true });
const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });

/** Writes a line's unit cost by the keyboard, as people do. */
async function price(page: Page, line: string, text: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: line }).locator('[data-column=unitCost]').click();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const bids = (page: Page): Promise<string[]> =>
  panel(page).getByRole('list', { name: 'Versions, the newest first' }).getByRole('listitem').allInnerTexts();

test('LIFE-14 submitting while a colleague edits freezes one state and locks both screens', async () => {
  for (const { page } of [ana, tom]) {
    await openEstimate(page, job);
    await untilSaved(page);
  }
  const { page } = ana;
  await button(page, 'Status: Draft').click();
  await panel(page).getByText('No versions yet').waitFor();
  await button(panel(page), 'Submit…').click();
  const dialog = page.getByRole('dialog', { name: 'Submit the estimate' });
  await button(dialog, 'Submit $30,964.86').waitFor();
  await price(tom.page, 'Dumpster 30 yd', '600');
  // What the button says is what is frozen: it keeps up with the colleague.
  const submit = button(dialog, 'Submit $31,004.74');
  await submit.waitFor();
  await dialog.getByRole('textbox', { name: 'Note (optional)' }).fill('Sent to Mr Hartmann');
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await pictures(page, 'versions-submit');
  await submit.click();
  await dialog.waitFor({ state: 'detached' });
  for (const each of [page, tom.page]) {
    await each
      .getByText(/^Submitted as #1 on .* by Ana Diaz/)
      .first()
      .waitFor();
    await button(each, 'Status: Submitted #1').waitFor();
  }
  await eventually(() => bids(page)).toEqual([
    expect.stringMatching(/^Now\s+\$31,004.74\s+The bid of #1$/),
    expect.stringMatching(
      /^#1 Submitted\s+\$31,004.74\s+(just now|\d+ minutes? ago) · Ana Diaz\s+Sent to Mr Hartmann$/,
    ),
  ]);
  await price(tom.page, 'Dumpster 30 yd', '1');
  await button(tom.page, 'Status: Submitted #1').click();
  await eventually(() => bids(tom.page), 'nothing was changed').toEqual(await bids(page));
});

test('won and opened again are said on both screens and recorded with their notes', async () => {
  const { page } = ana;
  const ask = async (action: string, title: string, note: string) => {
    await button(panel(page), `${action}…`).click();
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.getByRole('textbox').fill(note);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
  };
  await ask('Won', 'Mark as won', 'Signed on Friday');
  await button(tom.page, 'Status: Won #1').waitFor();
  await ask('Re-open', 'Re-open the estimate', 'They want copper');
  await button(tom.page, 'Status: Draft').waitFor();
  await panel(tom.page).getByText('They want copper').waitFor();
  await panel(page).getByText('Opened again after #1').waitFor();
  await pictures(page, 'versions-panel');
  expect(await faultsOf(page, 'opened')).toEqual([]);
});

test('a state is named by what Save offers', async () => {
  const { page } = ana;
  await price(page, 'Step flashing', '9.60');
  await page.keyboard.press('Control+s');
  await button(page, 'Name this version…').last().click();
  const naming = page.getByRole('dialog', { name: 'Name this version' });
  await naming.getByRole('textbox', { name: 'Name' }).fill('Copper flashing');
  await button(naming, 'Keep it').click();
  await naming.waitFor({ state: 'detached' });
  await eventually(() => bids(page)).toEqual([
    expect.stringMatching(/^Now/),
    expect.stringMatching(
      /^#2 Copper flashing\s+\$32,210.79\s+(just now|\d+ minutes? ago) · Ana Diaz\s+\+\$1,206.05$/,
    ),
    expect.stringMatching(/^#1 Submitted/),
  ]);
});

test('LIFE-15 a comparison shows the line that changed and why the bid did, to the cent, while a colleague goes on', async () => {
  const { page } = ana;
  await button(panel(page), 'Actions for version 1').click();
  await page.getByRole('menuitem', { name: 'Compare with now' }).click();
  const changes = page.locator('[data-change]');
  await eventually(() => changes.allInnerTexts()).toEqual([
    expect.stringMatching(/Step flashing\s+changed\s+Unit cost\s+4\.80 → 9\.60\s/),
  ]);
  await eventually(() => page.getByTestId('bid-change').innerText()).toBe('+$1,206.05');
  const why = page.getByRole('complementary', { name: 'Why the bid changed' });
  await eventually(() => why.locator('dl').innerText()).toMatch(
    /Bid before\s+\$31,004\.74\s+Lines\s+\+\$1,206\.05\s+Bid after\s+\$32,210\.79/,
  );
  await price(tom.page, 'Landfill fees', '90');
  await eventually(() => changes.count(), 'the colleague, live').toBe(2);
  await page.keyboard.press('Alt+ArrowDown');
  await page.keyboard.press('Alt+ArrowDown');
  await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Step flashing');
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'compare');
  const event = page.waitForEvent('download');
  await button(page, 'CSV').click();
  const csv = await readFile(await (await event).path(), 'utf8');
  expect(csv).toContain(
    'Flashing and gutters,changed,,Step flashing,Unit cost: 4.80 → 9.60,907.2,1814.4,907.2',
  );
  await page.emulateMedia({ media: 'print' });
  await page.getByText(/^Roof of Building C: .* → Now$/).waitFor();
  for (const name of ['Print', 'Next change', 'Swap before and after']) {
    await eventually(() => button(page, name).isVisible(), `${name} on paper`).toBe(false);
  }
  await eventually(() => changes.first().innerText()).not.toContain('just now');
  await page.emulateMedia({ media: 'screen' });
});

test('LIFE-15 another estimate is found by its title and compared, and the way back leads to this one', async () => {
  const { page } = ana;
  const { origin } = house.server();
  const other = await createEstimate(origin, owner, 'Boathouse', roof);
  const after = page.getByRole('combobox', { name: 'After' });
  await after.fill('Boath');
  await page.getByRole('option', { name: 'Boathouse · Now' }).click();
  await eventually(() => new URL(page.url()).searchParams.get('after')).toBe(other);
  await page.getByText('Roof of Building C → Boathouse').first().waitFor();
  await eventually(() => page.getByTestId('bid-change').innerText()).toBe('−$39.88');
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('link', { name: 'Back to the estimate' }).click();
});

test('a frozen version is looked at as it was, and a new one begins with it and knows where it came from', async () => {
  const { page } = ana;
  await button(panel(page), 'Actions for version 1').click();
  await page.getByRole('menuitem', { name: 'Look at it' }).click();
  await page.getByRole('heading', { level: 1, name: /^Version 1/ }).waitFor();
  const flashing = page
    .getByRole('row')
    .filter({ hasText: 'Step flashing' })
    .locator('[data-column=unitCost]');
  await eventually(() => flashing.innerText()).toBe('4.80');
  await flashing.click();
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  await eventually(() => flashing.innerText(), 'nobody writes in it').toBe('4.80');
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'version');
  await button(page, 'New version from this…').click();
  const fork = page.getByRole('dialog', { name: 'New version from #1' });
  await eventually(() => fork.getByRole('textbox', { name: 'Title' }).inputValue()).toBe(
    'Roof of Building C v2',
  );
  await fork.getByRole('textbox', { name: 'What is it for? (optional)' }).fill('Cheaper gutters');
  await button(fork, 'Create it').click();
  await eventually(() => page.getByRole('heading', { level: 1 }).getByRole('textbox').inputValue()).toBe(
    'Roof of Building C v2',
  );
  await button(page, 'Status: Draft').click();
  await panel(page).getByText('Cheaper gutters').waitFor();
  await panel(page).getByRole('link', { name: 'Roof of Building C' }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await pictures(page, 'versions-family');
});

test('LIFE-16 an edit made offline before a submission arrives after it, and is told as a difference', async () => {
  const { page, cable } = tom;
  const { origin } = house.server();
  await cable.cut('all');
  await eventually(() => badge(page)).toMatch(/^Offline/);
  await price(page, 'Landfill fees', '95');
  const sent = await owner.call(origin, 'POST', `/api/documents/${job}/status`, { to: 'submitted' });
  expect(sent.status).toBe(200);
  await cable.mend();
  await page.getByText('One thing is not as submitted with #3', { exact: false }).waitFor();
  await page.getByText('Bid: +$119.65.', { exact: false }).waitFor();
  await page.getByRole('link', { name: 'Compare', exact: true }).click();
  await eventually(() => page.locator('[data-change]').allInnerTexts()).toEqual([
    expect.stringMatching(/Landfill fees\s+changed\s+Unit cost\s+90\.00 → 95\.00/),
  ]);
  await eventually(() => page.getByTestId('bid-change').innerText()).toBe('+$119.65');
});

test('nobody’s browser had anything to complain about', () => {
  expect([...ana.complaints, ...tom.complaints]).toEqual([]);
});
