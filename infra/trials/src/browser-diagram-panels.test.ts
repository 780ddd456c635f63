/** The tools around the diagram's canvas: edited by keyboard alone, by two people at once, linted, searched, copied between diagrams. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openProfile } from './harness/browser.ts';
import { untilSaved } from './harness/dashboard.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let tom: Visitor;
let order: string;
beforeAll(async () => {
  house = await openHouse();
  owner = await signUp(house.server().origin, 'Ana Diaz');
  order = await createDiagram('Order');
  // Two windows of one person: what is tried is the merge of their edits.
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: owner, calm: true });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

async function createDiagram(title: string): Promise<string> {
  const { origin } = house.server();
  const made = owner.call(origin, 'POST', '/api/documents', { kind: 'diagram', title });
  return (await answer<{ id: string }>(made, 201)).id;
}

const tree = (page: Page): Locator => page.getByRole('tree', { name: 'Outline' });
const lines = (page: Page): Promise<(string | null)[]> =>
  page.getByRole('treeitem').evaluateAll((items) => items.map((item) => item.getAttribute('aria-label')));
const tab = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`/d/${id}`);
  await page.locator('.djs-container').waitFor();
  await untilSaved(page);
}

async function showPanel(page: Page, name: string): Promise<void> {
  const panel = page.getByRole('complementary', { name, exact: true });
  if (!(await panel.isVisible())) await tab(page, new RegExp(`^${name}`)).click();
  await panel.waitFor();
}

/** Chooses a way through the menu of the active line, as the keyboard does. */
async function choose(page: Page, ...items: readonly string[]): Promise<void> {
  await page.keyboard.press('Shift+F10');
  for (const [depth, name] of items.entries()) {
    const item = page.getByRole('menuitem', { name, exact: true });
    await item.waitFor();
    // A menu that is still opening has not taken the keys from the outline.
    const holdsKeys = () =>
      item.evaluate((element) => element.closest('[role="menu"]')?.contains(document.activeElement) ?? false);
    await eventually(holdsKeys, `the menu with ${name} holds the keys`).toBe(true);
    for (let step = 0; step < 30; step += 1) {
      if (await item.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press('ArrowDown');
    }
    expect(await item.evaluate((element) => element === document.activeElement), name).toBe(true);
    await page.keyboard.press(depth < items.length - 1 ? 'ArrowRight' : 'Enter');
  }
  await eventually(() => page.getByRole('menu').count(), 'the menu is gone').toBe(0);
}

/** The line that keys act on. */
const active = (page: Page): Promise<string | null> =>
  tree(page).evaluate((box) => {
    const id = box.getAttribute('aria-activedescendant');
    return (id && document.getElementById(id)?.getAttribute('aria-label')) || null;
  });

async function goTo(page: Page, label: string): Promise<void> {
  await tree(page).focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 40 && (await active(page)) !== label; step += 1) {
    await page.keyboard.press('ArrowDown');
  }
  expect(await active(page)).toBe(label);
}

test('a process is built, named, documented, changed and taken back by keyboard alone', async () => {
  const { page } = ana;
  await open(page, order);
  await showPanel(page, 'Outline');
  await goTo(page, 'Start event');
  await choose(page, 'Append', 'Task');
  await eventually(() => active(page)).toBe('Task');
  await page.keyboard.press('F2');
  await page.getByRole('textbox', { name: 'Name of Task' }).waitFor();
  await page.keyboard.type('Pack the order');
  await page.keyboard.press('Enter');
  await eventually(() => active(page)).toBe('Pack the order, Task');
  await choose(page, 'Append', 'End event');
  await eventually(() => lines(page)).toEqual([
    'Process',
    'Start event',
    'Pack the order, Task',
    'End event',
  ]);

  await goTo(page, 'Pack the order, Task');
  await choose(page, 'Change type', 'User task');
  await eventually(() => active(page)).toBe('Pack the order, User task');

  await choose(page, 'Properties');
  await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Wrap it twice when it is glass.');
  await page.keyboard.press('Tab');
  await eventually(() => page.getByRole('button', { name: /^Undo: / }).count()).toBe(1);
  await eventually(() => field(page, 'Documentation').inputValue()).toBe('Wrap it twice when it is glass.');
  await picture(page, 'diagram-properties');

  await tab(page, /^Undo/).click();
  await eventually(() => field(page, 'Documentation').inputValue(), 'one gesture is taken back').toBe('');
  await tab(page, /^Redo/).click();
  await eventually(() => field(page, 'Documentation').inputValue()).toBe('Wrap it twice when it is glass.');
});

