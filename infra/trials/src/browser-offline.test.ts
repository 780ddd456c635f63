/** The network goes away and comes back: nobody waits, nobody loses work, and each badge says what is true. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  badge,
  carry,
  chartIn,
  contentOf,
  openDashboard,
  shownOn,
  tile,
  titleField,
  untilSame,
  untilSaved,
} from './harness/dashboard.ts';
import { eventually, type House, openHouse, type Visitor } from './harness/house.ts';
import { createSample, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let friend: Person;
let ana: Visitor;
let tom: Visitor;
let documentId: string;
beforeAll(async () => {
  house = await openHouse();
  owner = await signUp(house.server().origin, 'Ana Diaz');
  friend = await signUpInvited(house.server().origin, owner, 'Tom Reed', 'editor');
});
beforeEach(async () => {
  documentId = await createSample(house.server().origin, owner);
  ana = await house.enter({ person: owner });
  tom = await house.enter({ person: friend });
  await Promise.all([openDashboard(ana.page, documentId), openDashboard(tom.page, documentId)]);
});
afterEach(async () => {
  await ana.context.close();
  await tom.context.close();
  expect(ana.complaints).toEqual([]);
  expect(tom.complaints).toEqual([]);
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const content = () => contentOf(house.server().origin, owner, documentId);

async function unplug(visitor: Visitor): Promise<void> {
  await visitor.cable.cut('all');
  await visitor.context.setOffline(true);
}

async function plugIn(visitor: Visitor): Promise<void> {
  await visitor.cable.mend();
  await visitor.context.setOffline(false);
}

test('both edit while one is offline; back again, the edits of both are in one document', async () => {
  const before = await content();
  await unplug(ana);
  await eventually(() => badge(ana.page)).toBe('Offline');
  await ana.page.getByRole('button', { name: 'Retry' }).waitFor();
  await titleField(ana.page).fill('Written on a train');
  await (await carry(ana.page, 'Hottest day', { columns: 3, rows: 4 })).drop();
  await eventually(() => badge(ana.page)).toMatch(/^Offline — \d+ changes kept on this device$/);
  await (await carry(tom.page, 'Server CPU, last day', { columns: -1, rows: 0 })).drop();
  await tom.page.getByRole('button', { name: 'Actions for What kind of days' }).click();
  await tom.page.getByRole('menuitem', { name: 'Hide' }).click();
  await tile(tom.page, 'What kind of days').waitFor({ state: 'detached' });
  await untilSaved(tom.page);
  expect((await content()).meta.title, 'nothing of Ana has arrived').toBe(before.meta.title);
  await tile(ana.page, 'What kind of days').waitFor();

  await plugIn(ana);
  await untilSaved(ana.page);
  await untilSame(ana.page, tom.page);
  const after = await content();
  expect(after.meta.title).toBe('Written on a train');
  expect(chartIn(after, 'What kind of days').hidden).toBe(true);
  expect(chartIn(after, 'Hottest day').place.pos.x).toBe(3);
  expect(chartIn(after, 'Server CPU, last day').place.pos.x).toBe(8);
});

test('the same chart moved by both while apart ends in one place on both screens', async () => {
  await Promise.all([ana.cable.cut('sync'), tom.cable.cut('sync')]);
  await Promise.all([ana, tom].map(({ page }) => eventually(() => badge(page)).toBe('Offline')));
  // Both screens still show the four figures of the first row; each takes the third another way.
  const title = 'Highest share price';
  await (await carry(ana.page, title, { columns: -3, rows: 0 })).drop();
  await (await carry(tom.page, title, { columns: 3, rows: 0 })).drop();
  const apart = [await placeOf(ana.page, title), await placeOf(tom.page, title)];
  expect(apart[0]).not.toEqual(apart[1]);
  await Promise.all([ana.cable.mend(), tom.cable.mend()]);
  await Promise.all([untilSaved(ana.page), untilSaved(tom.page)]);
  await untilSame(ana.page, tom.page);
  const { pos } = chartIn(await content(), title).place;
  expect(apart).toContainEqual(pos);
});

test('a reload with unsent edits shows them, says that they are unsent, and sends them later', async () => {
  await ana.cable.cut('sync');
  await eventually(() => badge(ana.page)).toBe('Offline');
  await titleField(ana.page).fill('Not sent yet');
  await eventually(() => badge(ana.page)).toMatch(/kept on this device$/);
  await ana.page.reload();
  await eventually(() => badge(ana.page)).toMatch(/^Offline — .* kept on this device$/);
  expect(await titleOn(ana.page)).toBe('Not sent yet');
  await tile(ana.page, 'Five shares').waitFor();
  expect((await content()).meta.title).not.toBe('Not sent yet');
  // Editing goes on where it was left, out of reach of the server.
  await titleField(ana.page).fill('Changed after the reload');
  await ana.cable.mend();
  await untilSaved(ana.page);
  await eventually(() => titleField(tom.page).inputValue()).toBe('Changed after the reload');
  expect((await content()).meta.title).toBe('Changed after the reload');
});

test('two tabs of one person are one person, and agree while both are offline', async () => {
  const second = await ana.newTab();
  await openDashboard(second, documentId);
  await ana.page.getByRole('button', { name: 'Follow Ana Diaz (you), on 2 devices' }).waitFor();
  const faces = tom.page
    .getByRole('list', { name: 'People here' })
    .getByRole('button', { name: /^Follow Ana Diaz/ });
  await eventually(() => faces.count()).toBe(1);
  await unplug(ana);
  for (const page of [ana.page, second]) await eventually(() => badge(page)).toBe('Offline');
  await titleField(ana.page).fill('From the first tab');
  await eventually(() => titleField(second).inputValue()).toBe('From the first tab');
  await (await carry(second, 'Hottest day', { columns: 3, rows: 4 })).drop();
  await untilSame(ana.page, second);
  // The first tab goes; the second still holds what both did.
  await ana.page.close();
  await eventually(() => badge(second)).toMatch(/^Offline — .* kept on this device$/);
  await plugIn(ana);
  await untilSaved(second);
  await untilSame(second, tom.page);
  const { meta, charts } = await content();
  expect(meta.title).toBe('From the first tab');
  expect(charts.find(({ title }) => title === 'Hottest day')!.place.pos.x).toBe(3);
});

async function titleOn(page: Page): Promise<string> {
  return (await page.title()).replace(' · Tidemark', '');
}

async function placeOf(page: Page, title: string): Promise<{ x: number; y: number }> {
  const { x, y } = (await shownOn(page)).tiles.find((each) => each.name.startsWith(title))!;
  return { x, y };
}
