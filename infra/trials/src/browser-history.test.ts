/** The past of documents in a browser: the panel, travel by hand and keys, restore, names, new documents, and what is left offline. */

import { join } from 'node:path';
import { addChart, dashboard } from '@tidemark/documents/dashboard';
import { diagram, setTitle } from '@tidemark/documents/diagram';
import { estimate, setCells, setMeta } from '@tidemark/documents/estimate';
import { createEditor, createReader, type Editor, type Kind } from '@tidemark/documents/records';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { badge, openDashboard, untilSaved } from './harness/dashboard.ts';
import { createDiagram, openDiagram } from './harness/diagram.ts';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, pictures, type Visitor } from './harness/house.ts';
import { answer, createDocument, type Person, signUp, signUpInvited, syncUrl } from './harness/people.ts';
import { killAll, startServer } from './harness/server-process.ts';
import { Writer } from './harness/writer.ts';
import { embeddedConnection } from './torture/database.ts';

let house: House;
let owner: Person;
let tom: Person;
let mia: Person;
let ana: Visitor;
let vic: Visitor;
let job: string;
const line = 'landfill-fees';

beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  tom = await signUpInvited(origin, owner, 'Tom Weber', 'editor');
  mia = await signUpInvited(origin, owner, 'Mia Lund', 'editor');
  const viewer = await signUpInvited(origin, owner, 'Vic Sand', 'viewer');
  job = await createEstimate(origin, owner, 'Roof of Building C', roof);
  await edit(tom, job, estimate, (editor) => setCells(editor, [price(95)]));
  await edit(mia, job, estimate, (editor) => setCells(editor, [price(99)]));
  ana = await house.enter({ person: owner, calm: true });
  vic = await house.enter({ person: viewer, calm: true });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const price = (whole: number) => ({ id: line, column: 'unitCost' as const, value: whole * 10_000 });

/** Somebody's edit from elsewhere, stored when this resolves. */
async function edit<V>(
  person: Person,
  documentId: string,
  kind: Kind<V>,
  change: (editor: Editor) => unknown,
): Promise<void> {
  const writer = new Writer(await syncUrl(house.server().origin, person, documentId), person.name);
  await writer.untilLive();
  change(createEditor(writer.doc, kind.schema));
  await writer.until(() => writer.settledFrames >= writer.sent);
  writer.close();
}

/** The unit cost that the server has. */
async function storedPrice(): Promise<number | undefined> {
  const writer = new Writer(await syncUrl(house.server().origin, tom, job), 'reader');
  await writer.untilLive();
  const reader = createReader(writer.doc, estimate);
  const cost = reader.view().lines.get(line)?.unitCost;
  reader.destroy();
  writer.close();
  return cost;
}

const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'History', exact: true });
const entries = (page: Page): Locator => panel(page).locator('[data-history-item]');
const thumb = (page: Page): Locator => page.getByRole('slider', { name: 'Moment' });
const moment = (page: Page): Promise<string | null> => thumb(page).getAttribute('aria-valuetext');
const cost = (page: Page): Promise<string> =>
  page.getByRole('row').filter({ hasText: 'Landfill fees' }).locator('[data-column=unitCost]').innerText();
const past = (page: Page): Locator => page.getByText('You are looking at the past.', { exact: false });
const toNow = async (page: Page) => {
  await page.getByRole('link', { name: 'Now', exact: true }).click();
  await past(page).waitFor({ state: 'detached' });
};

test('TIME-20 the panel tells who worked on the document, when and at what', async () => {
  const { page } = ana;
  await openEstimate(page, job);
  await untilSaved(page);
  await button(page, 'History').press('Enter');
  await eventually(() => entries(page).allInnerTexts()).toEqual([
    expect.stringMatching(/^Mia Lund\s+\d\d:\d\d\s+Changed 1 line\s+1 edit$/),
    expect.stringMatching(/^Tom Weber\s+\d\d:\d\d\s+Changed 1 line\s+1 edit$/),
    expect.stringMatching(/^Ana Diaz\s+\d\d:\d\d\s+Added 11 lines, .*\s+2 edits$/),
  ]);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'history-panel');
});

