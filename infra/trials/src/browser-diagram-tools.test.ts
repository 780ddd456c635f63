/** What is done with several elements at once, what events refer to, and what leaves a diagram: files and its picture in the list. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { untilSaved } from './harness/dashboard.ts';
import { append, createDiagram, openDiagram, select, shape, startEvent } from './harness/diagram.ts';
import { eventually, type House, openHouse, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp, signUpInvited } from './harness/people.ts';

const place = (id: string, x: number, y: number, width: number, height: number) =>
  `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}"/></bpmndi:BPMNShape>`;

const steps = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" id="D" targetNamespace="http://example.com"><process id="P">
  <startEvent id="Came" name="Order came"><messageEventDefinition id="Came_message"/></startEvent>
  <sendTask id="Answer" name="Answer"/><task id="Pack" name="Pack"/><task id="Ship" name="Ship &lt;script&gt;"/></process>
  <bpmndi:BPMNDiagram id="Dg"><bpmndi:BPMNPlane id="Pl" bpmnElement="P">${place('Came', 160, 400, 36, 36)}
  ${place('Answer', 300, 100, 100, 80)}${place('Pack', 460, 210, 100, 80)}${place('Ship', 380, 480, 100, 80)}
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram></definitions>`;

let house: House;
let owner: Person;
let ana: Visitor;
let tom: Visitor;
let id: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  const made = fetch(`${origin}/api/documents/import`, {
    method: 'POST',
    headers: { cookie: owner.cookie, origin, 'content-type': 'application/xml' },
    body: steps,
  });
  id = (await answer<{ document: { id: string } }>(made, 201)).document.id;
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: await signUpInvited(origin, owner, 'Tom Berg', 'editor'), calm: true });
  for (const { page } of [ana, tom]) {
    await page.goto(`/d/${id}`);
    await shape(page, 'Pack').waitFor();
  }
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
const chooser = (page: Page, name: string): Locator => page.getByRole('combobox', { name, exact: true });
const exported = async (): Promise<string> =>
  (await owner.call(house.server().origin, 'GET', `/api/documents/${id}/export?format=bpmn`)).text();

/** Where the three tasks stand on somebody's screen, in coordinates of the diagram. */
const spots = (page: Page): Promise<readonly (readonly number[])[]> =>
  page.evaluate(() =>
    ['Answer', 'Pack', 'Ship'].map((name) => {
      const transform =
        document.querySelector(`[data-element-id="${name}"]`)?.getAttribute('transform') ?? '';
      return (transform.match(/-?[\d.]+/g) ?? []).slice(-2).map(Number);
    }),
  );

/** The line around a task, as it is painted. */
const ink = (page: Page, name: string): Promise<string> =>
  shape(page, name)
    .locator('.djs-visual > rect')
    .first()
    .evaluate((rect) => getComputedStyle(rect).stroke);

test('several elements are aligned, spread and coloured, each as one step that the other sees', async () => {
  const { page } = ana;
  await select(page, shape(page, 'Answer'));
  await page.keyboard.down('Shift');
  await select(page, shape(page, 'Pack'));
  await select(page, shape(page, 'Ship'));
  await page.keyboard.up('Shift');

  await button(page, 'Align left').click();
  await button(page, 'Undo: Align').waitFor();
  await button(page, 'Distribute vertically').click();
  await button(page, 'Undo: Distribute').waitFor();
  const spread = [
    [300, 100],
    [300, 290],
    [300, 480],
  ];
  for (const someone of [ana, tom]) await eventually(() => spots(someone.page)).toEqual(spread);

  const plain = await ink(tom.page, 'Pack');
  await button(page, 'Colour').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Violet' }).click();
  await button(page, 'Undo: Colour 3 elements').waitFor();
  await eventually(() => ink(tom.page, 'Pack')).not.toBe(plain);
  const painted = await ink(tom.page, 'Pack');
  await eventually(() => ink(tom.page, 'Ship')).toBe(painted);
  await page.keyboard.press('Escape');
  await untilSaved(page);
  expect((await exported()).match(/color:border-color=/g)).toHaveLength(3);

  await button(page, 'Undo: Colour 3 elements').click();
  await eventually(() => ink(tom.page, 'Pack')).toBe(plain);
  await button(page, 'Undo: Distribute').click();
  await button(page, 'Undo: Align').click();
  await eventually(() => spots(tom.page)).toEqual([
    [300, 100],
    [460, 210],
    [380, 480],
  ]);
});

