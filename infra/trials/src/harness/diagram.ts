import type { Locator, Page } from 'playwright-core';
import { eventually } from './house.ts';
import { answer, type Person } from './people.ts';

export async function createDiagram(origin: string, person: Person, title: string): Promise<string> {
  const made = person.call(origin, 'POST', '/api/documents', { kind: 'diagram', title });
  return (await answer<{ id: string }>(made, 201)).id;
}

/** Opens a diagram and waits until something is drawn. */
export async function openDiagram(page: Page, documentId: string): Promise<void> {
  await page.goto(`/d/${documentId}`);
  await untilDrawn(page);
}

export const untilDrawn = (page: Page): Promise<void> => shapes(page).first().waitFor();

const shapes = (page: Page): Locator => page.locator('.djs-container .djs-shape');

/** The shape that bears a name in one line. */
export const shape = (page: Page, name: string): Locator => shapes(page).filter({ hasText: name }).first();

/** The start event with which every new diagram begins. */
export const startEvent = (page: Page): Locator =>
  page.locator('.djs-container [data-element-id="StartEvent_1"]');

/** Where a shape stands when the paper is at rest: bpmn-js moves it so that what gets selected is in sight. */
export async function middleOf(what: Locator): Promise<{ x: number; y: number }> {
  let last = '';
  await eventually(async () => {
    const before = last;
    last = JSON.stringify(await what.boundingBox());
    return last !== 'null' && last === before;
  }, 'at rest').toBe(true);
  const box = (await what.boundingBox())!;
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

export async function select(page: Page, what: Locator): Promise<void> {
  // A click on what is selected lets it go.
  if (/\bselected\b/.test((await what.getAttribute('class')) ?? ''))
    return page.locator('.djs-container > svg').focus();
  const { x, y } = await middleOf(what);
  await page.mouse.click(x, y);
  await eventually(() => what.getAttribute('class')).toContain('selected');
}

/** Appends something to the selected shape by the keyboard. `label` is that of the menu; `name` for what asks for one. */
export async function append(page: Page, label: string, name?: string): Promise<void> {
  await page.keyboard.press('a');
  await page.locator('.djs-popup-search input:focus').waitFor();
  // bpmn-js hears keys, not what a field holds.
  await page.keyboard.type(label);
  await page.locator('.djs-popup-body .entry.selected').filter({ hasText: label }).waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.djs-popup').waitFor({ state: 'detached' });
  if (name === undefined) return;
  const field = page.locator('.djs-direct-editing-content');
  await field.waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await field.waitFor({ state: 'hidden' });
  await shape(page, name).waitFor();
}

/** Gives a shape another name on the canvas. */
export async function rename(page: Page, what: Locator, name: string): Promise<void> {
  const { x, y } = await middleOf(what);
  await page.mouse.dblclick(x, y);
  await page.locator('.djs-direct-editing-content').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await shape(page, name).waitFor();
}

/** Takes a shape and carries it; `drop` lets it go. */
export async function carryShape(
  page: Page,
  what: Locator,
  by: { readonly x: number; readonly y: number },
): Promise<{ drop(): Promise<void> }> {
  const { x, y } = await middleOf(what);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by.x, y + by.y, { steps: 8 });
  return { drop: () => page.mouse.up() };
}

/** Everything drawn, as lines that can be compared: what it is, where it stands, what is written on it. */
export async function drawnOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.djs-container .djs-element')]
      .map((element) => {
        const path = element.querySelector(':scope > .djs-visual > path')?.getAttribute('d') ?? '';
        const way = element.classList.contains('djs-connection') ? path : '';
        const words = element.querySelector(':scope > .djs-visual')?.textContent ?? '';
        return `${element.getAttribute('data-element-id')} ${element.getAttribute('transform') ?? ''} ${words} ${way}`;
      })
      .sort(),
  );
}

/** Waits until two screens have drawn the same, and returns it. */
export async function untilSameDrawn(one: Page, other: Page): Promise<readonly string[]> {
  await eventually(async () => {
    const [here, there] = await Promise.all([drawnOn(one), drawnOn(other)]);
    return [...here.filter((line) => !there.includes(line)), ...there.filter((line) => !here.includes(line))];
  }, 'what is drawn on one screen and not on the other').toEqual([]);
  return drawnOn(one);
}

/** Two fingers about a point, drawn apart. */
export async function pinch(page: Page, at: { readonly x: number; readonly y: number }): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const touch = (type: string, apart: number) =>
    session.send('Input.dispatchTouchEvent', {
      type: type as 'touchStart',
      touchPoints:
        type === 'touchEnd'
          ? []
          : [
              { x: at.x - apart, y: at.y, id: 0 },
              { x: at.x + apart, y: at.y, id: 1 },
            ],
    });
  await touch('touchStart', 30);
  for (const apart of [40, 50, 60]) await touch('touchMove', apart);
  await touch('touchEnd', 0);
  await session.detach();
}
