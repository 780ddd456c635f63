import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { answer, type Person } from './people.ts';

/** An order in a shop: two pools, three lanes, a collapsed subprocess. */
const orderFile = new URL('../../fixtures/order.bpmn', import.meta.url);

export async function importOrder(origin: string, person: Person): Promise<string> {
  const sent = fetch(`${origin}/api/documents/import`, {
    method: 'POST',
    headers: {
      cookie: person.cookie,
      origin,
      'content-type': 'application/xml',
      'x-file-name': encodeURIComponent('Order to delivery.bpmn'),
    },
    body: await readFile(orderFile),
  });
  return (await answer<{ document: { id: string } }>(sent, 201)).document.id;
}

export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the drawing of an element is, by its BPMN id: pixels of the page. */
export async function placeOf(page: Page, id: string): Promise<Place> {
  return page
    .locator(`.djs-container .djs-shape[data-element-id="${id}"] > .djs-visual > :first-child`)
    .evaluate((node) => {
      const { x, y, width, height } = node.getBoundingClientRect();
      return { x, y, width, height };
    });
}

export const middle = ({ x, y, width, height }: Place) => ({ x: x + width / 2, y: y + height / 2 });