test('two people set properties of one element at once, and both stand', async () => {
  await open(tom.page, order);
  for (const { page } of [ana, tom]) {
    await showPanel(page, 'Outline');
    await goTo(page, 'Pack the order, User task');
    await choose(page, 'Properties');
    await field(page, 'Documentation').waitFor();
  }
  await field(ana.page, 'Documentation').fill('Ana has the words.');
  await field(tom.page, 'Name').fill('Pack and label');
  await Promise.all([ana.page.keyboard.press('Tab'), tom.page.keyboard.press('Enter')]);
  for (const { page } of [ana, tom]) {
    await eventually(() => field(page, 'Name').inputValue()).toBe('Pack and label');
    await eventually(() => field(page, 'Documentation').inputValue()).toBe('Ana has the words.');
  }

  // Somebody else is faster at the very field in which one types: one's own text stays, and one is told.
  await field(ana.page, 'Name').fill('Pack it all');
  await field(tom.page, 'Name').fill('Pack and send');
  await tom.page.keyboard.press('Enter');
  await ana.page.getByText('Others changed this to “Pack and send”.').waitFor();
  await eventually(() => field(ana.page, 'Name').inputValue()).toBe('Pack it all');
  await field(ana.page, 'Name').press('Escape');
  await eventually(() => field(ana.page, 'Name').inputValue()).toBe('Pack and send');
});

test('a timer says what it means, and refuses what no engine could read', async () => {
  const { page } = ana;
  await showPanel(page, 'Outline');
  await goTo(page, 'Start event');
  await choose(page, 'Change type', 'Timer start event');
  await eventually(() => active(page)).toBe('Timer start event');
  await choose(page, 'Properties');
  const duration = field(page, 'After a duration');
  await duration.fill('15 minutes');
  await duration.press('Enter');
  await page.getByText('A duration, such as PT15M').waitFor();
  await duration.fill('PT15M');
  await page.getByText('15 minutes.').waitFor();
  await duration.press('Enter');
  await showPanel(tom.page, 'Outline');
  await goTo(tom.page, 'Timer start event');
  await choose(tom.page, 'Properties');
  await eventually(() => field(tom.page, 'After a duration').inputValue()).toBe('PT15M');
});

test('the problems follow what is done about them, and lead to where they are', async () => {
  const { page } = ana;
  await showPanel(page, 'Problems');
  const unnamed = page.getByRole('button', { name: 'Error End event It has no name.' });
  await unnamed.click();
  await showPanel(page, 'Properties');
  await page.getByRole('heading', { name: 'End event' }).waitFor();
  await field(page, 'Name').fill('Sent');
  await field(page, 'Name').press('Enter');
  await showPanel(page, 'Problems');
  await picture(page, 'diagram-problems');
  await eventually(() => unnamed.count(), 'the lint list reacts').toBe(0);
});

test('words are searched in names and documentation, and the canvas goes there', async () => {
  const { page } = ana;
  await page.keyboard.press('Control+f');
  const box = page.getByRole('textbox', { name: 'Search the diagram' });
  await box.fill('ana has');
  await page.getByText('1 of 1').waitFor();
  await showPanel(page, 'Properties');
  await eventually(() => field(page, 'Name').inputValue()).toBe('Pack and send');
  await box.fill('event');
  await page.getByText('1 of 2').waitFor();
  await box.press('Enter');
  await page.getByText('2 of 2').waitFor();
  await picture(page, 'diagram-search');
  await box.press('Escape');
  await eventually(() => box.count()).toBe(0);
});

test('what is copied in one diagram is pasted into another', async () => {
  const { page } = ana;
  await ana.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.locator('.djs-container svg').first().focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('toolbar', { name: 'Arrange' }).waitFor();
  await page.keyboard.press('Control+c');

  const other = await createDiagram('Elsewhere');
  await open(page, other);
  await showPanel(page, 'Outline');
  await page.locator('.djs-container svg').first().focus();
  await page.keyboard.press('Control+v');
  await eventually(() => lines(page)).toEqual([
    'Process',
    'Start event',
    'Timer start event',
    'Pack and send, User task',
    'Sent, End event',
  ]);
  await goTo(page, 'Pack and send, User task');
  await choose(page, 'Properties');
  await eventually(() => field(page, 'Documentation').inputValue()).toBe('Ana has the words.');
  await tab(page, /^Undo/).click();
  await showPanel(page, 'Outline');
  await eventually(() => lines(page), 'one paste is one step').toEqual(['Process', 'Start event']);
});

