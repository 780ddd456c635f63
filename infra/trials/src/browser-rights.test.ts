/** A right changes, or the document begins anew, while somebody is at it: told at once, nothing lost, nothing merged blindly. */
import { readFileSync } from 'node:fs';
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
  untilSaved,
} from './harness/dashboard.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, pictures, type Visitor } from './harness/house.ts';
import { answer, createSample, type Person, password, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let friend: Person;
let friendId: string;
let tom: Visitor;
let documentId: string;
beforeAll(async () => {
  house = await openHouse();
  owner = await signUp(house.server().origin, 'Ana Diaz');
});
beforeEach(async () => {
  const { origin } = house.server();
  friend = await signUpInvited(origin, owner, 'Tom Reed', 'editor');
  friendId = (await answer<{ user: { id: string } }>(friend.call(origin, 'GET', '/api/me'), 200)).user.id;
  documentId = await createSample(origin, owner);
  tom = await house.enter({ person: friend, calm: true });
  await openDashboard(tom.page, documentId);
});
afterEach(async () => {
  await tom.context.close();
  expect(tom.complaints).toEqual([]);
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const content = () => contentOf(house.server().origin, owner, documentId);
const asOwner = (method: string, path: string, body?: unknown) =>
  owner.call(house.server().origin, method, path, body);

async function appoint(role: 'editor' | 'viewer'): Promise<void> {
  await answer(asOwner('PATCH', `/api/company/members/${friendId}`, { role }), 200);
}

const fixedTitle = (page: Page, words: string) =>
  page.getByRole('heading', { level: 1, name: words, exact: true });

/** Edits that cannot be sent at present: the badge counts them as kept. */
async function editOutOfReach(title: string): Promise<void> {
  await tom.cable.cut('sync');
  await eventually(() => badge(tom.page)).toBe('Offline');
  await titleField(tom.page).fill(title);
  await eventually(() => badge(tom.page)).toMatch(/kept on this device$/);
}

interface CopyFile {
  readonly title: string;
  readonly unsentChanges: number;
  readonly content: { readonly meta: { readonly title: string }; readonly charts: readonly unknown[] };
  readonly yjsUpdate: string;
}

/** Presses Download and reads the file. */
async function downloadFrom(page: Page): Promise<{ name: string; file: CopyFile }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  return {
    name: download.suggestedFilename(),
    file: JSON.parse(readFileSync(await download.path(), 'utf8')) as CopyFile,
  };
}

/** Discards by keyboard alone: the dialog opens on the safe way out, and Escape leaves everything as it was. */
async function discardByKeyboard(page: Page, title: string): Promise<void> {
  const button = page.getByRole('button', { name: 'Discard' });
  const dialog = page.getByRole('dialog', { name: title });
  await button.focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  expect(await faultsOf(page, 'opened'), title).toEqual([]);
  await pictures(page, `dialog ${title}`);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await button.focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

test('an editor made a viewer in mid-word can only view, at once; made an editor again, goes on', async () => {
  const { page } = tom;
  await titleField(page).fill('Typed');
  await untilSaved(page);
  await titleField(page).press('End');
  // By the keyboard, which waits for no field: this one is taken away under the hands.
  const typing = page.keyboard.type(' and more and more', { delay: 20 });
  await appoint('viewer');
  // What was typed until then is either stored or counted.
  await typing;
  await page.getByText('You can now only view this dashboard.').waitFor();
  await eventually(() => titleField(page).count()).toBe(0);
  await eventually(() => page.getByRole('button', { name: 'Add chart' }).count()).toBe(0);
  const shown = await page.locator('h1').textContent();
  const kept = await page.getByText('not sent').count();
  if (kept === 0) expect((await content()).meta.title).toBe(shown);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'downgraded');
  await appoint('editor');
  await titleField(page).waitFor();
  await untilSaved(page);
  expect((await content()).meta.title).toBe(shown);
  await titleField(page).fill('Going on');
  await untilSaved(page);
  expect((await content()).meta.title).toBe('Going on');
});

test('what a downgraded editor could not send is counted, kept, downloaded, and arrives with the right', async () => {
  const { page } = tom;
  const before = (await content()).meta.title;
  await editOutOfReach('Written too late');
  await appoint('viewer');
  await tom.cable.mend();
  await page.getByText(/^You can now only view this dashboard\. .* not sent\.$/).waitFor();
  await fixedTitle(page, 'Written too late').waitFor();
  await eventually(() => badge(page)).toBe('Not saved — you may only view this');
  expect((await content()).meta.title).toBe(before);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'downgraded, not sent');
  const { name, file } = await downloadFrom(page);
  expect(name).toMatch(/^Written too late, copy of \d{4}-\d\d-\d\d \d\d\.\d\d UTC\.json$/);
  expect(file.content.meta.title).toBe('Written too late');
  expect(file.content.charts.length).toBe((await content()).charts.length);
  expect(file.unsentChanges).toBeGreaterThan(0);
  expect(file.yjsUpdate.length).toBeGreaterThan(100);
  // A reload changes nothing about it.
  await page.reload();
  await page.getByText(/not sent\.$/).waitFor();
  expect((await content()).meta.title).toBe(before);
  await appoint('editor');
  await untilSaved(page);
  expect((await content()).meta.title).toBe('Written too late');
  await eventually(() => titleField(page).inputValue()).toBe('Written too late');
});

test('discarded, what could not be sent is gone, and the screen shows what everybody sees', async () => {
  const { page } = tom;
  const before = (await content()).meta.title;
  await editOutOfReach('Better forgotten');
  await appoint('viewer');
  await tom.cable.mend();
  await page.getByText(/not sent\.$/).waitFor();
  await discardByKeyboard(page, 'Discard what was not sent?');
  await fixedTitle(page, before).waitFor();
  await untilSaved(page);
  await page.reload();
  await fixedTitle(page, before).waitFor();
  await eventually(() => page.getByRole('button', { name: 'Discard' }).count()).toBe(0);
  await appoint('editor');
  await titleField(page).waitFor();
  await untilSaved(page);
  expect((await content()).meta.title).toBe(before);
});

test('a chart in the hand, an open form and an open menu survive the loss of the right', async () => {
  const { page } = tom;
  const place = chartIn(await content(), 'Hottest day').place;
  const shown = await shownOn(page);
  await tile(page, 'Rain in the last year').getByRole('heading').click();
  await page.keyboard.press('Enter');
  await page.getByRole('complementary', { name: 'Rain in the last year' }).waitFor();
  const hand = await carry(page, 'Hottest day', { columns: 3, rows: 4 });
  await appoint('viewer');
  await page.getByText('You can now only view this dashboard.').waitFor();
  await page.getByRole('complementary').waitFor({ state: 'detached' });
  await hand.drop();
  await eventually(async () => (await shownOn(page)).tiles.map(({ name, x, y }) => ({ name, x, y }))).toEqual(
    shown.tiles.map(({ name, x, y }) => ({ name, x, y })),
  );
  expect(await badge(page)).toBe('Saved');
  expect(chartIn(await content(), 'Hottest day').place).toEqual(place);
  await appoint('editor');
  // The form is there again, of the chart that was taken up last.
  await page.getByRole('complementary', { name: 'Hottest day' }).waitFor();
  await page.getByRole('button', { name: 'Close Hottest day' }).click();
  await (await carry(page, 'Hottest day', { columns: 3, rows: 4 })).drop();
  await untilSaved(page);
  await eventually(async () => chartIn(await content(), 'Hottest day').place.pos.x).toBe(3);
});

test('an owner gives roles and removes people in the dialog; who is removed keeps what was not sent', async () => {
  const { page } = tom;
  const ana = await house.enter({ person: owner, calm: true });
  await ana.page.goto('/');
  await ana.page.getByRole('button', { name: 'People' }).click();
  const row = ana.page.getByRole('listitem').filter({ hasText: friend.email });
  await row.getByRole('combobox', { name: 'Role of Tom Reed' }).click();
  // The list of people is slow to say what was chosen: what is chosen next counts all the same.
  const list = Promise.withResolvers<void>();
  await ana.page.route('**/api/company/members', async (route) => {
    await list.promise;
    await route.continue();
  });
  await ana.page.getByRole('option', { name: 'Viewer' }).click();
  await eventually(() => row.getByRole('combobox').inputValue()).toBe('Viewer');
  await page.getByText('You can now only view this dashboard.').waitFor();
  await row.getByRole('combobox').press('Enter');
  await ana.page.getByRole('option', { name: 'Editor' }).click();
  await eventually(() => row.getByRole('combobox').inputValue()).toBe('Editor');
  list.resolve();
  await titleField(page).waitFor();
  expect(await faultsOf(ana.page, 'opened'), 'people').toEqual([]);
  await pictures(ana.page, 'people with roles');

  await editOutOfReach('Mine alone');
  await row.getByRole('button', { name: 'Remove Tom Reed' }).click();
  // Asked first; Escape takes it back and leaves the dialog open.
  await row.getByText('Documents that they have open close at once.').waitFor();
  await ana.page.keyboard.press('Escape');
  await row.getByRole('button', { name: 'Remove Tom Reed' }).press('Enter');
  expect(await faultsOf(ana.page, 'opened'), 'remove').toEqual([]);
  await pictures(ana.page, 'remove a member');
  await row.getByRole('button', { name: 'Remove', exact: true }).click();
  await row.waitFor({ state: 'detached' });
  expect(ana.complaints).toEqual([]);
  await ana.context.close();

  await tom.cable.mend();
  await page.getByText(/no longer have access.* not sent\.$/).waitFor();
  await fixedTitle(page, 'Mine alone').waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'removed');
  expect(tom.complaints).toEqual([]);
  await page.reload();
  await page.getByText(/no longer have access.* not sent\.$/).waitFor();
  await fixedTitle(page, 'Mine alone').waitFor();
  // Chromium writes each refused request into the console: the page asked for a document that it may not know of.
  const announced = expect.stringMatching(new RegExp(`404 .*/api/documents/${documentId}\\)$`));
  await eventually(() => tom.complaints).toEqual([announced]);
  tom.complaints.length = 0;
  expect((await downloadFrom(page)).file.content.meta.title).toBe('Mine alone');
  await discardByKeyboard(page, 'Discard what was not sent?');
  await page.getByRole('heading', { name: /You have no access to this|There is nothing here/ }).waitFor();
});

