import type { Locator, Page } from 'playwright-core';
import { eventually } from './house.ts';
import { answer, type Person } from './people.ts';

/** A dashboard as the HTTP API gives it; what these tests look at. */
export interface Content {
  readonly meta: { readonly title: string };
  readonly settings: { readonly rowHeight: number };
  readonly datasets: readonly { readonly name: string; readonly rows: number }[];
  readonly filters: readonly { readonly field: string }[];
  readonly charts: readonly {
    readonly id: string;
    readonly type: string;
    readonly title: string;
    readonly hidden: boolean;
    readonly mapping: { readonly agg: string; readonly limit: number | null };
    readonly place: {
      readonly pos: { readonly x: number; readonly y: number };
      readonly size: { readonly w: number; readonly h: number };
    };
  }[];
}

export async function contentOf(origin: string, person: Person, documentId: string): Promise<Content> {
  const asked = person.call(origin, 'GET', `/api/documents/${documentId}/content`);
  return (await answer<{ content: Content }>(asked, 200)).content;
}

export function chartIn(content: Content, title: string): Content['charts'][number] {
  const chart = content.charts.find((each) => each.title === title);
  if (!chart) throw new Error(`no chart is called ${title}: ${content.charts.map((each) => each.title)}`);
  return chart;
}

export const tile = (page: Page, title: string): Locator =>
  page.getByRole('group', { name: new RegExp(`^${title.replaceAll(/[^\w ]/g, '\\$&')}, `) });

export const titleField = (page: Page): Locator =>
  page.locator('h1').getByRole('textbox', { name: 'Title', exact: true });

/** What the badge says about stored work. */
export const badge = (page: Page): Promise<string> => page.locator('[data-tone] > [role=status]').innerText();

/** Opens a document and waits until it is there and in step with the server. */
export async function openDashboard(page: Page, documentId: string): Promise<void> {
  await page.goto(`/d/${documentId}`);
  await untilSaved(page);
}

export async function untilSaved(page: Page): Promise<void> {
  await eventually(() => badge(page), 'the badge').toBe('Saved');
}

/** Asks for a save as people do, and waits for the promise that all is stored. */
export async function save(page: Page): Promise<void> {
  // What an earlier save said may still stand there.
  await page.getByRole('alert').evaluateAll((earlier) => {
    for (const each of earlier) each.setAttribute('data-earlier', '');
  });
  await page.keyboard.press('Control+s');
  // The words are gone after some seconds: looked for with each frame in the page, not as often as this process comes to it.
  await page.waitForFunction(
    (words) =>
      [...document.querySelectorAll('[role=alert]:not([data-earlier])')].some((each) =>
        each.textContent?.includes(words),
      ),
    'Saved. Everything is stored on the server.',
  );
}

export interface Shown {
  readonly title: string;
  readonly tiles: readonly { name: string; x: number; y: number; w: number; h: number }[];
}

/** All that a screen shows of the document: title, and each tile with its words and its place in columns and rows. */
export async function shownOn(page: Page): Promise<Shown> {
  await untilSettled(page);
  return page.evaluate(() => {
    const tenth = (value: number) => Math.round(value * 10) / 10;
    const field = document.querySelector<HTMLInputElement>('h1 input');
    const grid = document.querySelector('.react-grid-layout')!.getBoundingClientRect();
    const [column, row, gap] = [(grid.width + 14) / 12, 54, 14];
    const tiles = [...document.querySelectorAll('[data-chart]')].map((element) => {
      const box = element.getBoundingClientRect();
      return {
        name: element.getAttribute('aria-label')!.split(';')[0]!,
        x: tenth((box.left - grid.left) / column),
        y: tenth((box.top - grid.top) / row),
        w: tenth((box.width + gap) / column),
        h: tenth((box.height + gap) / row),
      };
    });
    return {
      title: field ? field.value : document.querySelector('h1')!.innerText,
      tiles: tiles.sort((a, b) => (a.name < b.name ? -1 : 1)),
    };
  });
}

/** Tiles glide to their places; this waits until each is where it belongs. */
function untilSettled(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const gliding = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(gliding.map((each) => each.finished));
  });
}

/** Waits until two screens show the same, and returns it. */
export async function untilSame(one: Page, other: Page): Promise<Shown> {
  await eventually(async () => {
    const [here, there] = await Promise.all([shownOn(one), shownOn(other)]);
    return difference(here, there);
  }, 'what one screen shows and the other does not').toEqual([]);
  return shownOn(one);
}

function difference(here: Shown, there: Shown): string[] {
  const lines = ({ title, tiles }: Shown) => [title, ...tiles.map((each) => JSON.stringify(each))];
  const [a, b] = [lines(here), lines(there)];
  return [...a.filter((line) => !b.includes(line)), ...b.filter((line) => !a.includes(line))];
}

interface Steps {
  readonly columns: number;
  readonly rows: number;
}

/** Takes a tile by its head and carries it, hand down; `drop` lets it go. */
export async function carry(page: Page, title: string, steps: Steps): Promise<{ drop(): Promise<void> }> {
  await untilSettled(page);
  const head = (await tile(page, title).getByRole('heading').boundingBox())!;
  return pull(page, { x: head.x + 6, y: head.y + head.height / 2 }, steps);
}

/** Takes a tile by its corner; `drop` lets it go. */
export async function stretch(page: Page, title: string, steps: Steps): Promise<{ drop(): Promise<void> }> {
  await untilSettled(page);
  const box = (await tile(page, title).boundingBox())!;
  return pull(page, { x: box.x + box.width - 5, y: box.y + box.height - 5 }, steps);
}

async function pull(page: Page, from: { x: number; y: number }, { columns, rows }: Steps) {
  const unit = await gridUnit(page);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + columns * unit.x, from.y + rows * unit.y, { steps: 6 });
  return { drop: () => page.mouse.up() };
}

/** Pixels from one column to the next and from one row to the next. */
async function gridUnit(page: Page): Promise<{ x: number; y: number }> {
  const grid = (await page.locator('.react-grid-layout').boundingBox())!;
  const gap = 14;
  return { x: (grid.width + gap) / 12, y: 40 + gap };
}
