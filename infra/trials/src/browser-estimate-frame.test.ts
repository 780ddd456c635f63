/** The frame of the estimate's editor: opened, summed up live, set by several people at once, read, on a phone, for everybody. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openProfile } from './harness/browser.ts';
import { badge, untilSaved } from './harness/dashboard.ts';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let viewer: Person;
let ana: Visitor;
let tom: Visitor;
let job: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  const colleague = await signUpInvited(origin, owner, 'Tom Weber', 'editor');
  viewer = await signUpInvited(origin, owner, 'Vera Lind', 'viewer');
  job = await createEstimate(origin, owner, 'Roof of building C', roof);
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: colleague, calm: true });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const panel = (page: Page, name: string): Locator => page.getByRole('complementary', { name, exact: true });
const bid = (page: Page): Promise<string> =>
  panel(page, 'Summary').getByRole('region', { name: 'Bid' }).getByTestId('bid').innerText();
const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

async function showPanel(page: Page, name: string): Promise<Locator> {
  if (!(await panel(page, name).isVisible())) {
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name }).click();
  }
  await panel(page, name).waitFor();
  // Away from the button: its tooltip goes.
  await page.mouse.move(500, 700);
  await page.getByRole('tooltip').waitFor({ state: 'detached' });
  return panel(page, name);
}

/** Writes into a field and leaves it. */
async function put(what: Locator, text: string): Promise<void> {
  await what.fill(text);
  await what.press('Enter');
}