test('signed out elsewhere, a person goes on, signs in again where they are, and all of it is stored', async () => {
  const { page } = tom;
  const other = await house.enter({ calm: true });
  await other.page.goto('/sign-in');
  await other.page.getByLabel('Email').fill(friend.email);
  await other.page.getByLabel('Password', { exact: true }).fill(password);
  await other.page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await other.page.getByRole('button', { name: 'Your account, Tom Reed' }).click();
  await other.page.getByRole('button', { name: 'Your devices' }).click();
  const devices = other.page.getByRole('dialog', { name: 'Your devices' });
  await devices.getByText('This device').waitFor();
  expect(await faultsOf(other.page, 'opened'), 'devices').toEqual([]);
  await pictures(other.page, 'devices');
  await devices
    .getByRole('button', { name: /^Sign out / })
    .first()
    .click();
  await page.getByText('You are signed out.').waitFor();
  await eventually(() => devices.getByRole('listitem').count()).toBe(1);
  expect(other.complaints).toEqual([]);
  await other.context.close();

  await titleField(page).fill('While signed out');
  await page.getByText(/wait(s)? on this device until you are back\.$/).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'signed out');
  await page.getByRole('button', { name: 'Sign in again' }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign in again' });
  await dialog.waitFor();
  expect(await faultsOf(page, 'opened'), 'sign in again').toEqual([]);
  await pictures(page, 'sign in again');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await untilSaved(page);
  await eventually(() => titleField(page).inputValue()).toBe('While signed out');
  expect((await content()).meta.title).toBe('While signed out');
  await eventually(() => page.getByText('You are signed out.').count()).toBe(0);
});