const rich = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:acme="http://acme.example"
  id="D" targetNamespace="http://acme.example"><process id="P" name="Shipping">
  <task id="T" name="Weigh" acme:owner="ana"><extensionElements>
    <camunda:properties><camunda:property name="retries" value="3"/></camunda:properties>
    <acme:scale unit="kg"><acme:limit>30</acme:limit></acme:scale>
  </extensionElements></task></process>
  <bpmndi:BPMNDiagram id="Dg"><bpmndi:BPMNPlane id="Pl" bpmnElement="P"><bpmndi:BPMNShape id="T_di" bpmnElement="T">
    <dc:Bounds x="200" y="160" width="100" height="80"/></bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>`;

async function importFile(xml: string): Promise<string> {
  const { origin } = house.server();
  const made = fetch(`${origin}/api/documents/import`, {
    method: 'POST',
    headers: { cookie: owner.cookie, origin, 'content-type': 'application/xml' },
    body: xml,
  });
  return (await answer<{ document: { id: string } }>(made, 201)).document.id;
}

test('what other tools wrote is shown, edited where it is a table, and goes along with a copy', async () => {
  const { page } = ana;
  await open(page, await importFile(rich));
  await showPanel(page, 'Outline');
  await goTo(page, 'Weigh, Task');
  await choose(page, 'Properties');
  await page.getByText('<acme:limit>').waitFor();
  await field(page, 'Value 1').fill('5');
  await field(page, 'Value 1').press('Enter');
  await showPanel(page, 'Outline');
  await goTo(page, 'Weigh, Task');
  await choose(page, 'Duplicate');
  await eventually(() => lines(page)).toEqual(['Shipping, Process', 'Weigh, Task', 'Weigh, Task']);
  await page.keyboard.press('F2');
  await page.keyboard.type('Weigh again');
  await page.keyboard.press('Enter');
  await eventually(() => active(page)).toBe('Weigh again, Task');
  await choose(page, 'Properties');
  await eventually(() => field(page, 'Name').inputValue()).toBe('Weigh again');
  await eventually(() => field(page, 'Name 1').inputValue()).toBe('retries');
  await eventually(() => field(page, 'Value 1').inputValue()).toBe('5');
  await page.getByText('<acme:limit>').waitFor();
});

test('a whole file that is pasted becomes a diagram of its own', async () => {
  const { page } = ana;
  await page.evaluate((text) => navigator.clipboard.writeText(text), rich);
  await page.locator('.djs-container svg').first().focus();
  await page.keyboard.press('Control+v');
  await page.getByRole('dialog', { name: 'Import a BPMN file?' }).waitFor();
  const before = page.url();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await eventually(() => page.url()).not.toBe(before);
  await showPanel(page, 'Outline');
  await eventually(() => lines(page)).toEqual(['Shipping, Process', 'Weigh, Task']);
});

test.each([
  { screen: 'desktop', colorScheme: 'light' },
  { screen: 'desktop', colorScheme: 'dark' },
  { screen: 'phone', colorScheme: 'light' },
  { screen: 'phone', colorScheme: 'dark' },
] as const)('the panels are for everybody: $screen, $colorScheme', async (look) => {
  const profile = await openProfile(house.browser, house.server().origin, {
    ...look,
    calm: true,
    person: owner,
  });
  const { page } = profile;
  await open(page, order);
  for (const name of ['Properties', 'Outline', 'Problems']) {
    if (look.screen === 'phone') {
      await page.getByRole('button', { name: 'More' }).click();
      await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
      await page.getByRole('dialog', { name }).waitFor();
    } else await showPanel(page, name);
    if (name === 'Outline') await page.getByRole('treeitem').first().waitFor();
    if (name === 'Problems') await page.getByText('It has no name.').first().waitFor();
    // A hint that hangs over the button just pressed is no part of the panel.
    await page.mouse.move(400, 2);
    await page.getByRole('tooltip').waitFor({ state: 'hidden' });
    await picture(page, `diagram ${name} ${look.screen} ${look.colorScheme}`);
    expect(await faultsOf(page), name).toEqual([]);
    if (look.screen === 'phone') {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name }).waitFor({ state: 'hidden' });
    }
  }
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: 'Search the diagram' }).fill('e');
  await page.getByText('1 of ').waitFor();
  await picture(page, `diagram search ${look.screen} ${look.colorScheme}`);
  expect(await faultsOf(page), 'search').toEqual([]);
  await profile.context.close();
  expect(profile.complaints).toEqual([]);
});

test('nobody complained', () => {
  expect(ana.complaints).toEqual([]);
  expect(tom.complaints).toEqual([]);
});
