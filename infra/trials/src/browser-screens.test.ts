/** Every screen, light and dark, desktop and phone: for everybody's eyes and hands, quiet, and no wider than its window. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openProfile, type Profile, type ProfileOptions } from './harness/browser.ts';
import {
  chartIn,
  contentOf,
  openDashboard,
  save,
  tile,
  titleField,
  untilSaved,
} from './harness/dashboard.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture } from './harness/house.ts';
import { answer, createDocument, createSample, type Person, password, signUp } from './harness/people.ts';

let house: House;
let owner: Person;
let newcomer: Person;
let sample: string;
let blank: string;
let invitation: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  newcomer = await signUp(origin, 'Nils Berg');
  sample = await createSample(origin, owner);
  blank = await createDocument(origin, owner, 'Plans for the autumn');
  const binned = await createDocument(origin, owner, 'Old figures');
  await owner.call(origin, 'DELETE', `/api/documents/${binned}`);
  const made = owner.call(origin, 'POST', '/api/invitations', { role: 'editor' });
  invitation = (await answer<{ code: string }>(made, 201)).code;
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

type Look = Required<Pick<ProfileOptions, 'screen' | 'colorScheme'>>;

const looks: readonly Look[] = [
  { screen: 'desktop', colorScheme: 'light' },
  { screen: 'desktop', colorScheme: 'dark' },
  { screen: 'phone', colorScheme: 'light' },
  { screen: 'phone', colorScheme: 'dark' },
];

describe.each(looks)('$screen, $colorScheme', (look) => {
  const enter = (person?: Person) =>
    openProfile(house.browser, house.server().origin, { ...look, calm: true, ...(person ? { person } : {}) });

  async function leave({ context, complaints }: Profile): Promise<void> {
    await context.close();
    expect(complaints).toEqual([]);
  }

  test('sign in, sign up, invitations, nothing there', async () => {
    const stranger = await enter();
    const { page } = stranger;
    const screens = [
      ['/sign-in', 'Welcome back'],
      ['/sign-up', 'Create your workspace'],
      [`/invite/${invitation}`, 'Join '],
      ['/no/such/page', 'There is nothing here'],
    ] as const;
    for (const [path, heading] of screens) {
      await page.goto(path);
      await page.getByRole('heading', { name: heading }).waitFor();
      expect(await faultsOf(page), path).toEqual([]);
    }
    await leave(stranger);
  });

  test('home: empty, filled, bin, people, menus', async () => {
    const new1 = await enter(newcomer);
    await new1.page.goto('/');
    await new1.page.getByRole('heading', { name: 'Start with your data' }).waitFor();
    expect(await faultsOf(new1.page), 'empty').toEqual([]);
    await leave(new1);

    const ana = await enter(owner);
    const { page } = ana;
    await page.goto('/');
    await page.getByRole('link', { name: 'Plans for the autumn' }).waitFor();
    expect(await faultsOf(page), 'filled').toEqual([]);
    await picture(page, `home-${look.screen}-${look.colorScheme}`);
    await page.getByRole('button', { name: 'Actions for Plans for the autumn' }).click();
    await page.getByRole('menuitem', { name: 'Rename' }).waitFor();
    expect(await faultsOf(page, 'opened'), 'menu of a document').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Your account, Ana Diaz' }).click();
    await page.getByText('Sign out').waitFor();
    expect(await faultsOf(page, 'opened'), 'account').toEqual([]);
    await page.getByText('Export the company').click();
    await page.getByRole('dialog', { name: 'Export the company' }).waitFor();
    expect(await faultsOf(page, 'opened'), 'export').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Your account, Ana Diaz' }).click();
    await page.getByText('API tokens').click();
    await page.getByRole('dialog', { name: 'API tokens' }).waitFor();
    expect(await faultsOf(page, 'opened'), 'API tokens').toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'People' }).click();
    await page.getByRole('list', { name: 'Members' }).getByText('Ana Diaz').waitFor();
    await page.getByRole('button', { name: 'Make link' }).click();
    await page.getByRole('textbox', { name: 'Invitation link' }).waitFor();
    expect(await faultsOf(page, 'opened'), 'people').toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page
      .getByRole('option', { name: 'New dashboard' })
      .or(page.getByText('New dashboard'))
      .first()
      .waitFor();
    expect(await faultsOf(page, 'opened'), 'commands').toEqual([]);
    await page.keyboard.press('Escape');
    await page.goto('/?part=bin');
    await page.getByRole('button', { name: 'Restore Old figures' }).waitFor();
    expect(await faultsOf(page), 'bin').toEqual([]);
    await page.getByRole('button', { name: 'Actions for Old figures' }).click();
    await page.getByRole('menuitem', { name: 'Delete for good…' }).click();
    await page.getByRole('dialog', { name: 'Delete for good?' }).waitFor();
    expect(await faultsOf(page, 'opened'), 'question before deleting for good').toEqual([]);
    await page.keyboard.press('Escape');
    await leave(ana);
  });

  test('the editor: empty, with the sample, its panels and its dialogs', async () => {
    const ana = await enter(owner);
    const { page } = ana;
    await openDashboard(page, blank);
    await page.getByRole('heading', { name: 'Begin with a CSV file' }).waitFor();
    expect(await faultsOf(page), 'empty').toEqual([]);
    await openDashboard(page, sample);
    await page.getByRole('img', { name: /^Line chart: Temperature by month/ }).waitFor();
    expect(await faultsOf(page), 'sample').toEqual([]);
    await picture(page, `editor-${look.screen}-${look.colorScheme}`);

    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await page.getByRole('button', { name: 'Add filter' }).click();
    await page.getByRole('combobox', { name: 'Column' }).waitFor();
    expect(await faultsOf(page, 'opened'), 'columns to filter by').toEqual([]);
    await page.getByRole('option', { name: 'wind' }).click();
    await page.getByRole('textbox', { name: 'From' }).waitFor();
    expect(await faultsOf(page, 'opened'), 'filter').toEqual([]);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Filters', exact: true }).click();

    await page.getByRole('button', { name: 'Actions for Temperature by month' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByText('Split by').waitFor();
    expect(await faultsOf(page, 'opened'), 'chart, data').toEqual([]);
    await page.getByRole('tab', { name: 'Style' }).click();
    await page.getByText('Smooth lines').waitFor();
    expect(await faultsOf(page, 'opened'), 'chart, style').toEqual([]);
    await page.getByRole('button', { name: 'Close Temperature by month' }).click();

    for (const [name, words] of [
      ['Data', 'Seattle weather'],
      ['Appearance', 'Spacing'],
    ] as const) {
      if (look.screen === 'phone') {
        await page.getByRole('button', { name: 'More' }).click();
        await page.getByRole('menuitem', { name }).click();
      } else await page.getByRole('button', { name, exact: true }).click();
      await page.getByText(words, { exact: true }).waitFor();
      expect(await faultsOf(page, 'opened'), name).toEqual([]);
      await page.getByRole('button', { name: `Close ${name}` }).click();
    }

    await page.getByRole('button', { name: 'Add chart' }).click();
    const adding = page.getByRole('dialog', { name: 'Add chart' });
    await adding.waitFor();
    expect(await faultsOf(page, 'opened'), 'add chart').toEqual([]);
    await adding.getByRole('button', { name: 'Suggest charts' }).click();
    await page
      .getByRole('dialog', { name: /^Charts for/ })
      .getByRole('checkbox')
      .first()
      .waitFor();
    expect(await faultsOf(page, 'opened'), 'suggestions').toEqual([]);
    await page.getByRole('button', { name: 'Not now' }).click();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await faultsOf(page, 'opened'), 'shortcuts').toEqual([]);
    await leave(ana);
  });
});

test('with the keyboard alone: in, to a dashboard, a chart moved, that undone, and out', async () => {
  const { origin } = house.server();
  const visit = await openProfile(house.browser, origin);
  const { page } = visit;
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  /** Tab until what is wanted has the focus, as somebody without a mouse does. */
  const tabTo = async (wanted: RegExp) => {
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press('Tab');
      if (wanted.test(await focused())) return;
    }
    throw new Error(`${wanted} cannot be reached with Tab; last was "${await focused()}"`);
  };
  await page.goto('/sign-in');
  const email = page.getByLabel('Email');
  await email.waitFor();
  for (
    let step = 0;
    step < 10 && !(await email.evaluate((field) => field === document.activeElement));
    step += 1
  ) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.type(owner.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Sample: weather' }).waitFor();
  await tabTo(/^Sample: weather/);
  await page.keyboard.press('Enter');
  await untilSaved(page);
  await tile(page, 'Hottest day').waitFor();
  const place = async () => chartIn(await contentOf(origin, owner, sample), 'Hottest day').place;
  const before = await place();
  await tabTo(/^Hottest day/);
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Alt+ArrowDown');
  await save(page);
  expect((await place()).pos).toEqual({ x: before.pos.x, y: before.pos.y + 3 });
  expect(await focused(), 'the focus stays on what was moved').toMatch(/^Hottest day/);
  await page.keyboard.press('Shift+Alt+ArrowRight');
  // The words of the first save still stand: they say nothing of this edit.
  await eventually(async () => (await place()).size.w).toBe(before.size.w + 1);
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('Control+z');
  await eventually(place).toEqual(before);
  await page.keyboard.press('Control+k');
  await eventually(focused).toMatch(/^Search commands/);
  await page.keyboard.type('Plans for');
  await page.getByText('Plans for the autumn').last().waitFor();
  await page.keyboard.press('Enter');
  await eventually(() => titleField(page).inputValue()).toBe('Plans for the autumn');
  await tabTo(/^Your account/);
  await page.keyboard.press('Enter');
  await page.getByText('Sign out').waitFor();
  await tabTo(/Sign out/);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await visit.context.close();
  expect(visit.complaints).toEqual([]);
});
