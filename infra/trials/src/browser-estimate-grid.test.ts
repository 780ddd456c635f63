/** The estimate's grid in a real browser: an estimate made by keyboard alone, 2,000 lines, another person's hand, a phone. */
import { estimate, removeLines, setCells } from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { untilSaved } from './harness/dashboard.ts';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { type Person, signUp, syncUrl } from './harness/people.ts';
import { Writer } from './harness/writer.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let big: string;
beforeAll(async () => {
  house = await openHouse();
  owner = await signUp(house.server().origin, 'Ana Diaz');
  ana = await house.enter({ person: owner, calm: true });
  big = await createEstimate(house.server().origin, owner, 'Tower', { sections: manyLines() });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

/** Ten sections of 200 lines, each of 3 for 10.00. */
function manyLines() {
  return Array.from({ length: 10 }, (_, section) => ({
    id: `s${section}`,
    name: `Floor ${section + 1}`,
    lines: Array.from({ length: 200 }, (_, at) => ({
      id: `l${section}-${at}`,
      name: `Line ${section + 1}.${at + 1}`,
      qty: 3_000_000,
      unit: 'ea',
      unitCost: 100_000,
      optional: at === 2,
    })),
  }));
}

/** What the active cell is called, and what stands in it. */
const active = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const field = document.activeElement;
    if (!(field instanceof HTMLInputElement)) return `not a cell: ${field?.tagName}`;
    return `${field.getAttribute('aria-label')}: ${field.value}`;
  });

/** The lines in sight: description, quantity, unit, unit cost, amount. */
const lines = (page: Page): Promise<string[]> =>
  page
    .locator('[role=row]:has([role=rowheader][aria-label^="Line "])')
    .evaluateAll((rows) =>
      rows.map((row) =>
        ['name', 'qty', 'unit', 'unitCost', 'amount']
          .map((column) => row.querySelector(`[data-column=${column}] > span`)?.textContent)
          .join(' | '),
      ),
    );

/** Notes from now on which rows change on the screen. */
const watchRows = (page: Page) =>
  page.evaluate(() => {
    const touched = new Set<string>();
    const grid = document.querySelector('[role=grid]')!;
    const rowOf = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest('[role=row]');
    new MutationObserver((changes) => {
      for (const { target } of changes) touched.add(rowOf(target)?.getAttribute('data-row') ?? 'totals');
    }).observe(grid, { subtree: true, childList: true, characterData: true, attributes: true });
    Object.assign(globalThis, { touched });
  });
const touchedRows = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...(globalThis as unknown as { touched: Set<string> }).touched].sort());

const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

/** Colours come down level by level: all are there when the innermost text has that of its cell. */
const untilPainted = (page: Page) =>
  eventually(() =>
    page.getByText('Add a section').evaluate((words) => {
      const cell = words.closest('[data-column]');
      const root = document.documentElement;
      const scheme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
      const colour = (element: Element) => getComputedStyle(element).color;
      return root.dataset.mantineColorScheme === scheme && cell !== null && colour(words) === colour(cell);
    }),
  ).toBe(true);

/** Types, then goes on by a key. */
const type = async (page: Page, text: string, then: string) => {
  await page.keyboard.type(text);
  await page.keyboard.press(then);
};