test('a message that one makes for an event, the other names and chooses for a task', async () => {
  for (const { page } of [ana, tom]) {
    await page.keyboard.press('Escape');
    await select(page, page.locator('.djs-shape[data-element-id="Came"]'));
    if (!(await field(page, 'Name').isVisible())) await button(page, 'Properties').click();
    await chooser(page, 'Message').waitFor();
  }
  await button(ana.page, 'New message').click();
  await button(ana.page, 'Undo: Change Order came').waitFor();
  await field(tom.page, 'Message name').fill('Order');
  await tom.page.keyboard.press('Enter');
  await eventually(() => field(ana.page, 'Message name').inputValue()).toBe('Order');

  await select(tom.page, shape(tom.page, 'Answer'));
  await chooser(tom.page, 'Message').click();
  await tom.page.getByRole('option', { name: 'Order', exact: true }).click();
  await button(tom.page, 'Undo: Change Answer').waitFor();
  await untilSaved(tom.page);
  const xml = await exported();
  const [, message] = /<(?:\w+:)?message id="([^"]+)" name="Order"/.exec(xml) ?? [];
  expect(message).toBeDefined();
  expect(xml.match(new RegExp(`messageRef="${message}"`, 'g'))).toHaveLength(2);

  // Ana takes back that the event refers to it. The message stays: Tom has written into it since.
  await button(ana.page, 'Undo: Change Order came').click();
  await eventually(() => chooser(ana.page, 'Message').inputValue()).toBe('None');
  await eventually(() => chooser(tom.page, 'Message').inputValue()).toBe('Order');
  await button(ana.page, 'Redo: Change Order came').click();
  await eventually(() => chooser(ana.page, 'Message').inputValue()).toBe('Order');
});

test('each line of the download menu gives a file that is what it says', async () => {
  const { page } = ana;
  const file = async (line: string) => {
    await button(page, 'Download').click();
    const item = page.getByRole('menuitem', { name: line, exact: true });
    await item.waitFor();
    await eventually(() => page.getByRole('tooltip').filter({ hasText: 'Download' }).isVisible()).toBe(false);
    const [download] = await Promise.all([page.waitForEvent('download'), item.click()]);
    return readFile(await download.path());
  };
  expect((await file('BPMN file')).toString()).toBe(await exported());
  const svg = (await file('SVG picture')).toString();
  expect(svg).toContain('<svg');
  expect(svg).toContain('Ship');
  expect(svg).not.toMatch(/<script|<foreignObject|<image|\son\w+=|javascript:|@import/i);
  for (const line of ['PNG picture', 'PNG, double size']) {
    expect((await file(line)).subarray(1, 4).toString()).toBe('PNG');
  }
  for (const line of ['PDF', 'PDF on A4']) {
    const pdf = await file(line);
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF');
  }
});

test('the list shows how a diagram looks, and shows it anew after an edit', async () => {
  const looks = await createDiagram(house.server().origin, owner, 'Looks');
  const list = await ana.newTab();
  await list.goto('/');
  const image = list.getByRole('img', { name: 'Diagram Looks' });
  /** The version of the picture that is shown; null while none is. */
  const version = () =>
    image.evaluate((img: HTMLImageElement) =>
      img.complete && img.naturalWidth > 0 ? new URL(img.src).searchParams.get('v') : null,
    );
  await eventually(version).not.toBeNull();
  const before = await version();
  await openDiagram(tom.page, looks);
  await select(tom.page, startEvent(tom.page));
  await append(tom.page, 'Task', 'Pack');
  await eventually(async () => {
    await list.reload();
    await image.waitFor();
    return version();
  }).not.toBe(before);
  await eventually(version).not.toBeNull();
});

test('nothing was said in the console', () => {
  expect([...ana.complaints, ...tom.complaints]).toEqual([]);
});
