/** The risks of an estimate, by two people at once, and what the job really cost, booked while the prices stand still. */
import { parseAmount } from '@tidemark/estimating';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, pictures, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let tom: Visitor;
let id: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  id = await createEstimate(origin, owner, 'Harbor Street roof', roof);
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: await signUpInvited(origin, owner, 'Tom Berg', 'editor'), calm: true });
  for (const { page } of [ana, tom]) {
    await openEstimate(page, id);
    await page.keyboard.press('Alt+2');
    await field(page, 'Title of risk 1').waitFor();
  }
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const field = (page: Page, name: string): Locator =>
  page.getByLabel(name, { exact: true }).and(page.locator('input, select'));
const figure = (page: Page, name: string): Promise<string> => page.getByTestId(name).innerText();
const cells = (page: Page, kind: 'expected' | 'mitigated'): Promise<string[]> =>
  page.getByTestId(kind).allInnerTexts();
const tab = (page: Page, name: string): Promise<void> => page.getByRole('tab', { name }).click();
const part = (page: Page, name: string): Promise<void> =>
  page.getByText(name, { exact: true }).first().click();
/** Ten-thousandths. */
const money = (text: string): number => {
  const read = parseAmount(text.replace(/^\+/, ''));
  if ('problem' in read) throw new Error(`${text} is no amount: ${read.problem}`);
  return read.value;
};
const usd = (amount: number): number => Math.round(amount * 10_000);

test('two people write into the register at once; both see every figure, and each where the other is', async () => {
  // Decking: 40 % of 800 to 4,500; weather: 30 % of 500 to 2,000.
  await eventually(() => cells(ana.page, 'expected')).toEqual(['1,060.00', '375.00']);
  await field(tom.page, 'Low impact of Weather delay').focus();
  await ana.page.getByText('Tom Berg', { exact: true }).and(ana.page.locator('table *')).waitFor();
  await field(ana.page, 'Probability of Rotten decking').fill('50%');
  await field(tom.page, 'High impact of Weather delay').fill('=2*1500');
  await Promise.all([ana.page.keyboard.press('Enter'), tom.page.keyboard.press('Enter')]);
  for (const { page } of [ana, tom]) {
    await eventually(() => cells(page, 'expected')).toEqual(['1,325.00', '525.00']);
    expect(await figure(page, 'in-bid')).toBe('$1,850.00');
    await eventually(() =>
      page.getByRole('region', { name: 'From base to bid', exact: true }).innerText(),
    ).toContain('$1,850.00');
  }
  expect(await figure(ana.page, 'bid')).toBe(await figure(tom.page, 'bid'));
});

test('a risk is added, described and moved by keyboard alone, and taken back with what was typed', async () => {
  const { page } = ana;
  await field(page, 'Title of risk 1').focus();
  await page.keyboard.press('Control+Enter');
  await expect
    .poll(() => field(page, 'Title of risk 3').evaluate((each) => each === document.activeElement))
    .toBe(true);
  await page.keyboard.type('Shingle price rises');
  await page.keyboard.press('Tab');
  await page.keyboard.type('mat');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.type('140');
  await page.keyboard.press('Enter');
  await page.getByText('A probability is between 0 and 100 %.').waitFor();
  await page.keyboard.press('Escape');
  for (const typed of ['60', '100', '300']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
  }
  await eventually(() => cells(tom.page, 'expected')).toEqual(['1,325.00', '525.00', '120.00']);
  await eventually(() => field(tom.page, 'Category of Shingle price rises').inputValue()).toBe('Materials');
  await field(page, 'Title of risk 3').focus();
  await page.keyboard.press('Alt+Shift+ArrowUp');
  await eventually(() => cells(tom.page, 'expected')).toEqual(['1,325.00', '120.00', '525.00']);
  expect(await field(page, 'Title of risk 2').evaluate((each) => each === document.activeElement)).toBe(true);
  await page.keyboard.press('Control+z');
  await eventually(() => cells(tom.page, 'expected')).toEqual(['1,325.00', '525.00', '120.00']);
});

test('a plan begins as the risk is; the one who applies it is named to the other, and totals stay equal', async () => {
  await field(ana.page, 'Mitigation of Rotten decking').fill('Open two spots before the bid');
  await ana.page.keyboard.press('Enter');
  await eventually(() => field(tom.page, 'Mitigated high impact of Rotten decking').inputValue()).toBe(
    '4,500.00',
  );
  await field(ana.page, 'Mitigated probability of Rotten decking').fill('10');
  await field(tom.page, 'Cost of the mitigation of Rotten decking').fill('250');
  await Promise.all([ana.page.keyboard.press('Tab'), tom.page.keyboard.press('Tab')]);
  // 10 % of 2,650, and 250.
  await eventually(() => cells(tom.page, 'mitigated')).toEqual(['515.00', '', '']);
  await eventually(() => figure(tom.page, 'open-worth')).toBe('+$810.00');
  await field(ana.page, 'Mitigation of Rotten decking is applied').focus();
  await ana.page.keyboard.press('Space');
  await tom.page.getByTitle(/^Ana Diaz, /).waitFor();
  for (const { page } of [ana, tom]) {
    await eventually(() => figure(page, 'in-bid')).toBe('$1,160.00');
    expect(await figure(page, 'unmitigated')).toBe('$1,970.00');
    expect(await figure(page, 'applied-worth')).toBe('+$810.00');
  }
});