test('GRID-3, GRID-9, GRID-10, GRID-12, GRID-14: an estimate is made by keyboard alone', async () => {
  const { page } = ana;
  await openEstimate(page, await createEstimate(house.server().origin, owner, 'Shed'));
  await untilSaved(page);
  const begin = page.getByRole('button', { name: 'Add the first section' });
  await begin.focus();
  await page.keyboard.press('Enter');
  const grid = page.getByRole('grid', { name: 'Lines of the estimate' });
  await grid.waitFor();
  await eventually(() => active(page)).toBe('Section, open, 0 lines: ');
  await type(page, 'Roof', 'Enter');
  await eventually(() => active(page)).toBe('Add a line: ');

  await type(page, 'Shingles', 'Tab');
  await type(page, '12*3.5', 'Tab');
  await type(page, 's', 'ArrowDown');
  await page.keyboard.press('Tab');
  await type(page, '112.34', 'Tab');
  await type(page, '10%', 'Enter');
  await eventually(() => active(page), 'back where the run of Tab began, one row down').toBe('Add a line: ');
  await type(page, 'Roofer', 'Tab');
  await type(page, '8.25', 'Tab');
  await type(page, 'hr', 'Tab');
  await type(page, '68.5', 'Tab');
  await page.keyboard.press('Tab');
  await type(page, 'l', 'Enter');
  await eventually(() => lines(page)).toEqual([
    'Shingles | 42 | sf | 112.34 | 5,190.11',
    'Roofer | 8.25 | hr | 68.50 | 565.13',
  ]);
  await eventually(() => page.locator('[data-column=kind]').allInnerTexts()).toEqual(['Materials', 'Labour']);

  // What was typed is opened again, and left as it was.
  await press(page, 'Control+Home', 'ArrowDown', 'ArrowRight', 'ArrowRight');
  await eventually(() => active(page)).toBe('Quantity, Shingles: 42');
  await page.keyboard.press('F2');
  await eventually(() => active(page)).toBe('Quantity, Shingles: 12*3.5');
  await page.keyboard.press('Escape');
  await eventually(() => active(page)).toBe('Quantity, Shingles: 42');

  // In an open cell keys are those of a field.
  await press(page, 'F2', 'Backspace', 'ArrowLeft', 'Backspace');
  await eventually(() => active(page)).toBe('Quantity, Shingles: 12*.');
  await press(page, 'Control+a');
  await type(page, '42 ', 'Escape');
  await eventually(() => active(page)).toBe('Quantity, Shingles: 42');

  // What can't be read is not written, and says why.
  await type(page, '40 or so', 'Enter');
  await page.getByText('That is not a number.').waitFor();
  await picture(page, 'estimate-grid-problem');
  expect((await lines(page))[0]).toContain('| 42 |');
  await page.keyboard.press('Escape');
  await eventually(() => active(page)).toBe('Quantity, Shingles: 42');

  // Undo leads to what it changed.
  await type(page, '40', 'Enter');
  await press(page, 'Control+End', 'Control+z');
  await eventually(() => active(page)).toBe('Quantity, Shingles: 42');
  await press(page, 'Control+y');
  await eventually(() => active(page)).toBe('Quantity, Shingles: 40');

  // A block: filled, cleared, taken back.
  await press(page, 'Shift+ArrowDown');
  await type(page, '5', 'Control+Enter');
  await eventually(() => lines(page)).toEqual([
    'Shingles | 5 | sf | 112.34 | 617.87',
    'Roofer | 5 | hr | 68.50 | 342.50',
  ]);
  await press(page, 'Delete');
  await eventually(() => lines(page)).toEqual([
    'Shingles | 0 | sf | 112.34 | 0.00',
    'Roofer | 0 | hr | 68.50 | 0.00',
  ]);
  await press(page, 'Control+z');
  await eventually(() => lines(page).then(([first]) => first)).toContain('| 5 |');

  // Lines move, are duplicated by the menu, and the section folds.
  await press(page, 'Escape', 'Alt+Shift+ArrowDown');
  await eventually(() => lines(page).then((all) => all.map((text) => text.split(' ')[0]))).toEqual([
    'Roofer',
    'Shingles',
  ]);
  await press(page, 'Shift+F10');
  await eventually(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('menuitem');
  await picture(page, 'estimate-grid-menu');
  await press(page, 'ArrowDown', 'ArrowDown', 'Enter');
  await eventually(() => lines(page)).toHaveLength(3);
  await eventually(() => active(page)).toBe('Quantity, Shingles: 5');
  await press(page, 'Control+Home', 'ArrowLeft');
  await eventually(() => lines(page)).toHaveLength(0);
  await press(page, 'ArrowRight');
  await eventually(() => lines(page)).toHaveLength(3);

  // Out of the grid.
  await press(page, 'Escape', 'Tab');
  await eventually(() => page.evaluate(() => document.activeElement?.closest('[role=grid]') === null)).toBe(
    true,
  );
  expect(ana.complaints).toEqual([]);
});

test('GRID-18, GRID-21: of 2,000 lines only those in sight are mounted, and the last is one key away', async () => {
  const { page } = ana;
  await openEstimate(page, big);
  await untilSaved(page);
  const rows = page.getByRole('row');
  const grid = page.getByRole('grid', { name: 'Lines of the estimate' });
  await eventually(() => lines(page).then(([first]) => first)).toContain('Line 1.1');
  // Heads, lines, places to begin one, names of the columns and totals.
  await eventually(() => grid.getAttribute('aria-rowcount')).toBe(String(10 + 2000 + 10 + 1 + 2));
  await eventually(() => rows.count()).toBeLessThan(70);
  await page.getByText('Line 1.2', { exact: true }).click();
  await press(page, 'Control+End', 'ArrowUp', 'ArrowUp');
  await eventually(() => active(page)).toBe('Note, Line 10.200: ');
  await eventually(() => rows.count()).toBeLessThan(70);
  const head = page.getByRole('row').filter({ hasText: 'Floor 10' });
  await eventually(
    () => head.evaluate((row) => getComputedStyle(row).position),
    'the head of the section stays',
  ).toBe('sticky');
  await picture(page, 'estimate-grid-end');
  await page.getByRole('tab', { name: /^Risks/ }).click();
  await grid.waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: 'Estimate' }).click();
  await page.getByText('Line 10.200', { exact: true }).click();
  await press(page, 'Control+a');
  await page.getByText('2000 lines').waitFor();
  await press(page, 'Escape', 'Control+Home');
  await eventually(() => active(page)).toBe('Section, open, 200 lines: Floor 1');
  await eventually(() => rows.count()).toBeLessThan(70);
});

