/** Three people in one diagram, one of them on a phone: pointers, selections, names being written, drags, following. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { untilSaved } from './harness/dashboard.ts';
import { openDiagram } from './harness/diagram.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { importOrder, middle, type Place, placeOf } from './harness/order.ts';
import { signUp, signUpInvited } from './harness/people.ts';

let house: House;
let ana: Visitor;
let tom: Visitor;
let mia: Visitor;
let documentId: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  const owner = await signUp(origin, 'Ana Diaz');
  documentId = await importOrder(origin, owner);
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: await signUpInvited(origin, owner, 'Tom Reed', 'editor'), calm: true });
  mia = await house.enter({
    person: await signUpInvited(origin, owner, 'Mia Wong', 'editor'),
    calm: true,
    screen: 'phone',
  });
  for (const { page } of [ana, tom, mia]) {
    await openDiagram(page, documentId);
    await page.locator('[data-element-id="Check_order"]').first().waitFor();
  }
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const cursor = (page: Page, name: string): Locator => page.locator(`[data-cursor-of][data-name="${name}"]`);
const ghost = (page: Page, name: string): Locator => page.locator(`[data-ghost-of][data-name="${name}"]`);
const layer = (page: Page): Locator => page.getByTestId('presence');

async function pointAt(page: Page, id: string): Promise<{ x: number; y: number }> {
  const point = middle(await placeOf(page, id));
  await page.mouse.move(point.x, point.y);
  return point;
}

/** Pixels between somebody's shown pointer and the middle of an element, on this screen. */
async function distance(page: Page, name: string, id: string): Promise<number> {
  if ((await cursor(page, name).count()) !== 1) return Number.POSITIVE_INFINITY;
  const shown = await cursor(page, name).evaluate((node) => {
    const { x, y } = node.getBoundingClientRect();
    return { x, y };
  });
  const place = middle(await placeOf(page, id));
  return Math.hypot(shown.x - place.x, shown.y - place.y);
}

/** Points, as often as the page moves under the hand, until the other screen shows it there. */
async function pointThere(page: Page, id: string, other: Page, name: string): Promise<void> {
  await eventually(async () => {
    await pointAt(page, id);
    return distance(other, name, id);
  }).toBeLessThan(3);
}

test('a pointer is shown where it is in the diagram, at any zoom, to everybody', async () => {
  await pointThere(ana.page, 'Reserve', tom.page, 'Ana Diaz');
  await tom.page.keyboard.press('Control+-');
  await tom.page.keyboard.press('Control+-');
  await eventually(() => distance(tom.page, 'Ana Diaz', 'Reserve'), 'zoomed out').toBeLessThan(3);
  await ana.page.keyboard.press('Control+0');
  await pointThere(ana.page, 'Check_order', tom.page, 'Ana Diaz');
  await eventually(() => distance(mia.page, 'Ana Diaz', 'Check_order'), 'on the phone').toBeLessThan(3);
  await pointThere(tom.page, 'Invoice', mia.page, 'Tom Reed');
  for (const { page } of [ana, tom]) await page.keyboard.press('1');
});

/** Rectangle of what a person has outlined on this screen; null when nothing is. */
function outline(page: Page, key: number): Promise<Place | null> {
  return page.evaluate((at) => {
    const path = document.querySelectorAll('[data-selected-by]')[at];
    if (!path) return null;
    const { x, y, width, height } = path.getBoundingClientRect();
    return { x, y, width, height };
  }, key);
}

test('what others have selected is outlined and bears their names; the outline tree says it, too', async () => {
  const at = await pointAt(ana.page, 'Check_order');
  await ana.page.mouse.click(at.x, at.y);
  await eventually(() => layer(tom.page).locator('[data-selected-by]').count()).toBe(1);
  const [shape, drawn] = [await placeOf(tom.page, 'Check_order'), (await outline(tom.page, 0))!];
  expect(Math.abs(shape.x - drawn.x - 5)).toBeLessThan(2);
  expect(Math.abs(drawn.x + drawn.width - shape.x - shape.width - 5)).toBeLessThan(2);
  const his = await pointAt(tom.page, 'Check_order');
  await tom.page.mouse.click(his.x, his.y);
  await eventually(() => layer(mia.page).locator('[data-selected-by]').count()).toBe(2);
  for (const { page } of [ana, mia])
    await eventually(() => page.locator('svg [data-selected-by] text').count()).toBe(0);
  await eventually(() => layer(ana.page).getByText('Tom Reed').count(), 'pointer and tag').toBe(2);
  const panel = tom.page.getByRole('complementary', { name: 'Outline' });
  if (!(await panel.isVisible()))
    await tom.page.getByRole('button', { name: 'Outline', exact: true }).click();
  await tom.page.getByRole('treeitem', { name: 'Check order, User task; selected by Ana Diaz' }).waitFor();
  expect(
    await ana.page.locator('.djs-container > svg [data-selected-by]').count(),
    'nothing in the drawing, which is what is exported',
  ).toBe(0);
});

