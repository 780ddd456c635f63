/** A whole space goes back to a time, in a browser: looked at first, copied, restored in place, and by whoever may. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, pictures, type Visitor } from './harness/house.ts';
import { answer, createDocument, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let ids: { roof: string; plan: string; prices: string };
let then: string;

const origin = () => house.server().origin;
const rename = (id: string, title: string) =>
  answer(owner.call(origin(), 'PATCH', `/api/documents/${id}`, { title }), 200);

beforeAll(async () => {
  house = await openHouse();
  owner = await signUp(origin(), 'Ana Diaz');
  ids = {
    roof: await createDocument(origin(), owner, 'Roof of Building C'),
    plan: await createDocument(origin(), owner, 'Plan of the yard'),
    prices: await createDocument(origin(), owner, 'Prices of last year'),
  };
  ana = await house.enter({ person: owner, calm: true });
  then = await fieldTime(ana.page);
  await rename(ids.roof, 'Roof, given up');
  await answer204(owner.call(origin(), 'DELETE', `/api/documents/${ids.plan}`));
  await createDocument(origin(), owner, 'Made since');
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

/** A whole second after all that was stored and before all that will be, as the field takes it where the browser is. */
async function fieldTime(page: Page): Promise<string> {
  const second = Math.floor(Date.now() / 1000) + 1;
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(second * 1000 + 50), 10_000);
  return page.evaluate((at) => {
    const time = new Date(at);
    return new Date(at - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  }, second * 1000);
}

async function answer204(asked: Promise<Response>): Promise<void> {
  expect((await asked).status).toBe(204);
}

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Go back to an earlier time' });
const button = (within: Page | Locator, name: string | RegExp) =>
  within.getByRole('button', { name, exact: true });
const row = (page: Page, title: string): Locator =>
  dialog(page).getByRole('listitem').filter({ hasText: title });

async function open(page: Page): Promise<void> {
  await button(page, /^Actions for .*Diaz/).press('Enter');
  await page.getByRole('menuitem', { name: 'Go back to an earlier time…' }).press('Enter');
  await dialog(page).waitFor();
}

test('TIME-59 one sees by document what would happen, by keys alone, before anything does', async () => {
  const { page } = ana;
  await page.goto('/');
  await open(page);
  const field = dialog(page).getByLabel('Day and time');
  await eventually(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
  await field.fill(then);
  await dialog(page).getByText('2 documents would be copied, 2 would stay.').waitFor();
  await eventually(() => row(page, 'Roof, given up').innerText()).toMatch(
    /A copy\s+1 edit since by Ana Diaz$/,
  );
  await eventually(() => row(page, 'Plan of the yard').innerText()).toMatch(/A copy\s+In the bin since$/);
  await eventually(() => row(page, 'Prices of last year').innerText()).toMatch(/Stays\s+Not changed since$/);
  await eventually(() => row(page, 'Made since').innerText()).toMatch(/Stays\s+Made since then$/);
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await pictures(page, 'recovery-look');
});

test('TIME-59 copies are made beside, with the time in the title, and the report leads to them', async () => {
  const { page } = ana;
  await button(dialog(page), 'Make copies').press('Enter');
  await dialog(page).getByText('2 documents were copied.').waitFor();
  const copy = dialog(page).getByRole('link', { name: /^Roof of Building C as of/ });
  await copy.waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await pictures(page, 'recovery-copies');
  await eventually(() =>
    button(dialog(page), 'Done').evaluate((element) => element === document.activeElement),
  ).toBe(true);
  await page.keyboard.press('Enter');
  await dialog(page).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: /^Plan of the yard as of/ }).waitFor();
  await page.getByRole('link', { name: 'Roof, given up', exact: true }).waitFor();
});