test('begun anew while a person was out of reach: told, nothing merged, the copy kept through reloads', async () => {
  const { page } = tom;
  await editOutOfReach('Of the earlier life');
  const second = await tom.newTab();
  await second.goto(`/d/${documentId}`);
  await eventually(() => second.title()).toContain('Of the earlier life');
  await answer(asOwner('POST', `/api/documents/${documentId}/reset`, {}), 200);
  const anew = (await content()).meta.title;
  expect(anew).not.toBe('Of the earlier life');
  await tom.cable.mend();
  for (const tab of [page, second]) {
    await tab.getByText(/^This dashboard was begun anew\. .* not sent\.$/).waitFor();
    await untilSaved(tab);
    await tile(tab, 'Five shares').waitFor({ state: 'detached' });
  }
  await second.close();
  expect((await content()).meta.title).toBe(anew);
  expect((await content()).charts).toEqual([]);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'begun anew');

  // Life goes on beside the banner.
  await titleField(page).fill('A new beginning');
  await untilSaved(page);
  await page.reload();
  await page.getByText(/^This dashboard was begun anew\./).waitFor();
  await untilSaved(page);
  await eventually(() => titleField(page).inputValue()).toBe('A new beginning');
  const { name, file } = await downloadFrom(page);
  expect(name).toMatch(/^Of the earlier life, copy of /);
  expect(file.content.meta.title).toBe('Of the earlier life');
  expect(file.content.charts.length).toBeGreaterThan(5);
  await discardByKeyboard(page, 'Discard this copy?');
  await page.getByText(/^This dashboard was begun anew\./).waitFor({ state: 'detached' });
  await page.reload();
  await untilSaved(page);
  await eventually(() => page.getByText(/begun anew/).count()).toBe(0);
  expect((await content()).meta.title).toBe('A new beginning');
});