test('who writes a name is seen to', async () => {
  const at = await pointAt(ana.page, 'Check_order');
  await ana.page.mouse.dblclick(at.x, at.y);
  await layer(tom.page).getByText('Ana Diaz is typing').waitFor();
  await layer(mia.page).getByText('AD is typing').waitFor();
  await ana.page.keyboard.press('Escape');
  await layer(tom.page).getByText('Ana Diaz is typing').waitFor({ state: 'detached' });
});

test('a drag is a ghost on other screens until the document has it, and the shape is never nowhere', async () => {
  const [hers, before] = [await placeOf(ana.page, 'Invoice'), await placeOf(tom.page, 'Invoice')];
  const from = middle(hers);
  await tom.page.evaluate((x) => {
    const seen = { frames: 0, ghosts: 0, nowhere: 0, isOver: false };
    Object.assign(window, { seen });
    const look = () => {
      const shape = document.querySelector(
        '.djs-shape[data-element-id="Invoice"] > .djs-visual > :first-child',
      );
      const hasMoved = Math.abs((shape?.getBoundingClientRect().x ?? x) - x) > 5;
      const isGhost = document.querySelector('[data-ghost-of]') !== null;
      seen.frames += 1;
      if (isGhost) seen.ghosts += 1;
      if (seen.ghosts > 0 && !isGhost && !hasMoved) seen.nowhere += 1;
      if (!seen.isOver) requestAnimationFrame(() => setTimeout(look));
    };
    look();
  }, before.x);
  await ana.page.mouse.move(from.x, from.y);
  await ana.page.mouse.down();
  for (let step = 1; step <= 6; step += 1) await ana.page.mouse.move(from.x - 10 * step, from.y + 2 * step);
  await ghost(tom.page, 'Ana Diaz').waitFor({ state: 'attached' });
  const scale = before.width / hers.width;
  await eventually(async () => {
    const path = ghost(tom.page, 'Ana Diaz').locator('path');
    const x = await path.evaluate((node) => node.getBoundingClientRect().x);
    return Math.abs(x - before.x + 60 * scale);
  }, 'the ghost is where the hand is').toBeLessThan(4);
  expect((await placeOf(tom.page, 'Invoice')).x, 'the document does not have it yet').toBeCloseTo(
    before.x,
    0,
  );
  await ana.page.mouse.up();
  await eventually(async () => Math.abs((await placeOf(tom.page, 'Invoice')).x - before.x)).toBeGreaterThan(
    5,
  );
  await ghost(tom.page, 'Ana Diaz').waitFor({ state: 'detached' });
  const seen = await tom.page.evaluate(() => {
    const { seen: told } = window as unknown as {
      seen: { ghosts: number; nowhere: number; isOver: boolean };
    };
    told.isOver = true;
    return told;
  });
  expect(seen.ghosts).toBeGreaterThan(0);
  expect(seen.nowhere).toBe(0);
  await untilSaved(ana.page);
});

test('a drag that is called off leaves nothing; a new shape has a ghost, too', async () => {
  const from = await pointAt(ana.page, 'Invoice');
  await ana.page.mouse.down();
  await ana.page.mouse.move(from.x + 20, from.y + 10, { steps: 4 });
  await ghost(tom.page, 'Ana Diaz').waitFor({ state: 'attached' });
  await ana.page.keyboard.press('Escape');
  await ghost(tom.page, 'Ana Diaz').waitFor({ state: 'detached' });
  await ana.page.mouse.up();
  const entry = (await ana.page.locator('.djs-palette [data-action="create.task"]').boundingBox())!;
  await ana.page.mouse.move(entry.x + 12, entry.y + 12);
  await ana.page.mouse.down();
  await ana.page.mouse.move(from.x + 40, from.y + 40, { steps: 6 });
  await ghost(mia.page, 'Ana Diaz').waitFor({ state: 'attached' });
  await ana.page.keyboard.press('Escape');
  await ghost(mia.page, 'Ana Diaz').waitFor({ state: 'detached' });
  await ana.page.mouse.up();
});

/** How far an element on a follower's screen is from where the other's view, fitted in, has it: pixels. */
async function astray(followed: Page, follower: Page, id: string): Promise<number> {
  const window = async (page: Page) => (await page.locator('.djs-container').boundingBox())!;
  const [theirs, own] = [await window(followed), await window(follower)];
  const [from, to] = [middle(theirs), middle(own)];
  const scale = Math.min(own.width / theirs.width, own.height / theirs.height);
  const [at, shown] = [middle(await placeOf(followed, id)), middle(await placeOf(follower, id))];
  return Math.hypot(to.x + (at.x - from.x) * scale - shown.x, to.y + (at.y - from.y) * scale - shown.y);
}

