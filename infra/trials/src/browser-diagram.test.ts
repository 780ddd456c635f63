/** A diagram in real browsers: drawn by two at once, read by one who may only look, kept through a cut, seen on a phone. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openProfile, type ProfileOptions } from './harness/browser.ts';
import { badge, titleField, untilSaved } from './harness/dashboard.ts';
import {
  append,
  carryShape,
  createDiagram,
  drawnOn,
  middleOf,
  openDiagram,
  pinch,
  rename,
  select,
  shape,
  startEvent,
  untilDrawn,
  untilSameDrawn,
} from './harness/diagram.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let tom: Visitor;
let documentId: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: await signUpInvited(origin, owner, 'Tom Reed', 'editor'), calm: true });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

/** Both are stored and both have drawn the same. */
async function untilAgreed(): Promise<readonly string[]> {
  await Promise.all([untilSaved(ana.page), untilSaved(tom.page)]);
  return untilSameDrawn(ana.page, tom.page);
}

const undoButton = (page: Page) => page.getByRole('button', { name: /^Undo/ });

test('a new diagram begins with a start event, a title and a word on how to go on', async () => {
  const { page } = ana;
  await page.goto('/');
  await page.getByRole('button', { name: 'New diagram' }).click();
  await startEvent(page).waitFor();
  documentId = page.url().split('/').at(-1)!;
  await page.getByText('Drag from the palette').waitFor();
  await eventually(() => undoButton(page).isDisabled()).toBe(true);
  await titleField(page).fill('Order to cash');
  await untilSaved(page);
  await openDiagram(tom.page, documentId);
  await eventually(() => titleField(tom.page).inputValue()).toBe('Order to cash');
  await untilAgreed();
});

test('what one appends and names by the keyboard, the other sees', async () => {
  await select(ana.page, startEvent(ana.page));
  await append(ana.page, 'User task', 'Check');
  await append(ana.page, 'Exclusive gateway');
  await append(ana.page, 'Service task', 'Ship');
  await shape(tom.page, 'Ship').waitFor();
  const drawn = await untilAgreed();
  // Four shapes, three flows, and the plane they stand on.
  expect(drawn.filter((line) => /^Flow_/.test(line))).toHaveLength(3);
  await eventually(() => tom.page.getByText('Drag from the palette').count()).toBe(0);
});

test('a name written by one and a move made by the other at the same time are both kept', async () => {
  const before = await Promise.all([ana, tom].map(({ page }) => middleOf(shape(page, 'Check'))));
  const carried = await carryShape(tom.page, shape(tom.page, 'Check'), { x: 0, y: 120 });
  await rename(ana.page, shape(ana.page, 'Check'), 'Verify');
  await carried.drop();
  await untilAgreed();
  for (const [index, { page }] of [ana, tom].entries()) {
    const now = await middleOf(shape(page, 'Verify'));
    const { x, y } = before[index]!;
    // What is carried snaps to the grid.
    expect(Math.hypot(now.x - x, now.y - y - 120), 'pixels off').toBeLessThan(10);
  }
});

test('undo takes back one\u2019s own step and leaves what the other did after it', async () => {
  await rename(ana.page, shape(ana.page, 'Ship'), 'Deliver');
  await untilAgreed();
  const at = await middleOf(shape(tom.page, 'Deliver'));
  await (await carryShape(tom.page, shape(tom.page, 'Deliver'), { x: 60, y: 0 })).drop();
  await untilAgreed();
  await undoButton(ana.page).click();
  await shape(ana.page, 'Ship').waitFor();
  await untilAgreed();
  const now = await middleOf(shape(tom.page, 'Ship'));
  expect(Math.abs(now.x - at.x - 60), 'the move stays').toBeLessThan(10);
  await ana.page.getByRole('button', { name: /^Redo/ }).click();
  await shape(tom.page, 'Deliver').waitFor();
  // By the keyboard too, wherever the focus is.
  await ana.page.keyboard.press('Control+z');
  await shape(tom.page, 'Ship').waitFor();
  await untilAgreed();
});