test('a new estimate begins at home, empty, and says how to begin', async () => {
  const { page } = ana;
  await page.goto('/');
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await page.getByRole('menuitem', { name: 'New estimate' }).click();
  await page.getByRole('heading', { name: 'Begin with a section' }).waitFor();
  expect(await bid(page)).toBe('$0.00');
  await eventually(() => page.getByRole('heading', { level: 1 }).getByRole('textbox').inputValue()).toBe(
    'Untitled estimate',
  );
  expect(await faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Add the first section' }).click();
  await page.getByRole('heading', { name: 'Begin with a section' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo: Add section' }).click();
  await page.getByRole('heading', { name: 'Begin with a section' }).waitFor();
});

test('an estimate that is saved as a template begins another one, and so does one that comes with the product', async () => {
  const { page } = ana;
  await page.goto('/');
  await page.getByRole('button', { name: 'Actions for Roof of building C' }).click();
  await page.getByRole('menuitem', { name: 'Save as template' }).click();
  await page.getByText('is among the templates', { exact: false }).waitFor();
  const begin = async (name: RegExp) => {
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await page.getByRole('menuitem', { name: 'From a template…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Begin with a template' });
    await dialog.getByRole('button', { name }).waitFor();
    expect(await faultsOf(page, 'opened')).toEqual([]);
    await dialog.getByRole('button', { name }).click();
    await page.getByRole('tablist', { name: 'Views' }).waitFor();
  };
  await begin(/^Roof of building C/);
  await eventually(() => bid(page), 'a copy of the template').toBe('$30,964.86');
  await page.goto('/');
  await begin(/^Bathroom remodel/);
  await eventually(() => bid(page), 'what comes with the product').not.toBe('$0.00');
  await page.getByRole('button', { name: 'Undo: Begin with Bathroom remodel' }).click();
  await page.getByRole('button', { name: 'Start from a template' }).click();
  await page.getByRole('menuitem', { name: /^Asphalt re-roof/ }).waitFor();
  await page.getByRole('menuitem', { name: 'Roof of building C' }).click();
  await eventually(() => bid(page), 'the template of the company, in the open estimate').toBe('$30,964.86');
  await page.goto('/');
  await page.getByRole('link', { name: 'Templates' }).click();
  await page.getByRole('list', { name: 'Templates' }).getByText('$30,964.86').waitFor();
  await picture(page, 'home-templates');
});

test('the summary follows what somebody else changes, by margin and by markup', async () => {
  for (const { page } of [ana, tom]) {
    await openEstimate(page, job);
    await eventually(() => bid(page)).toBe('$30,964.86');
  }
  const summary = panel(ana.page, 'Summary');
  await eventually(() => summary.innerText()).toMatch(/Low\s+\$29,829\.56\s+High\s+\$32,100\.15/);
  await eventually(() => summary.innerText()).toContain('15% of bid · 17.65% of cost');

  await put(field(tom.page, 'Overhead'), '10');
  await eventually(() => bid(ana.page), 'the other screen').toBe('$31,483.02');
  await eventually(() => field(ana.page, 'Overhead').inputValue()).toBe('10%');

  await tom.page.getByRole('radiogroup').getByText('Markup').click();
  await eventually(() => bid(ana.page)).toBe('$30,774.66');
  await put(field(tom.page, 'Target markup'), '120');
  await eventually(() => bid(ana.page)).toBe('$58,873.25');
  await tom.page.getByRole('radiogroup').getByText('Margin').click();
  await summary.getByText('No price has a margin of 100 % or more', { exact: false }).waitFor();
  for (let step = 0; step < 4; step += 1) await tom.page.getByRole('button', { name: /^Undo: / }).click();
  await eventually(() => bid(ana.page), 'undone on both screens').toBe('$30,964.86');
});

test('rows copied from a spreadsheet are pasted where nothing is yet', async () => {
  const { page } = ana;
  await openEstimate(page, await createEstimate(house.server().origin, owner, 'Pasted'));
  await page.getByRole('heading', { name: 'Begin with a section' }).waitFor();
  await page.evaluate(() => {
    const rows = ['Description\tQty\tUnit\tUnit price', 'Gravel\t12\tt\t38.50', 'Spreading\t8\th\t54'];
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', rows.join('\n'));
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    );
  });
  await page.getByRole('button', { name: 'Import 2 lines' }).click();
  await page.getByText('Spreading').first().waitFor();
  // (12 × 38.50 + 8 × 54) / 0.85
  await eventually(() => bid(page)).toBe('$1,051.76');
});

test('following somebody brings into sight what they choose, and chooses nothing itself', async () => {
  await openEstimate(ana.page, job);
  await tom.page.setViewportSize({ width: 1440, height: 420 });
  await openEstimate(tom.page, job);
  const last = (page: Page) => page.getByRole('gridcell').getByText('Chimney counter-flashing');
  await tom.page.getByRole('button', { name: 'Follow Ana Diaz' }).click();
  await last(ana.page).click();
  await eventually(async () => {
    // A row that is far away is not there at all.
    const [cell] = await last(tom.page).elementHandles();
    const box = (await cell?.boundingBox()) ?? null;
    return box !== null && box.y > 0 && box.y + box.height <= 420;
  }, 'in sight of the follower').toBe(true);
  await tom.page.getByText('Following Ana Diaz', { exact: false }).waitFor();
  await tom.page.getByRole('button', { name: 'Stop following' }).click();
  await tom.page.setViewportSize({ width: 1440, height: 900 });
});

test('a rate that is none stays in its field with the reason, and nothing is written', async () => {
  const { page } = ana;
  const overhead = field(page, 'Overhead');
  await put(overhead, 'a lot');
  await panel(page, 'Summary').getByRole('alert').waitFor();
  await eventually(() => overhead.inputValue()).toBe('a lot');
  expect(await bid(page)).toBe('$30,964.86');
  await overhead.press('Escape');
  await eventually(() => overhead.inputValue()).toBe('8%');
  await showPanel(page, 'Settings');
  await put(field(page, 'E-mail'), 'nobody at all');
  await page.getByText('An e-mail address has an @: name@example.com.').waitFor();
  await field(page, 'E-mail').press('Escape');
  await put(field(page, 'E-mail'), 'office@hartmann.example');
  await page.getByRole('button', { name: 'Undo: Change details' }).click();
  await eventually(() => field(page, 'E-mail').inputValue()).toBe('');
});

test('two people who write in the scope at once both keep what they wrote, one of them offline', async () => {
  const scopeOf = async ({ page }: Visitor) => {
    await showPanel(page, 'Settings');
    return field(page, 'Scope of work');
  };
  const [hers, his] = [await scopeOf(ana), await scopeOf(tom)];
  const begun = 'Tear off the roof of Building C and install a new one.';
  await eventually(() => his.inputValue()).toBe(begun);
  await hers.press('Control+Home');
  await his.press('Control+End');
  await Promise.all([
    ana.page.keyboard.type('Safety first. ', { delay: 15 }),
    tom.page.keyboard.type(' Clean up daily.', { delay: 15 }),
  ]);
  const both = `Safety first. ${begun} Clean up daily.`;
  for (const area of [hers, his]) await eventually(() => area.inputValue()).toBe(both);
  expect(await hers.evaluate((area: HTMLTextAreaElement) => area.selectionStart), 'the caret').toBe(14);

  await tom.cable.cut('all');
  await eventually(() => badge(tom.page)).toMatch(/^Offline/);
  await tom.page.keyboard.type(' Keys at the gate.');
  await ana.page.keyboard.type('Helmets on site. ');
  await tom.cable.mend();
  const all = `Safety first. Helmets on site. ${begun} Clean up daily. Keys at the gate.`;
  for (const area of [hers, his]) await eventually(() => area.inputValue()).toBe(all);

  for (let step = 0; step < 6 && (await hers.inputValue()).includes('Helmets'); step += 1) {
    await hers.press('Control+z');
  }
  await eventually(() => his.inputValue(), 'undo takes back what one wrote oneself').not.toContain('Helmets');
  await eventually(() => his.inputValue()).toContain('Keys at the gate.');
});

test('the currency changes its sign after a question, and converts nothing', async () => {
  const { page } = ana;
  await showPanel(page, 'Settings');
  await page.getByRole('combobox', { name: 'Currency' }).click();
  await page.getByRole('option', { name: /^EUR/ }).click();
  await page.getByRole('dialog').getByText('$1,250.50 becomes €1,250.50', { exact: false }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await page.getByRole('button', { name: 'Change to EUR' }).click();
  await showPanel(page, 'Summary');
  await eventually(() => bid(page)).toBe('€30,964.86');
  await page.getByRole('button', { name: 'Undo: Change details' }).click();
  await eventually(() => bid(page)).toBe('$30,964.86');
});

test('prices stand still while the estimate is submitted, and say so', async () => {
  const { origin } = house.server();
  const status = (to: string) => owner.call(origin, 'POST', `/api/documents/${job}/status`, { to });
  expect((await status('submitted')).status).toBe(200);
  for (const { page } of [ana, tom]) {
    await page.getByText(/^Submitted as #1 on .* by Ana Diaz\. Re-open it to change prices\.$/).waitFor();
    await page.getByRole('button', { name: 'Status: Submitted #1', exact: true }).waitFor();
  }
  const { page } = ana;
  await showPanel(page, 'Summary');
  await eventually(() => panel(page, 'Summary').getByRole('textbox').count(), 'rates are read').toBe(0);
  await showPanel(page, 'Settings');
  await eventually(() => field(page, 'Target margin').isEditable()).toBe(false);
  await eventually(() => field(page, 'Scope of work').isEditable(), 'words are no price').toBe(true);
  expect(await faultsOf(page)).toEqual([]);
  await picture(page, 'estimate-submitted');
  expect((await status('draft')).status).toBe(200);
  await page.getByRole('button', { name: 'Status: Draft', exact: true }).waitFor();
  await eventually(() => field(page, 'Target margin').isEditable()).toBe(true);
});

test('whoever may only look reads all of it and changes nothing', async () => {
  const vera = await house.enter({ person: viewer, calm: true });
  const { page } = vera;
  await openEstimate(page, job);
  await eventually(() => bid(page)).toBe('$30,964.86');
  await page.getByText('You can comment on it', { exact: false }).waitFor();
  await eventually(() => panel(page, 'Summary').getByRole('textbox').count()).toBe(0);
  await eventually(() => page.getByRole('button', { name: /^Undo/ }).count()).toBe(0);
  const settings = await showPanel(page, 'Settings');
  await eventually(() => settings.getByRole('textbox', { name: 'Name' }).isEditable()).toBe(false);
  await eventually(() => settings.getByRole('textbox', { name: 'Scope of work' }).isEditable()).toBe(false);
  await eventually(() => faultsOf(page)).toEqual([]);
  await picture(page, 'estimate-viewer');
  expect(vera.complaints).toEqual([]);
  await vera.context.close();
});

test.each([
  ['desktop', 'light'],
  ['desktop', 'dark'],
  ['phone', 'dark'],
] as const)('the editor is for everybody: %s, %s', async (screen, colorScheme) => {
  const options = { person: owner, calm: true, screen, colorScheme };
  const { page, context, complaints } = await openProfile(house.browser, house.server().origin, options);
  await openEstimate(page, job);
  await untilSaved(page);
  expect(await faultsOf(page)).toEqual([]);
  await picture(page, `estimate-${screen}-${colorScheme}`);
  if (screen === 'phone') {
    await page.getByRole('button', { name: /^Bid \$30,964\.86/ }).click();
    const sheet = page.getByRole('dialog', { name: 'Summary' });
    await sheet.getByText('Total with tax').waitFor();
    expect(await faultsOf(page, 'opened')).toEqual([]);
    await picture(page, `estimate-summary-${screen}-${colorScheme}`);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('dialog', { name: 'Settings' }).getByText('Scope of work').waitFor();
  } else {
    await page.keyboard.press('Control+k');
    const words = page.getByRole('textbox', { name: 'Search commands and documents' });
    await words.fill('settings');
    await page.locator('[data-action][data-selected]', { hasText: 'Settings' }).waitFor();
    await words.press('Enter');
    await panel(page, 'Settings').waitFor();
  }
  await eventually(() => faultsOf(page, 'opened')).toEqual([]);
  await picture(page, `estimate-settings-${screen}-${colorScheme}`);
  expect(complaints).toEqual([]);
  await context.close();
});

test('nobody’s browser had anything to complain about', () => {
  expect([...ana.complaints, ...tom.complaints]).toEqual([]);
});