test('TIME-59 in place everything is what it was, out of the bin too, and then nothing is left to do', async () => {
  const { page } = ana;
  await open(page);
  await dialog(page).getByLabel('Day and time').fill(then);
  await dialog(page).getByRole('radio', { name: 'Restore in place' }).check();
  await dialog(page).getByText('2 documents would come back').waitFor();
  await pictures(page, 'recovery-in-place');
  await button(dialog(page), 'Restore in place').press('Enter');
  await dialog(page).getByText('2 documents were restored.').waitFor();
  await button(dialog(page), 'Done').press('Enter');
  await page.getByRole('link', { name: 'Roof of Building C', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Plan of the yard', exact: true }).waitFor();
  await page.getByRole('link', { name: 'Made since', exact: true }).waitFor();
  await open(page);
  await dialog(page)
    .getByLabel('Day and time')
    .fill(await fieldTime(page));
  await dialog(page).getByText('Nothing changed since then').waitFor();
  await eventually(() => button(dialog(page), 'Make copies').isDisabled()).toBe(true);
  await pictures(page, 'recovery-nothing');
  await page.keyboard.press('Escape');
  await dialog(page).waitFor({ state: 'detached' });
  expect(ana.complaints).toEqual([]);
});

test('TIME-75 TIME-76 single documents are chosen by keys, and what has left the space is told', async () => {
  const { page } = ana;
  const since = await fieldTime(page);
  const roof = dialog(page).getByRole('checkbox', { name: 'Roof, again', exact: true });
  const plan = dialog(page).getByRole('checkbox', { name: 'Plan, again', exact: true });
  const filter = dialog(page).getByLabel('Filter by name');
  const has = (box: Locator) => box.evaluate((element) => element === document.activeElement);
  await rename(ids.roof, 'Roof, again');
  await rename(ids.plan, 'Plan, again');
  const [made] = await createdSince();
  const { spaces } = await answer<{ spaces: { id: string; kind: string; name: string }[] }>(
    owner.call(origin(), 'GET', '/api/me'),
    200,
  );
  const own = spaces.find(({ kind }) => kind === 'personal')!;
  await answer(owner.call(origin(), 'PATCH', `/api/documents/${made!.id}`, { projectId: own.id }), 200);
  await answer204(owner.call(origin(), 'DELETE', `/api/documents/${ids.prices}`));
  await answer204(owner.call(origin(), 'POST', `/api/documents/${ids.prices}/purge`));

  await open(page);
  await dialog(page).getByLabel('Day and time').fill(since);
  await dialog(page).getByText('2 documents would be copied, 2 would stay.').waitFor();
  const departed = dialog(page).getByRole('list', { name: 'What is not here any more' });
  await eventually(() => departed.innerText()).toBe(
    `One document of that time was deleted for good and cannot come back.\nIn “${own.name}” now, and staying there: Made since.`,
  );
  // Enter begins nothing, and Escape takes the filter away before it closes.
  await filter.fill('again plan');
  await filter.press('Enter');
  await eventually(() => roof.count()).toBe(0);
  await filter.press('Tab');
  expect(await has(plan)).toBe(true);
  await page.keyboard.press('Space');
  await dialog(page).getByText('1 document would be copied, 3 would stay.').waitFor();
  await filter.press('Escape');
  await roof.waitFor();
  await plan.press('ArrowDown');
  expect(await has(roof)).toBe(true);
  await page.keyboard.press('Home');
  expect(await has(plan)).toBe(true);
  expect([await plan.isChecked(), await roof.isChecked()]).toEqual([false, true]);
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await pictures(page, 'recovery-chosen');
  const all = dialog(page).getByRole('checkbox', { name: 'Choose all', exact: true });
  await all.press('Space');
  await dialog(page).getByText('2 documents would be copied, 2 would stay.').waitFor();
  await all.press('Space');
  await dialog(page).getByText('Nothing is chosen.').waitFor();
  await eventually(() => button(dialog(page), 'Make copies').isDisabled()).toBe(true);
  await roof.press('Space');
  await button(dialog(page), 'Make copies').press('Enter');
  await dialog(page).getByText('1 document was copied.').waitFor();
  await eventually(() => dialog(page).getByRole('link', { name: /as of/ }).count()).toBe(1);
  await departed.getByRole('link', { name: 'Made since' }).waitFor();
  expect(await faultsOf(page, 'opened')).toEqual([]);
  await pictures(page, 'recovery-chosen-done');
  await button(dialog(page), 'Done').press('Enter');
  await dialog(page).waitFor({ state: 'detached' });
  expect(ana.complaints).toEqual([]);
});

async function createdSince(): Promise<{ id: string }[]> {
  const { items } = await answer<{ items: { id: string }[] }>(
    owner.call(origin(), 'GET', '/api/documents?q=Made+since'),
    200,
  );
  return items;
}

test('TIME-59 an editor is told that owners alone restore what is shared, and a viewer is offered nothing', async () => {
  const editor = await signUpInvited(origin(), owner, 'Tom Reed', 'editor');
  const viewer = await signUpInvited(origin(), owner, 'Vic Sand', 'viewer');
  const [tom, vic] = [
    await house.enter({ person: editor, calm: true }),
    await house.enter({ person: viewer, calm: true }),
  ];
  await tom.page.goto('/');
  await open(tom.page);
  await eventually(() => dialog(tom.page).getByRole('radio', { name: 'Restore in place' }).isDisabled()).toBe(
    true,
  );
  await dialog(tom.page)
    .getByText('Only an owner of the company may do this to what everybody shares.')
    .waitFor();
  await vic.page.goto('/');
  await vic.page.getByRole('link', { name: 'Roof, again', exact: true }).waitFor();
  await eventually(() => vic.page.getByRole('button', { name: /^Actions for/ }).count()).toBe(0);
  expect([...tom.complaints, ...vic.complaints]).toEqual([]);
});