test('a phone follows: zoom, into a subprocess and out again, until it is moved by hand', async () => {
  await mia.page.getByRole('button', { name: 'Follow Ana Diaz' }).tap();
  await mia.page.getByText('Following Ana Diaz. Pan, zoom or press Esc to stop.').waitFor();
  await eventually(() => astray(ana.page, mia.page, 'Reserve')).toBeLessThan(4);
  await ana.page.keyboard.press('Control+-');
  await eventually(() => astray(ana.page, mia.page, 'Reserve'), 'zoomed').toBeLessThan(4);
  await ana.page.locator('.bjs-drilldown').click();
  await ana.page.locator('[data-element-id="Pick_items"]').first().waitFor();
  await eventually(() => mia.page.locator('[data-element-id="Pick_items"]').first().isVisible()).toBe(true);
  await eventually(() => astray(ana.page, mia.page, 'Pick_items'), 'inside').toBeLessThan(4);
  await pointThere(ana.page, 'Check_items', mia.page, 'Ana Diaz');
  await eventually(() => cursor(tom.page, 'Ana Diaz').count(), 'not on the plane that Tom sees').toBe(0);
  await ana.page.locator('.bjs-crumb').first().click();
  await eventually(() => mia.page.locator('[data-element-id="Reserve"]').first().isVisible()).toBe(true);
  await eventually(() => astray(ana.page, mia.page, 'Reserve'), 'out again').toBeLessThan(4);
  const { x, y } = middle((await mia.page.locator('.djs-container').boundingBox())!);
  await mia.page.touchscreen.tap(x, y);
  await mia.page.getByText('Following Ana Diaz').waitFor({ state: 'detached' });
  expect(await faultsOf(mia.page)).toEqual([]);
});

test('two who follow each other stand still; a zoom by key ends it', async () => {
  await tom.page.getByRole('button', { name: 'Follow Ana Diaz' }).click();
  await eventually(() => astray(ana.page, tom.page, 'Reserve')).toBeLessThan(4);
  await ana.page.getByRole('button', { name: 'Follow Tom Reed' }).click();
  await ana.page.getByText('Following Tom Reed').waitFor();
  await pointThere(ana.page, 'Reserve', tom.page, 'Ana Diaz');
  const before = await placeOf(ana.page, 'Reserve');
  // Each round trip would shrink it; a pointer's way there and back is one.
  for (const id of ['Reserve', 'Invoice', 'Reserve', 'Invoice']) {
    await pointThere(ana.page, id, tom.page, 'Ana Diaz');
    await pointThere(tom.page, id, ana.page, 'Tom Reed');
  }
  expect(await faultsOf(ana.page), 'following').toEqual([]);
  expect((await placeOf(ana.page, 'Reserve')).width).toBeCloseTo(before.width, 0);
  await ana.page.keyboard.press('Escape');
  await ana.page.getByText('Following Tom Reed').waitFor({ state: 'detached' });
  await tom.page.keyboard.press('Control+-');
  await tom.page.getByText('Following Ana Diaz').waitFor({ state: 'detached' });
});

test('who is out of sight is told of at the edge, and a click goes there', async () => {
  await ana.page.keyboard.press('Control+0');
  for (let step = 0; step < 5; step += 1) await ana.page.keyboard.press('Control+=');
  await tom.page.keyboard.press('1');
  const hint = ana.page.locator('[data-hint-of]').filter({ hasText: 'TR' });
  await eventually(async () => {
    await pointAt(tom.page, 'Delivered');
    return hint.count();
  }).toBe(1);
  await hint.click();
  await hint.waitFor({ state: 'detached' });
  await pointThere(tom.page, 'Delivered', ana.page, 'Tom Reed');
  await ana.page.keyboard.press('1');
});

test('three people at work', async () => {
  const at = await pointAt(tom.page, 'Reserve');
  await tom.page.mouse.click(at.x, at.y);
  const hers = await pointAt(ana.page, 'Pick_pack');
  await ana.page.mouse.click(hers.x, hers.y);
  await eventually(() => layer(mia.page).locator('[data-selected-by]').count()).toBe(2);
  await picture(mia.page, 'diagram-presence-phone');
  await picture(ana.page, 'diagram-presence');
  for (const { page } of [ana, tom, mia]) expect(await faultsOf(page)).toEqual([]);
});

test('a closed tab is gone at once, with all that was seen of it', async () => {
  await cursor(ana.page, 'Tom Reed').waitFor();
  await tom.page.close();
  await cursor(ana.page, 'Tom Reed').waitFor({ state: 'detached' });
  await ana.page.getByRole('button', { name: 'Follow Tom Reed' }).waitFor({ state: 'detached' });
  await eventually(() => layer(ana.page).getByText('Tom Reed').count()).toBe(0);
  expect([...ana.complaints, ...tom.complaints, ...mia.complaints]).toEqual([]);
});
