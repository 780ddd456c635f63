/** Two people at the lines of one estimate, in real browsers: the clipboard, filling, drawing rows, who is where, who overwrote what. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { untilSaved } from './harness/dashboard.ts';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let bob: Visitor;
let shared: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  ana = await house.enter({ person: owner, calm: true });
  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  bob = await house.enter({ person: await signUpInvited(origin, owner, 'Bob Stone', 'editor'), calm: true });
  shared = await createEstimate(origin, owner, 'Building C', roof);
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

/** The lines in sight: description, quantity, unit, unit cost. */
const lines = (page: Page): Promise<string[]> =>
  page
    .locator('[role=row]:has([role=rowheader][aria-label^="Line "])')
    .evaluateAll((rows) =>
      rows.map((row) =>
        ['name', 'qty', 'unit', 'unitCost']
          .map((column) => row.querySelector(`[data-column=${column}] > span`)?.textContent)
          .join(' | '),
      ),
    );
const cell = (page: Page, line: string, column: string) =>
  page.locator(`[role=row]:has-text("${line}") [data-column=${column}]`).first();
const press = async (page: Page, ...keys: readonly string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};
const clipboard = (page: Page, type: 'text/plain' | 'text/html'): Promise<string> =>
  page.evaluate(async (wanted) => {
    const [item] = await navigator.clipboard.read();
    return (await item?.getType(wanted))?.text() ?? '';
  }, type);
/** Puts something on the clipboard as another program does. */
const offer = (page: Page, text: string, html?: string) =>
  page.evaluate(
    async ([plain = '', rich]) => {
      const blob = (type: string, content: string) => new Blob([content], { type });
      await navigator.clipboard.write([
        new ClipboardItem({
          'text/plain': blob('text/plain', plain),
          ...(rich && { 'text/html': blob('text/html', rich) }),
        }),
      ]);
    },
    [text, html] as const,
  );

test('GRID-32, GRID-33, GRID-34: blocks travel by the real clipboard, to others and back', async () => {
  const { page } = ana;
  await openEstimate(page, shared);
  await untilSaved(page);
  await cell(page, 'Dumpster 30 yd', 'name').click();
  await press(
    page,
    'Shift+ArrowDown',
    'Shift+ArrowRight',
    'Shift+ArrowRight',
    'Shift+ArrowRight',
    'Control+c',
  );
  await eventually(() => clipboard(page, 'text/plain')).toBe(
    'Dumpster 30 yd\t2\tea\t585\r\nLandfill fees\t18\tt\t92',
  );
  expect(await clipboard(page, 'text/html')).toContain('585</td>');

  // Whole lines, with all they hold, into another section.
  await page.locator('[role=row]:has-text("Ridge vent") [role=rowheader] span').click();
  await press(page, 'Control+c');
  await cell(page, 'Landfill fees', 'name').click();
  await press(page, 'Control+v');
  await eventually(async () => (await lines(page))[3]).toBe('Ridge vent | 120 | LF | 6.25');
  await eventually(() => page.locator('[role=row]:has-text("Ridge vent"):has-text("Optional")').count()).toBe(
    2,
  );
  await press(page, 'Control+z');
  await eventually(async () => (await lines(page))[3]).toContain('Architectural shingles');

  // By the menu, whole lines.
  await page.locator('[role=row]:has-text("Ridge vent") [role=rowheader] span').click();
  await press(page, 'Shift+F10');
  await picture(page, 'estimate-menu');
  await page.getByRole('menuitem', { name: 'Copy' }).click();
  await eventually(() => clipboard(page, 'text/plain')).toContain('Ridge vent');
  await cell(page, 'Landfill fees', 'name').click();
  await press(page, 'Shift+F10');
  await page.getByRole('menuitem', { name: 'Paste' }).click();
  await eventually(() => page.locator('[role=row]:has-text("Ridge vent"):has-text("Optional")').count()).toBe(
    2,
  );
  await press(page, 'Control+z');
  await eventually(async () => (await lines(page))[3]).toContain('Architectural shingles');

  // From a spreadsheet, with something in it that is no number.
  await offer(
    page,
    'Skip hire\t3\tea\t210.50\r\n"Tipping,\nper tonne"\tmany\tt\t75\r\nPermit\t1\tea\t99\r\nSigns\t2\tea\t15\r\n',
  );
  await cell(page, 'Landfill fees', 'name').click();
  await press(page, 'Control+v');
  await page.getByText('could not be read').first().waitFor();
  await eventually(async () => (await lines(page)).slice(2, 6)).toEqual([
    'Skip hire | 3 | ea | 210.50',
    'Tipping, per tonne | 0 | t | 75.00',
    'Permit | 1 | ea | 99.00',
    'Signs | 2 | ea | 15.00',
  ]);
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'estimate-paste-report-dark');
  await eventually(() => faultsOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await picture(page, 'estimate-paste-report');
  await eventually(() => faultsOf(page)).toEqual([]);
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await press(page, 'Control+z');
  await eventually(async () => (await lines(page))[2]).toBe('Landfill fees | 18 | t | 92.00');
  expect(ana.complaints).toEqual([]);
});