test('GRID-9, GRID-17: what others do leaves an open cell alone, until its line is gone', async () => {
  const { page } = ana;
  const writer = new Writer(await syncUrl(house.server().origin, owner, big), 'tom');
  await writer.untilLive();
  const tom = createEditor(writer.doc, estimate.schema);
  await press(page, 'ArrowDown', 'ArrowRight', 'ArrowRight');
  await eventually(() => active(page)).toBe('Quantity, Line 1.1: 3');
  await page.keyboard.type('77');
  await watchRows(page);
  setCells(tom, [
    { id: 'l0-0', column: 'qty', value: 9_000_000 },
    { id: 'l0-1', column: 'qty', value: 8_000_000 },
  ]);
  await eventually(() => lines(page).then(([, second]) => second)).toBe('Line 1.2 | 8 | ea | 10.00 | 80.00');
  await eventually(() => active(page)).toBe('Quantity, Line 1.1: 77');
  expect(await touchedRows(page), 'no other row was drawn anew').toEqual(['#s0', 'l0-0', 'l0-1', 'totals']);
  removeLines(tom, ['l0-0']);
  await page.getByText('Somebody removed the line that you were writing in.').waitFor();
  await picture(page, 'estimate-grid-lost');
  await eventually(() => active(page), 'the line now in its place').toBe('Quantity, Line 1.2: 8');
  await eventually(() => page.locator('q').innerText()).toBe('77');
  await page.getByRole('button', { name: 'Dismiss' }).click();
  writer.close();
});

test('GRID-5: an input method composes in the cell that is chosen, from its first letter on', async () => {
  const { page, context } = ana;
  const cdp = await context.newCDPSession(page);
  await press(page, 'ArrowDown', 'ArrowLeft');
  await eventually(() => active(page)).toMatch(/^Description/);
  await cdp.send('Input.imeSetComposition', { text: 'か', selectionStart: 1, selectionEnd: 1 });
  await cdp.send('Input.imeSetComposition', { text: 'かわら', selectionStart: 3, selectionEnd: 3 });
  await eventually(() => active(page)).toBe('Description, optional: かわら');
  await cdp.send('Input.insertText', { text: '瓦' });
  await page.keyboard.press('Enter');
  await eventually(() => lines(page).then(([, second]) => second)).toBe('瓦 | 3 | ea | 10.00 | 30.00');
  await press(page, 'Control+z');
  await cdp.detach();
});

test('GRID-2: a column is hidden, and stays so on this device', async () => {
  const { page } = ana;
  const code = page.getByRole('columnheader', { name: 'Code' });
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Code' }).click();
  await eventually(() => code.count()).toBe(0);
  await page.reload();
  await page.getByRole('grid').waitFor();
  await eventually(() => code.count()).toBe(0);
});

test('GRID-19: nothing is wrong with it for anybody, light or dark', async () => {
  const { page } = ana;
  await openEstimate(page, await createEstimate(house.server().origin, owner, 'Building C', roof));
  await page.getByText('Ridge vent', { exact: true }).click();
  await press(page, 'Shift+ArrowUp', 'Shift+ArrowRight');
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await untilPainted(page);
    expect(await faultsOf(page), colorScheme).toEqual([]);
    await picture(page, `estimate-grid-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await press(page, 'Shift+F10');
  await page.getByRole('menuitem', { name: 'Duplicate' }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await press(page, 'Escape');
  expect(ana.complaints).toEqual([]);
});

test('GRID-20: on a phone lines are a list, and each opens as a form', async () => {
  const { page, complaints } = await house.enter({ person: owner, screen: 'phone', calm: true });
  await openEstimate(page, big);
  await page.getByRole('button', { name: /^Line 1\.4/ }).waitFor();
  await eventually(() => page.getByRole('listitem').count()).toBeLessThan(40);
  expect(await faultsOf(page)).toEqual([]);
  await picture(page, 'estimate-phone');
  await page.getByRole('button', { name: /^Line 1\.4/ }).tap();
  const quantity = page.getByRole('textbox', { name: 'Quantity' });
  await quantity.fill('2*6');
  await quantity.press('Enter');
  await eventually(() => page.getByRole('dialog').innerText()).toContain('$120.00');
  await page.getByRole('textbox', { name: 'Unit cost' }).fill('ten');
  await page.getByRole('textbox', { name: 'Quantity' }).focus();
  await page.getByText('That is not a number.').waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'estimate-phone-line');
  expect(complaints).toEqual([]);
});