test('what one has selected the other may remove; it goes from both, and comes back with its flows by undo', async () => {
  const before = await untilAgreed();
  await select(ana.page, shape(ana.page, 'Ship'));
  await select(tom.page, shape(tom.page, 'Ship'));
  await tom.page.keyboard.press('Delete');
  await shape(ana.page, 'Ship').waitFor({ state: 'detached' });
  await untilAgreed();
  await tom.page.keyboard.press('Control+z');
  await shape(ana.page, 'Ship').waitFor();
  expect(await untilAgreed()).toEqual(before);
});

test('drawing goes on offline and through a reload, and both sides\u2019 work is there afterwards', async () => {
  await ana.cable.cut('sync');
  await eventually(() => badge(ana.page)).toBe('Offline');
  await select(ana.page, shape(ana.page, 'Ship'));
  await append(ana.page, 'End event');
  await rename(ana.page, shape(ana.page, 'Verify'), 'Review');
  await eventually(() => badge(ana.page)).toMatch(/kept on this device$/);
  await (await carryShape(tom.page, shape(tom.page, 'Verify'), { x: 0, y: -120 })).drop();
  await untilSaved(tom.page);
  await ana.page.reload();
  await untilDrawn(ana.page);
  await shape(ana.page, 'Review').waitFor();
  await ana.cable.mend();
  await shape(tom.page, 'Review').waitFor();
  const drawn = await untilAgreed();
  expect(drawn.filter((line) => /^Flow_/.test(line))).toHaveLength(4);
});

test('keys typed in a field do not reach the canvas', async () => {
  const before = await untilAgreed();
  await select(ana.page, shape(ana.page, 'Ship'));
  await titleField(ana.page).fill('Handle a case');
  await titleField(ana.page).press('Backspace');
  await ana.page.keyboard.type('lash all');
  await eventually(() => ana.page.locator('.djs-popup').count()).toBe(0);
  expect(await untilAgreed()).toEqual(before);
  await eventually(() => titleField(ana.page).inputValue()).toBe('Handle a caslash all');
});

test('somebody who may only look sees it change, and can change nothing', async () => {
  const { origin } = house.server();
  const eve = await house.enter({
    person: await signUpInvited(origin, owner, 'Eve Lund', 'viewer'),
    calm: true,
  });
  const { page } = eve;
  await openDiagram(page, documentId);
  await page.getByText('You can view this diagram.').waitFor();
  await eventually(() => page.locator('.djs-palette, .djs-context-pad').count()).toBe(0);
  await eventually(() => undoButton(page).count()).toBe(0);
  const before = await drawnOn(page);
  await (await carryShape(page, shape(page, 'Ship'), { x: 0, y: 90 })).drop();
  await page.keyboard.press('Delete');
  await page.keyboard.press('a');
  await eventually(() => page.locator('.djs-popup').count()).toBe(0);
  await untilSaved(page);
  expect(await drawnOn(page)).toEqual(before);
  await rename(ana.page, shape(ana.page, 'Ship'), 'Send');
  await shape(page, 'Send').waitFor();
  await eve.context.close();
  expect(eve.complaints).toEqual([]);
});

test('a right that changes takes the tools away and gives them back, on the same part of the paper', async () => {
  const { origin } = house.server();
  const members = await owner.call(origin, 'GET', '/api/company/members');
  const { id } = ((await members.json()) as { items: { id: string; name: string }[] }).items.find(
    ({ name }) => name === 'Tom Reed',
  )!;
  const before = await middleOf(shape(tom.page, 'Send'));
  await owner.call(origin, 'PATCH', `/api/company/members/${id}`, { role: 'viewer' });
  await tom.page.getByText('You can now only view this diagram.').waitFor();
  await tom.page.locator('.djs-palette').waitFor({ state: 'detached' });
  await shape(tom.page, 'Send').waitFor();
  await eventually(() => tom.page.locator('.djs-container').count()).toBe(1);
  await owner.call(origin, 'PATCH', `/api/company/members/${id}`, { role: 'editor' });
  await tom.page.locator('.djs-palette').waitFor();
  const { x } = await middleOf(shape(tom.page, 'Send'));
  expect(x).toBe(before.x);
  await untilAgreed();
});