test('GRID-44: whole lines that are cut are moved by the clipboard: the same line, one step', async () => {
  const { page } = ana;
  const vents = page.locator('[role=row]:has-text("Ridge vent")');
  const id = await vents.getAttribute('data-row');
  await vents.locator('[role=rowheader] span').click();
  await press(page, 'Control+x');
  await eventually(() => page.locator('[data-cut]').count()).toBe(1);
  await picture(page, 'estimate-cut');
  await press(page, 'Escape');
  await eventually(() => page.locator('[data-cut]').count()).toBe(0);
  await press(page, 'Control+x');
  await eventually(() => page.locator('[data-cut]').count()).toBe(1);
  await cell(page, 'Landfill fees', 'name').click();
  await press(page, 'Control+v');
  await eventually(async () => (await lines(page))[3]).toBe('Ridge vent | 120 | LF | 6.25');
  expect(await vents.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-row')))).toEqual([id]);
  await eventually(() => page.locator('[data-cut]').count()).toBe(0);
  await press(page, 'Control+z');
  await eventually(async () => (await lines(page))[3]).toContain('Architectural shingles');
  expect(ana.complaints).toEqual([]);
});

test('GRID-36: two thousand rows are pasted while the page goes on', async () => {
  const { page } = ana;
  await offer(
    page,
    Array.from({ length: 2_000 }, (_, row) => `Part ${row + 1}\t${row + 1}\tea\t1.25`).join('\n'),
  );
  await page.getByRole('row').filter({ hasText: 'Add a line' }).first().click();
  await press(page, 'Escape', 'Control+v');
  await page.getByText('2003 lines', { exact: true }).first().waitFor();
  await untilSaved(page);
  await press(page, 'Control+z');
  await eventually(() => page.getByText('3 lines', { exact: true }).count()).toBe(2);
  expect(ana.complaints).toEqual([]);
});

test('GRID-37: Ctrl+D, Ctrl+R and the corner fill', async () => {
  const { page } = ana;
  await cell(page, 'Remove existing shingles', 'unit').click();
  await press(page, 'Shift+ArrowDown', 'Control+d');
  await eventually(async () => (await lines(page)).slice(0, 2).map((text) => text.split(' | ')[2])).toEqual([
    'SQ',
    'SQ',
  ]);
  await cell(page, 'Dumpster 30 yd', 'unit').click();
  const corner = await page.locator('[data-fill-handle]').boundingBox();
  const below = await cell(page, 'Landfill fees', 'unit').boundingBox();
  await page.mouse.move(corner!.x + 4, corner!.y + 4);
  await page.mouse.down();
  await page.mouse.move(below!.x + 20, below!.y + 10, { steps: 4 });
  await picture(page, 'estimate-fill');
  await page.mouse.up();
  await eventually(async () => (await lines(page))[2]).toBe('Landfill fees | 18 | SQ | 92.00');
  await press(page, 'Control+z', 'Control+z');
  await eventually(async () => (await lines(page))[1]).toBe('Dumpster 30 yd | 2 | ea | 585.00');
});

const peer = (page: Page, name: string) => page.locator(`[data-peer="${name}"]`);
const names = async (page: Page) => (await lines(page)).map((text) => text.split(' | ')[0]?.split(',')[0]);

test('GRID-40: where somebody is, whether they type, at which edge they are, and following them', async () => {
  await openEstimate(bob.page, shared);
  await cell(bob.page, 'Dumpster 30 yd', 'qty').click();
  await peer(ana.page, 'Bob Stone').getByText('Bob Stone').waitFor();
  await bob.page.keyboard.type('4');
  await peer(ana.page, 'Bob Stone').getByText('is typing').waitFor();
  for (const colorScheme of ['dark', 'light'] as const) {
    await ana.page.emulateMedia({ colorScheme });
    await picture(ana.page, `estimate-others-${colorScheme}`);
    // Colours glide from one scheme to the other.
    await eventually(() => faultsOf(ana.page), colorScheme).toEqual([]);
  }
  await press(bob.page, 'Escape');
  await eventually(() => peer(ana.page, 'Bob Stone').getByText('is typing').count()).toBe(0);
  await press(bob.page, 'Shift+ArrowDown', 'Shift+ArrowRight');
  await ana.page.setViewportSize({ width: 1100, height: 480 });
  await cell(ana.page, 'Remove existing', 'name').click();
  await cell(bob.page, 'Chimney', 'qty').click();
  const below = ana.page.getByRole('button', { name: 'Go to Bob Stone, below' });
  await below.waitFor();
  await picture(ana.page, 'estimate-others-edge');
  expect(await faultsOf(ana.page)).toEqual([]);
  await below.click();
  await eventually(() => below.count()).toBe(0);
  await ana.page.getByRole('button', { name: 'Follow Bob Stone' }).click();
  for (const [line, side] of [
    ['Remove existing', 'above'],
    ['Chimney', 'below'],
  ] as const) {
    await cell(bob.page, line, 'qty').click();
    const away = ana.page.getByRole('button', { name: `Go to Bob Stone, ${side}` });
    await eventually(
      async () => (await away.count()) === 0 && (await cell(ana.page, line, 'qty').isVisible()),
    ).toBe(true);
  }
  await ana.page.getByText('Following').first().waitFor();
  await press(ana.page, 'Escape');
  await ana.page.setViewportSize({ width: 1440, height: 900 });
});

test('GRID-41, GRID-42: what somebody else writes into an open cell is asked about, and over a finished one is told', async () => {
  const write = async (page: Page, text: string) => {
    await cell(page, 'Dumpster 30 yd', 'qty').click();
    await page.keyboard.type(text);
  };
  const quantity = async (page: Page) => (await lines(page))[1]?.split(' | ')[1];
  await write(ana.page, '77');
  await write(bob.page, '12');
  await press(bob.page, 'Enter');
  const note = ana.page.getByRole('status').filter({ hasText: 'Bob Stone changed this to 12' });
  await note.waitFor();
  await picture(ana.page, 'estimate-overwrite');
  expect(await faultsOf(ana.page, 'opened')).toEqual([]);
  await press(ana.page, 'Escape');
  await eventually(() => quantity(ana.page)).toBe('12');
  await write(ana.page, '78');
  await write(bob.page, '13');
  await press(bob.page, 'Enter');
  await ana.page.getByRole('button', { name: 'Keep mine' }).click();
  // It is told for five seconds: looked for with each frame in the page, from before on.
  await Promise.all([
    bob.page.waitForFunction(() => document.body.textContent?.includes('changed by Ana Diaz')),
    press(ana.page, 'Enter'),
  ]);
  await eventually(() => quantity(bob.page)).toBe('78');
  await picture(bob.page, 'estimate-overwritten');
  expect(ana.complaints).toEqual([]);
});

test('GRID-38, GRID-39: lines and sections are drawn elsewhere while somebody removes one of their neighbours', async () => {
  const { page } = ana;
  const handle = (name: string) => page.locator(`[role=row]:has-text("${name}") [role=rowheader]`).first();
  const middle = async (name: string, column = 'name') => {
    const box = (await cell(page, name, column).boundingBox())!;
    return { x: box.x + 40, y: box.y + box.height / 2 };
  };
  const take = async (name: string) => {
    await handle(name).hover({ position: { x: 6, y: 14 } });
    await page.mouse.down();
  };
  await take('Step flashing');
  const over = await middle('Dumpster 30 yd');
  await page.mouse.move(over.x, over.y - 10, { steps: 5 });
  await page.locator('[data-drop-mark]').waitFor();
  await picture(page, 'estimate-drag');
  await press(page, 'Escape');
  await eventually(() => page.locator('[data-drop-mark]').count()).toBe(0);
  await page.mouse.up();
  expect((await names(page)).at(-3)).toBe('Step flashing');

  await take('Step flashing');
  await page.mouse.move(over.x, over.y - 10, { steps: 5 });
  await page.locator('[data-drop-mark]').waitFor();
  await bob.page.locator('[role=row]:has-text("Landfill fees") [role=rowheader] span').first().click();
  await press(bob.page, 'Control+-');
  await eventually(async () => (await names(page)).includes('Landfill fees')).toBe(false);
  await page.mouse.up();
  await eventually(() => names(bob.page)).toEqual([
    'Remove existing shingles',
    'Step flashing',
    'Dumpster 30 yd',
    'Architectural shingles',
    'Synthetic underlayment',
    'Ice and water shield',
    'Install shingles',
    'Ridge vent',
    'Seamless gutters',
    'Chimney counter-flashing',
  ]);
  await press(page, 'Control+z');
  await eventually(async () => (await names(page)).at(-3)).toBe('Step flashing');

  await take('Flashing and gutters');
  const top = await middle('Remove existing');
  await page.mouse.move(top.x, top.y - 30, { steps: 6 });
  await page.mouse.up();
  await eventually(async () => (await names(bob.page))[0]).toBe('Step flashing');
  expect(ana.complaints).toEqual([]);
  expect(bob.complaints).toEqual([]);
});

test('GRID-43: an item of the price list is offered while a line is described', async () => {
  const { page } = ana;
  const item = {
    name: 'Coil nails',
    code: 'N-8',
    unit: 'box',
    unitCost: 385_000,
    currency: 'USD',
    kind: 'mat',
  };
  const rest = { wasteBp: 0, category: 'Fasteners', note: '' };
  const made = owner.call(house.server().origin, 'POST', '/api/price-list/items', { ...item, ...rest });
  await answer(made, 201);
  await page.getByRole('row').filter({ hasText: 'Add a line' }).first().click();
  await page.keyboard.type('coil');
  await page.getByRole('option', { name: /Coil nails/ }).waitFor();
  await picture(page, 'estimate-price-choice');
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await press(page, 'ArrowDown', 'Enter');
  await page.keyboard.type('3');
  await press(page, 'Enter');
  await eventually(() => lines(bob.page)).toContain('Coil nails | 3 | box | 38.50');
  expect(ana.complaints).toEqual([]);
});