test('TIME-22 one travels by keys: from the list into the past, stop by stop, to both ends', async () => {
  const { page } = ana;
  await entries(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await past(page).waitFor();
  await eventually(() => cost(page)).toBe('95.00');
  await eventually(() => moment(page)).toMatch(/, Tom Weber$/);
  await page.getByRole('heading', { level: 1, name: /after Tom Weber’s work/ }).waitFor();
  expect(await thumb(page).evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'history-travel');
  await thumb(page).press('ArrowRight');
  await eventually(() => cost(page)).toBe('99.00');
  await page.keyboard.press('PageDown');
  await eventually(() => cost(page)).toBe('95.00');
  await page.keyboard.press('PageDown');
  await eventually(() => cost(page)).toBe('92.00');
  await page.keyboard.press('End');
  await eventually(() => moment(page)).toMatch(/, Mia Lund$/);
  await eventually(() => cost(page)).toBe('99.00');
});

test('TIME-23 nothing can be written there, and live work of others goes on meanwhile', async () => {
  const { page } = ana;
  const cell = page.getByRole('row').filter({ hasText: 'Landfill fees' }).locator('[data-column=unitCost]');
  await cell.click();
  await page.keyboard.type('1');
  await page.keyboard.press('Enter');
  expect(await cost(page)).toBe('99.00');
  await edit(mia, job, estimate, (editor) => setCells(editor, [price(101)]));
  expect(await cost(page)).toBe('99.00');
  await toNow(page);
  await eventually(() => cost(page)).toBe('101.00');
});

test('TIME-22 play goes from stop to stop and ends at the last', async () => {
  const { page } = ana;
  // Her work of the test before has been read: the timeline ends with it.
  await entries(page).filter({ hasText: 'Mia Lund' }).filter({ hasText: '2 edits' }).waitFor();
  await entries(page).last().click();
  await past(page).waitFor();
  await thumb(page).focus();
  await page.keyboard.press('Home');
  await button(page, 'Speed 1×').click();
  await button(page, 'Speed 2×').click();
  await thumb(page).focus();
  await page.keyboard.press('Space');
  await button(page, 'Pause').waitFor();
  await eventually(() => moment(page)).toMatch(/, Mia Lund$/);
  await button(page, 'Play').waitFor();
  await eventually(() => cost(page)).toBe('101.00');
});

test('TIME-24 TIME-89 a restore is one edit that everybody gets and undo takes back, with a version before and after it', async () => {
  const { page } = ana;
  await entries(page).filter({ hasText: 'Tom Weber' }).click();
  await eventually(() => cost(page)).toBe('95.00');
  await button(page, 'Restore…').click();
  const dialog = page.getByRole('dialog', { name: /^Restore / });
  await dialog.getByText('Everybody sees it at once', { exact: false }).waitFor();
  await dialog.getByText('1 changed', { exact: true }).waitFor();
  await dialog.getByRole('link', { name: 'Look at it' }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await pictures(page, 'history-restore');
  await button(dialog, 'Restore').click();
  await past(page).waitFor({ state: 'detached' });
  const undo = page.getByRole('alert').getByRole('button', { name: 'Undo' });
  await undo.hover(); // with the pointer on it it stays; otherwise it is gone after 15 s
  await eventually(() => cost(page)).toBe('95.00');
  expect(await storedPrice()).toBe(950_000);
  await entries(page).filter({ hasText: 'Restored:' }).waitFor();
  await button(page, /automatic version/)
    .first()
    .waitFor();
  await undo.click();
  await eventually(() => cost(page)).toBe('101.00');
  await eventually(storedPrice).toBe(1_010_000);
});

test('TIME-25 a moment is named, and is a version from then on', async () => {
  const { page } = ana;
  await entries(page).filter({ hasText: 'Tom Weber' }).click();
  await button(page, 'Name it…').click();
  const dialog = page.getByRole('dialog', { name: 'Name this moment' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Before the dump got dearer');
  await button(dialog, 'Keep it').click();
  await dialog.waitFor({ state: 'detached' });
  const named = entries(page).filter({ hasText: '#1 Before the dump got dearer' });
  await named.click();
  await page.getByRole('heading', { level: 1, name: /^Version 1 · Before the dump got dearer/ }).waitFor();
  await eventually(() => cost(page)).toBe('95.00');
  await panel(page).getByRole('switch', { name: 'Named only' }).click();
  await eventually(() => entries(page).count()).toBe(1);
  await panel(page).getByRole('switch', { name: 'Named only' }).click();
});

test('TIME-26 a new document begins with a moment', async () => {
  const { page } = ana;
  await entries(page).filter({ hasText: 'Mia Lund' }).first().click();
  await eventually(() => moment(page)).toMatch(/, Mia Lund$/);
  await button(page, 'New version from this…').click();
  const dialog = page.getByRole('dialog', { name: 'New document from this moment' });
  const title = dialog.getByRole('textbox', { name: 'Title' });
  await eventually(() => title.inputValue()).toBe('Roof of Building C v2');
  await button(dialog, 'Create it').click();
  await eventually(() => page.getByRole('heading', { level: 1 }).getByRole('textbox').inputValue()).toBe(
    'Roof of Building C v2',
  );
  await eventually(() => cost(page)).toBe('101.00');
});

test('TIME-27 who may only read travels and compares, and is offered nothing that writes', async () => {
  const { page } = vic;
  await openEstimate(page, job);
  await button(page, 'History').press('Enter');
  await entries(page).filter({ hasText: 'Tom Weber' }).click();
  await eventually(() => cost(page)).toBe('95.00');
  await button(page, 'Compare').waitFor();
  for (const name of ['Restore…', 'Name it…', 'New version from this…']) {
    await eventually(() => button(page, name).count(), name).toBe(0);
  }
  await entries(page).first().click({ button: 'right' });
  await eventually(() => page.getByRole('menuitem').allInnerTexts()).toEqual([
    'Look at it',
    'Compare with now',
    'What changed here',
  ]);
  await page.keyboard.press('Escape');
  expect(vic.complaints).toEqual([]);
});

test('TIME-28 offline, what was looked at on this device can be looked at and restored; what was not, says so', async () => {
  const { page, cable, context } = ana;
  await openEstimate(page, job);
  await untilSaved(page);
  // Looked at by this device before the page was loaded again.
  await button(page, 'History').press('Enter');
  await entries(page).filter({ hasText: 'Restored:' }).waitFor();
  await page.waitForLoadState('networkidle');
  await cable.cut('all');
  await context.setOffline(true);
  await panel(page).getByText('You are offline.', { exact: false }).waitFor();
  await entries(page).filter({ hasText: 'Restored:' }).click();
  await page.getByText('was not looked at on this device before', { exact: false }).waitFor();
  await toNow(page);
  await eventually(() => badge(page)).toMatch(/^Offline/);
  await entries(page).filter({ hasText: 'Tom Weber' }).click();
  await page.getByText('this is kept on this device', { exact: false }).waitFor();
  await eventually(() => cost(page)).toBe('95.00');
  await button(page, 'Restore…').click();
  const dialog = page.getByRole('dialog', { name: /^Restore / });
  await dialog.getByText('You are offline.', { exact: false }).waitFor();
  await button(dialog, 'Restore').click();
  await past(page).waitFor({ state: 'detached' });
  await eventually(() => cost(page)).toBe('95.00');
  await eventually(() => badge(page)).toMatch(/kept on this device/);
  await cable.mend();
  await context.setOffline(false);
  await untilSaved(page);
  await eventually(storedPrice).toBe(950_000);
  await eventually(() => entries(page).filter({ hasText: 'Restored:' }).count()).toBe(2);
  // What stood before it is kept, too, from when it came.
  const [restored] = (await told(job)).items.filter(({ reason }) => reason === 'restored');
  const before = (await told(job)).items.filter(({ reason }) => reason === 'before-restore');
  expect(before.map(({ lsn }) => lsn)).toContain(restored!.lsn! - 1);
});

test('TIME-21 a dashboard travels in its own grid', async () => {
  const { origin } = house.server();
  const id = await createDocument(origin, owner, 'Sales');
  await edit(owner, id, dashboard, (editor) => addChart(editor, { type: 'bar', title: 'Revenue' }));
  await edit(tom, id, dashboard, (editor) => addChart(editor, { type: 'bar', title: 'Costs' }));
  const { page } = ana;
  await openDashboard(page, id);
  await button(page, 'History').press('Enter');
  await entries(page).filter({ hasText: 'Ana Diaz' }).first().click();
  await past(page).waitFor();
  const tiles = page.locator('[data-chart]');
  await eventually(() => tiles.allInnerTexts()).toEqual([expect.stringContaining('Revenue')]);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'history-dashboard');
  await thumb(page).press('End');
  await eventually(() => tiles.count()).toBe(2);
});

test('TIME-21 a diagram travels on its own canvas, which stays where it was looked at', async () => {
  const { origin } = house.server();
  const id = await createDiagram(origin, owner, 'Order to cash');
  await edit(tom, id, diagram, (editor) => setTitle(editor, 'Order to money'));
  const { page } = ana;
  await openDiagram(page, id);
  await button(page, 'History').press('Enter');
  await entries(page).filter({ hasText: 'Tom Weber' }).click();
  await past(page).waitFor();
  const canvas = page.locator('.djs-container .viewport').first();
  await canvas.waitFor();
  await button(page, 'Zoom in').press('Enter');
  const look = await canvas.getAttribute('transform');
  await page.locator('.djs-container').evaluate((element) => element.setAttribute('data-same', ''));
  await thumb(page).press('Home');
  await eventually(() => moment(page)).not.toMatch(/, Tom Weber$/);
  await eventually(() => page.locator('[aria-busy=true]').count()).toBe(0);
  await eventually(() => canvas.getAttribute('transform')).toBe(look);
  await eventually(() => page.locator('.djs-container[data-same]').count()).toBe(1);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'history-diagram');
});

/** The last LSN, and what history tells, the newest first. */
interface Told {
  readonly head: { readonly lsn: number };
  readonly detail: { readonly lsn: number };
  readonly items: readonly { readonly reason?: string; readonly lsn?: number }[];
}
const told = (id: string): Promise<Told> =>
  answer(owner.call(house.server().origin, 'GET', `/api/documents/${id}/history`), 200);
const heading = (page: Page, name: RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();

test('TIME-65 every single edit is reached, by keys, by buttons and on a line of its own, and told as which it is', async () => {
  const { origin } = house.server();
  const id = await createEstimate(origin, owner, 'Prices in a hurry', roof);
  const { head: before } = await told(id);
  const writer = new Writer(await syncUrl(origin, tom, id), tom.name);
  await writer.untilLive();
  const editor = createEditor(writer.doc, estimate.schema);
  for (let nth = 1; nth <= 9; nth += 1) {
    setCells(editor, [price(200 + nth)]);
    await writer.until(() => writer.settledFrames >= writer.sent);
  }
  writer.close();
  const last = before.lsn + 9;
  const { page } = ana;
  await page.goto(`/d/${id}?at=${before.lsn + 5}`);
  const at = async (nth: number) => {
    await heading(page, new RegExp(`edit ${before.lsn + nth} of ${last}\\b`));
    await eventually(() => cost(page)).toBe(`${200 + nth}.00`);
    expect(await moment(page)).toMatch(/, Tom Weber$/);
  };
  await at(5);
  await page.keyboard.press(',');
  await at(4);
  await page.keyboard.press('.');
  await page.keyboard.press('.');
  await at(6);
  await thumb(page).press('Shift+ArrowLeft');
  await at(5);
  await button(page, 'One edit forward').click();
  await at(6);
  await button(page, 'Every edit').click();
  const line = page.getByRole('slider', { name: 'Edit' });
  await line.press('End');
  await at(9);
  await eventually(() => button(page, 'One edit forward').isDisabled()).toBe(true);
  await line.press('ArrowLeft');
  await at(8);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'history-edits');
  const rail = (await line.locator('..').boundingBox())!;
  await page.mouse.click(rail.x + (rail.width * (before.lsn + 2)) / (last - 1), rail.y + rail.height / 2);
  await at(3);
  await line.press('Home');
  await heading(page, new RegExp(`edit 1 of ${last}\\b.*Ana Diaz`));
  await eventually(() => button(page, 'One edit back').isDisabled()).toBe(true);
  await button(page, 'Compare').click();
  await page.getByRole('menuitem', { name: 'What changed here' }).waitFor();
  await page.keyboard.press('Escape');
});

test('TIME-68 one goes to a time, and is told where nothing was there yet', async () => {
  const { page } = ana;
  await button(page, 'Go to a time…').click();
  const dialog = page.getByRole('dialog', { name: 'As it was at a time' });
  const field = dialog.getByLabel('Day and time');
  await field.fill('2001-02-03T04:05:06');
  await button(dialog, 'Go there').click();
  await dialog.getByText('Nothing was here yet at that time.').waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await pictures(page, 'history-time');
  await field.fill('2099-02-03T04:05:06');
  await button(dialog, 'Go there').click();
  await dialog.waitFor({ state: 'detached' });
  await eventually(() => cost(page)).toBe('209.00');
});

test('TIME-69 work that is still being read is told of, and stands in the panel once it was', async () => {
  const { page } = ana;
  const held = Promise.withResolvers<void>();
  let asked = 0;
  // As the server answers while it reads: what it has by then, and that there is more.
  await page.route(/\/history\?limit=50$/, async (route) => {
    asked += 1;
    if (asked > 1) await held.promise;
    const response = await route.fetch();
    const page = (await response.json()) as object;
    await route.fulfill({ response, json: asked > 1 ? page : { ...page, items: [], settling: true } });
  });
  await openEstimate(page, job);
  await button(page, 'History').press('Enter');
  const note = panel(page).getByText('Recent work is still being read…');
  await note.waitFor();
  await eventually(() => panel(page).getByText('No changes yet').count()).toBe(0);
  await pictures(page, 'history-settling');
  held.resolve();
  await note.waitFor({ state: 'detached' });
  await entries(page).filter({ hasText: 'Tom Weber' }).first().waitFor();
  await page.unroute(/\/history\?limit=50$/);
});

test('TIME-22 on a phone the timeline stands under what is looked at, and a finger moves along it', async () => {
  const phone = await house.enter({ person: owner, screen: 'phone', colorScheme: 'dark', calm: true });
  const { page } = phone;
  await page.goto(`/d/${job}`);
  await button(page, 'More').tap();
  await page.getByRole('menuitem', { name: 'History' }).tap();
  const sheet = page.getByRole('dialog', { name: 'History' });
  await sheet.locator('[data-history-item]').first().waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await picture(page, 'history-panel-on-a-phone');
  await sheet.locator('[data-history-item]').filter({ hasText: 'Tom Weber' }).tap();
  await past(page).waitFor();
  await eventually(() => moment(page)).toMatch(/, Tom Weber$/);
  await eventually(() => page.locator('[aria-busy=true]').count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await picture(page, 'history-on-a-phone');
  // How many stops there are depends on how fast the edits came; the first is of whoever made the estimate.
  const rail = (await thumb(page).locator('..').boundingBox())!;
  await page.touchscreen.tap(rail.x + 2, rail.y + rail.height / 2);
  await eventually(() => moment(page)).not.toMatch(/, Tom Weber$/);
  await button(page, 'Every edit').tap();
  const line = page.getByRole('slider', { name: 'Edit' });
  const nth = () => line.getAttribute('aria-valuenow').then(Number);
  await line.waitFor();
  const from = await nth();
  await button(page, 'One edit forward').tap();
  await eventually(nth).toBe(from + 1);
  const own = (await line.locator('..').boundingBox())!;
  await page.touchscreen.tap(own.x + 2, own.y + own.height / 2);
  await eventually(nth).toBe(1);
  await eventually(() => page.locator('[aria-busy=true], [data-before]').count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await picture(page, 'history-edits-on-a-phone');
  const buttons = page.getByRole('region', { name: 'Timeline' }).getByRole('button');
  for (const one of await buttons.all()) {
    const { width, height } = (await one.boundingBox())!;
    expect(Math.min(width, height), (await one.getAttribute('aria-label'))!).toBeGreaterThanOrEqual(44);
  }
  for (const [name, title] of [
    ['Go to a time…', 'As it was at a time'],
    ['Name it…', 'Name this moment'],
    ['New version from this…', 'New document from this moment'],
  ] as const) {
    await button(page, 'More').tap();
    await page.getByRole('menuitem', { name }).tap();
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.waitFor();
    expect(await faultsOf(page, 'opened'), name).toEqual([]);
    await picture(page, `history-on-a-phone ${title}`);
    await button(dialog, 'Close').tap();
    await dialog.waitFor({ state: 'detached' });
  }
  expect(phone.complaints).toEqual([]);
  await phone.context.close();
});

test('TIME-66 of a document with several lives and thinned detail the panel tells both, and steps lead from version to version', async () => {
  const { origin } = house.server();
  const id = await createEstimate(origin, owner, 'Begun twice', roof);
  await edit(tom, id, estimate, (editor) => setCells(editor, [price(95)]));
  const ask = (method: string, path: string, body?: object) => owner.call(origin, method, path, body);
  const { head: first } = await told(id);
  await answer(
    ask('POST', `/api/documents/${id}/history/versions`, { lsn: first.lsn - 1, name: 'Offer' }),
    201,
  );
  // An automatic version of where the first life ends.
  await answer(ask('POST', `/api/documents/${id}/history/marks`, { reason: 'before-import' }), 201);
  await answer(ask('POST', `/api/documents/${id}/reset`), 200);
  await answer(ask('PUT', '/api/company/history', { detailDays: 7 }), 200);
  // To this process all of it is a month old.
  const archivist = await startServer(join(house.dataDir, 'second'), {
    ARCHIVE_SECONDS: '1',
    DATABASE_URL: embeddedConnection(house.dataDir).url,
    NODE_OPTIONS: `--import=${new URL('./harness/month-ahead.ts', import.meta.url).href}`,
  });
  await eventually(async () => (await told(id)).detail.lsn).toBeGreaterThanOrEqual(first.lsn);
  await killAll(archivist, house.dataDir, 'server');
  await edit(mia, id, estimate, (editor) => setMeta(editor, { client: 'Harbour School' }));
  const { detail } = await told(id);
  const { page } = ana;
  await openEstimate(page, id);
  await button(page, 'History').press('Enter');
  const lines = panel(page).getByRole('listitem');
  await lines.filter({ hasText: 'Mia Lund' }).waitFor();
  await lines.filter({ hasText: 'Begun anew' }).waitFor();
  await lines.filter({ hasText: /^Detail ends here: before / }).waitFor();
  await lines.filter({ hasText: 'only versions are kept of this time' }).first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'history-lives');
  await page.goto(`/d/${id}?at=${detail.lsn + 1}`);
  await heading(page, /edit 1 of /);
  const back = button(page, 'One edit back');
  const note = page.getByText('Single edits of this time are no longer kept', { exact: false });
  await eventually(() => note.count()).toBe(0);
  // The last of the first life, and what has a name.
  await back.click();
  await note.first().waitFor();
  await eventually(() => cost(page)).toBe('95.00');
  await page.keyboard.press(',');
  await heading(page, /^Version 1 · Offer/);
  await eventually(() => cost(page)).toBe('92.00');
  await eventually(() => back.isDisabled()).toBe(true);
  await page.goto(`/d/${id}?at=${first.lsn - 2}`);
  await page.getByText('Only versions are kept of this time').waitFor();
  await eventually(() => button(page, 'Restore…').count()).toBe(0);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'history-thinned');
  await button(page, 'The next one').click();
  await heading(page, /^Version 1 · Offer/);
  // Chromium writes into the console that what is thinned is gone.
  expect(ana.complaints.splice(0)).toEqual([expect.stringContaining(`/history/${first.lsn - 2}/state`)]);
});

test('nobody’s browser had anything to complain about', () => {
  expect([...ana.complaints, ...vic.complaints]).toEqual([]);
});