test('the heat map holds every risk once, narrows the register and says where mitigations lead; the steps add up to the bid', async () => {
  const { page } = ana;
  const map = page.getByRole('table', { name: /^Risks by probability/ });
  const named = await map.getByRole('button').evaluateAll((all) => all.map((each) => each.textContent ?? ''));
  const risks = ['Rotten decking', 'Weather delay', 'Shingle price rises'];
  for (const risk of risks) expect(named.filter((name) => name.includes(risk))).toHaveLength(1);
  const cell = map.getByRole('button', { name: /Rotten decking.*probability 10–30%/ });
  await cell.focus();
  await page.keyboard.press('Enter');
  await eventually(() => cells(page, 'expected')).toEqual(['1,325.00']);
  await map.getByText(/risk 1 came from here/).waitFor({ state: 'attached' });
  await page.keyboard.press('Enter');
  await eventually(() => cells(page, 'expected')).toHaveLength(3);

  const steps = Object.fromEntries(
    await page
      .locator('[data-step]')
      .evaluateAll((rows) =>
        rows.map((row) => [row.getAttribute('data-step'), row.querySelector('td')?.textContent ?? '']),
      ),
  ) as Record<string, string>;
  const of = (name: string) => money(steps[name] ?? '');
  expect(of('base') + of('contingency') + of('overhead') + of('risk')).toBe(of('cost'));
  expect(of('cost') + of('margin')).toBe(of('bid'));
  expect(of('bid') + of('tax')).toBe(of('total'));
  expect(steps.risk).toBe(await figure(page, 'in-bid'));
  expect(steps.bid).toBe(await figure(page, 'bid'));
  await looked(page, 'risks');
});

test('while prices are locked costs are booked by keyboard against what was submitted, and the outcome of risks is told', async () => {
  const { origin } = house.server();
  await answer(owner.call(origin, 'POST', `/api/documents/${id}/status`, { to: 'submitted' }), 200);
  const { page } = ana;
  await eventually(() =>
    field(page, 'Probability of Rotten decking').getAttribute('readonly'),
  ).not.toBeNull();
  await page.keyboard.press('Alt+3');
  await page.getByText('as submitted, #1', { exact: true }).first().waitFor();
  await page.getByRole('combobox', { name: 'For', exact: true }).fill('Dumpster');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await field(page, 'Amount').fill('=2*600');
  await field(page, 'Vendor').fill('Dumpster Co');
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach a file to the new cost' }).click();
  await page.getByRole('menuitem', { name: 'Attach a new file' }).click();
  await (await chooser).setFiles({
    name: 'receipt.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('1,200.00'),
  });
  await page.getByRole('button', { name: 'File of the new cost: receipt.txt' }).waitFor();
  await field(page, 'Vendor').focus();
  await page.keyboard.press('Enter');
  await eventually(() => field(page, 'Amount').inputValue()).toBe('');
  await page.keyboard.type('30.50');
  await page.keyboard.press('Enter');
  await tab(tom.page, 'Actuals');
  for (const each of [ana, tom]) await eventually(() => figure(each.page, 'actual')).toBe('$1,230.50');

  await tom.page
    .getByRole('button', { name: 'File of $1,200.00 to Dumpster Co: receipt.txt', exact: true })
    .waitFor();

  await part(tom.page, 'Variance');
  const table = tom.page.getByRole('table', { name: 'Variance' });
  await table.getByRole('button', { name: 'Tear-off and disposal' }).click();
  const row = (name: string) =>
    table
      .getByRole('row', { name: new RegExp(`^${name}`) })
      .getByRole('cell')
      .allInnerTexts();
  // Two at 585, and 60.50 more of that.
  expect((await row('Dumpster 30 yd')).slice(0, 4)).toEqual(['1,170.00', '1,230.50', '+60.50', '+5.17%']);
  expect((await row('Total against the base'))[1]).toBe('1,230.50');
  expect(usd(1_230.5)).toBe(money((await row('Tear-off and disposal'))[1] ?? ''));

  await part(page, 'Review');
  await field(page, 'Outcome of Rotten decking').selectOption('struck');
  await field(page, 'Actual impact of Rotten decking').fill('2,100');
  await page.keyboard.press('Tab');
  await field(page, 'Actual days').fill('8');
  await field(page, 'What it is').fill('Probe the deck at the eaves first');
  await page.keyboard.press('Enter');
  await part(tom.page, 'Review');
  await eventually(() => field(tom.page, 'Actual impact of Rotten decking').inputValue()).toBe('2,100.00');
  await eventually(() => figure(tom.page, 'days')).toBe('8');
  await field(tom.page, 'Text of Issue Probe the deck at the eaves first').waitFor();
});

test('nothing is wrong with the actuals for those who need help to see them', async () => {
  for (const [name, schemes] of [
    ['Costs', ['dark', 'light']],
    ['Variance', ['dark']],
    ['Review', ['light']],
  ] as const) {
    await part(ana.page, name);
    await looked(ana.page, `actuals-${name.toLowerCase()}`, schemes);
  }
  expect([...ana.complaints, ...tom.complaints]).toEqual([]);
});

/** Nothing is wrong with it. */
async function looked(
  page: Page,
  name: string,
  schemes: readonly ('dark' | 'light')[] = ['dark', 'light'],
): Promise<void> {
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme });
    await untilPainted(page);
    expect(await faultsOf(page), `${name}, ${colorScheme}`).toEqual([]);
  }
  await pictures(page, `estimate-${name}`);
}

/** Colours come down level by level: all are there when the innermost text has that of the page. */
const untilPainted = (page: Page) =>
  eventually(() =>
    page.evaluate(() => {
      const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
      const words = document.querySelector('main .mantine-SegmentedControl-label[data-active] span');
      const colour = (element: Element) => getComputedStyle(element).color;
      const isThere = words !== null && colour(words) === colour(document.body);
      return document.documentElement.dataset.mantineColorScheme === scheme && isThere;
    }),
  ).toBe(true);