test('nothing was said in the console', () => {
  expect(ana.complaints).toEqual([]);
  expect(tom.complaints).toEqual([]);
});

const looks = [
  { screen: 'desktop', colorScheme: 'light' },
  { screen: 'desktop', colorScheme: 'dark' },
  { screen: 'phone', colorScheme: 'light' },
  { screen: 'phone', colorScheme: 'dark' },
] as const satisfies readonly ProfileOptions[];

describe.each(looks)('$screen, $colorScheme', (look) => {
  test('a diagram and its parts are for everybody\u2019s eyes and hands', async () => {
    const { origin } = house.server();
    const visit = await openProfile(house.browser, origin, { ...look, calm: true, person: owner });
    const { page } = visit;
    await openDiagram(page, documentId);
    await untilSaved(page);
    expect(await faultsOf(page)).toEqual([]);
    await picture(page, `diagram-${look.screen}-${look.colorScheme}`);
    // The licence of bpmn-js wants its mark seen: nothing stands over it.
    const mark = await middleOf(page.locator('.bjs-powered-by'));
    expect(
      await page.evaluate(
        ({ x, y }) => document.elementFromPoint(x, y)?.closest('.bjs-powered-by') !== null,
        mark,
      ),
      'the mark of bpmn.io is on top',
    ).toBe(true);
    if (look.screen === 'desktop') {
      await select(page, shape(page, 'Review'));
      await page.locator('.djs-context-pad.open').waitFor();
      expect(await faultsOf(page), 'context pad').toEqual([]);
      await page.keyboard.press('a');
      await page.locator('.djs-popup').waitFor();
      expect(await faultsOf(page), 'append menu').toEqual([]);
      await picture(page, `diagram-append-${look.colorScheme}`);
    } else {
      await eventually(() => page.locator('.djs-palette').count()).toBe(0);
      const widthOf = async () => (await shape(page, 'Review').boundingBox())!.width;
      const before = { width: await widthOf(), ...(await middleOf(shape(page, 'Review'))) };
      await pinch(page, before);
      await eventually(async () => (await widthOf()) / before.width).toBeCloseTo(2, 1);
      // What is between the fingers stays there.
      const { x, y } = await middleOf(shape(page, 'Review'));
      expect(Math.hypot(x - before.x, y - before.y), 'pixels off').toBeLessThan(3);
      await page.getByRole('button', { name: 'Zoom out' }).tap();
      await eventually(async () => (await widthOf()) / before.width).toBeLessThan(1.9);
      await page.getByRole('button', { name: 'More' }).tap();
      await page.getByRole('menuitem', { name: /^Outline/ }).tap();
      await page.getByRole('dialog', { name: 'Outline' }).waitFor();
      expect(await faultsOf(page, 'opened'), 'outline').toEqual([]);
      await picture(page, `diagram-outline-phone-${look.colorScheme}`);
    }
    await visit.context.close();
    expect(visit.complaints).toEqual([]);
  });
});

test('with the keyboard alone a diagram is begun, drawn and undone', async () => {
  const { origin } = house.server();
  const id = await createDiagram(origin, owner, 'By keys');
  const visit = await openProfile(house.browser, origin, { person: owner, calm: true });
  const { page } = visit;
  await openDiagram(page, id);
  const onCanvas = () => page.evaluate(() => document.activeElement instanceof SVGSVGElement);
  for (let step = 0; step < 40 && !(await onCanvas()); step += 1) await page.keyboard.press('Tab');
  expect(await onCanvas()).toBe(true);
  await page.keyboard.press('Control+a');
  await eventually(() => startEvent(page).getAttribute('class')).toContain('selected');
  await append(page, 'Task', 'First');
  await page.keyboard.press('ArrowDown');
  await untilSaved(page);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await shape(page, 'First').waitFor({ state: 'detached' });
  await visit.context.close();
  expect(visit.complaints).toEqual([]);
});
