/** Two people on one dashboard, each in a browser of their own: seen, merged, undone, followed; and one who only looks. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  badge,
  carry,
  chartIn,
  contentOf,
  openDashboard,
  save,
  stretch,
  tile,
  titleField,
  untilSame,
  untilSaved,
} from './harness/dashboard.ts';
import { eventually, type House, openHouse, pictures, type Visitor } from './harness/house.ts';
import { createSample, newEmail, type Person, password, signUp } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let tom: Visitor;
let documentId: string;
beforeAll(async () => {
  house = await openHouse();
  owner = await signUp(house.server().origin, 'Ana Diaz');
  documentId = await createSample(house.server().origin, owner);
  ana = await house.enter({ person: owner });
  tom = await house.enter();
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const content = () => contentOf(house.server().origin, owner, documentId);

/** Both are stored and both see the same. Returns it. */
async function untilAgreed() {
  await Promise.all([untilSaved(ana.page), untilSaved(tom.page)]);
  return untilSame(ana.page, tom.page);
}

test('a second person comes in by an invitation link and opens what is shared', async () => {
  await ana.page.goto('/');
  await ana.page.getByRole('button', { name: 'People' }).click();
  await ana.page.getByRole('button', { name: 'Make link' }).click();
  const link = await ana.page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  expect(new URL(link).origin).toBe(ana.origin);
  await tom.page.goto(new URL(link).pathname);
  await tom.page.getByText('Ana Diaz invited you to join').waitFor();
  await tom.page.getByLabel('Your name').fill('Tom Reed');
  await tom.page.getByLabel('Work email').fill(newEmail('Tom Reed'));
  await tom.page.getByLabel('Password', { exact: true }).fill(password);
  await tom.page.getByRole('button', { name: 'Create account and join' }).click();
  await tom.page.getByRole('button', { name: 'People' }).click();
  await tom.page.getByRole('list', { name: 'Members' }).getByText('Tom Reed').waitFor();
  await eventually(
    () => tom.page.getByRole('button', { name: 'Make link' }).count(),
    'only the owner invites',
  ).toBe(0);
  await tom.page.keyboard.press('Escape');
  await tom.page.getByRole('link', { name: 'Sample: weather, shares and a server' }).click();
  await untilSaved(tom.page);
  await openDashboard(ana.page, documentId);
  await untilAgreed();
});

test('each sees the cursor, the name and the selection of the other', async () => {
  await ana.page.getByRole('button', { name: 'Follow Tom Reed' }).waitFor();
  await tom.page.getByRole('button', { name: 'Follow Ana Diaz' }).waitFor();
  const target = (await tile(tom.page, 'Temperature by month').boundingBox())!;
  await tom.page.mouse.move(target.x + 200, target.y + 120);
  await tom.page.mouse.click(target.x + 220, target.y + 140);
  const cursor = ana.page.locator('[data-cursor-of]');
  await cursor.filter({ hasText: 'Tom Reed' }).waitFor();
  // Both windows are of one size, so the tip of the cursor stands on the same pixel.
  await eventually(async () => {
    const box = (await cursor.boundingBox())!;
    return Math.hypot(box.x - target.x - 220, box.y - target.y - 140);
  }, 'distance of the shown cursor from the real one').toBeLessThan(4);
  const selected = ana.page.getByRole('group', {
    name: 'Temperature by month, line chart; selected by Tom Reed',
  });
  await selected.waitFor();
  expect(await selected.evaluate((element) => getComputedStyle(element).outlineStyle)).toBe('solid');
  const other = (await tile(ana.page, 'What kind of days').boundingBox())!;
  await ana.page.mouse.click(other.x + 80, other.y + 120);
  await ana.page.mouse.move(other.x + 100, other.y + 140);
  await tom.page.getByRole('group', { name: /What kind of days.*selected by Ana Diaz/ }).waitFor();
  await tom.page.locator('[data-cursor-of]').filter({ hasText: 'Ana Diaz' }).waitFor();
  await pictures(ana.page, 'dashboard');
  await tile(ana.page, 'What kind of days').waitFor();
});

test('moves of two charts at the same time are both kept', async () => {
  // Two of the four figures of the first row go, so that there is room to carry the others about.
  for (const title of ['Rain in the last year', 'Server CPU, last day']) {
    await tom.page.getByRole('button', { name: `Actions for ${title}` }).click();
    await tom.page.getByRole('menuitem', { name: 'Hide' }).click();
  }
  await untilAgreed();
  const [hers, his] = await Promise.all([
    carry(ana.page, 'Hottest day', { columns: 3, rows: 0 }),
    carry(tom.page, 'Highest share price', { columns: 2, rows: 0 }),
  ]);
  // While the hand is down the other sees a ghost of the tile.
  await tom.page.getByTestId('cursors').getByText('Ana Diaz').first().waitFor();
  await Promise.all([hers.drop(), his.drop()]);
  await untilAgreed();
  const after = await content();
  expect(chartIn(after, 'Hottest day').place.pos).toEqual({ x: 3, y: 0 });
  expect(chartIn(after, 'Highest share price').place.pos).toEqual({ x: 8, y: 0 });
});

test('of two moves of one chart one holds, whole, and both screens show that one', async () => {
  const [hers, his] = await Promise.all([
    carry(ana.page, 'Hottest day', { columns: -3, rows: 0 }),
    carry(tom.page, 'Hottest day', { columns: -2, rows: 0 }),
  ]);
  await Promise.all([hers.drop(), his.drop()]);
  await untilAgreed();
  const { pos } = chartIn(await content(), 'Hottest day').place;
  expect([
    { x: 0, y: 0 },
    { x: 1, y: 0 },
  ]).toContainEqual(pos);
});

test('one moves a chart while the other resizes it: both are kept', async () => {
  const title = 'Highest share price';
  const { size } = chartIn(await content(), title).place;
  const [hers, his] = await Promise.all([
    carry(ana.page, title, { columns: -1, rows: 0 }),
    stretch(tom.page, title, { columns: -1, rows: 2 }),
  ]);
  await Promise.all([hers.drop(), his.drop()]);
  await untilAgreed();
  expect(chartIn(await content(), title).place).toMatchObject({
    pos: { x: 7, y: 0 },
    size: { w: size.w - 1, h: size.h + 2 },
  });
});

test('a type changed by one and a mapping changed by the other meet in one chart', async () => {
  const title = 'What kind of days';
  await edit(ana, title);
  await edit(tom, title);
  await ana.page.getByRole('button', { name: 'Bar', exact: true }).click();
  await tom.page.getByRole('textbox', { name: 'Shown at most' }).fill('3');
  await untilAgreed();
  await eventually(async () => {
    const { type, mapping } = chartIn(await content(), title);
    return { type, limit: mapping.limit };
  }).toEqual({ type: 'bar', limit: 3 });
  for (const { page } of [ana, tom]) {
    await page.getByRole('group', { name: `${title}, bar chart` }).waitFor();
    await page.getByRole('button', { name: `Close ${title}` }).click();
  }
});

async function edit({ page }: Visitor, title: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${title}` }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('complementary', { name: title }).waitFor();
}

test('undo takes back one\u2019s own steps and leaves those of the other', async () => {
  await titleField(ana.page).fill('Ana was here');
  await untilAgreed();
  const mine = chartIn(await content(), 'Five shares').type;
  await edit(tom, 'Five shares');
  await tom.page.getByRole('button', { name: 'Area', exact: true }).click();
  await untilAgreed();
  await tom.page.getByRole('button', { name: 'Close Five shares' }).click();
  // Ana's last step is her title, though Tom did something after it.
  await ana.page.getByRole('button', { name: /^Undo/ }).click();
  await untilAgreed();
  const undone = await content();
  expect(undone.meta.title).not.toBe('Ana was here');
  expect(chartIn(undone, 'Five shares').type).toBe('area');
  await tom.page.getByRole('button', { name: /^Undo/ }).click();
  await ana.page.getByRole('button', { name: /^Redo/ }).click();
  await untilAgreed();
  const redone = await content();
  expect(redone.meta.title).toBe('Ana was here');
  expect(chartIn(redone, 'Five shares').type).toBe(mine);
});

test('a title written by both at the same time ends as one title on both screens and in the log', async () => {
  await Promise.all([titleField(ana.page).fill(''), titleField(tom.page).fill('')]);
  await Promise.all([
    titleField(ana.page).pressSequentially('Weather'),
    titleField(tom.page).pressSequentially('Shares'),
  ]);
  const { title } = await untilAgreed();
  expect((await content()).meta.title).toBe(title);
  await titleField(tom.page).fill('Weather and shares');
  expect((await untilAgreed()).title).toBe('Weather and shares');
});

test('following shows what the other sees, until Esc', async () => {
  const top = (visitor: Visitor) =>
    visitor.page.locator('[data-scroller]').evaluate((element) => element.scrollTop);
  await ana.page.getByRole('button', { name: 'Follow Tom Reed' }).click();
  await ana.page.getByText('Following Tom Reed.').waitFor();
  await tom.page.locator('[data-scroller]').evaluate((element) => element.scrollTo({ top: 420 }));
  await eventually(() => top(ana)).toBe(420);
  await ana.page.keyboard.press('Escape');
  await ana.page.getByText('Following Tom Reed.').waitFor({ state: 'detached' });
  await tom.page.locator('[data-scroller]').evaluate((element) => element.scrollTo({ top: 0 }));
  await tom.page.mouse.move(700, 500);
  await ana.page.locator('[data-cursor-of]').waitFor(); // news of Tom that is younger than his scrolling
  expect(await top(ana)).toBe(420);
  await ana.page.locator('[data-scroller]').evaluate((element) => element.scrollTo({ top: 0 }));
});

test('somebody invited to look sees edits as they are made, and changes nothing but filters of their own', async () => {
  await save(ana.page);
  const made = await owner.call(house.server().origin, 'POST', '/api/invitations', { role: 'viewer' });
  const eve = await house.enter();
  await eve.page.goto(`/invite/${((await made.json()) as { code: string }).code}`);
  await eve.page.getByText('as a viewer').waitFor();
  await eve.page.getByLabel('Your name').fill('Eve Lund');
  await eve.page.getByLabel('Work email').fill(newEmail('Eve Lund'));
  await eve.page.getByLabel('Password', { exact: true }).fill(password);
  await eve.page.getByRole('button', { name: 'Create account and join' }).click();
  await eve.page.getByRole('link', { name: 'Weather and shares' }).click();
  await eve.page.getByText('You can view this dashboard.').waitFor();
  const { page } = eve;
  await tile(page, 'Five shares').waitFor();
  await eventually(() => page.getByRole('button', { name: /^(Add chart|Undo|Data)/ }).count()).toBe(0);
  // Whoever reads may speak, and nothing more.
  await page.getByRole('button', { name: 'Actions for Five shares' }).click();
  await page.getByRole('menuitem').first().waitFor();
  await eventually(() => page.getByRole('menuitem').allInnerTexts()).toEqual(['Comment']);
  await page.keyboard.press('Escape');
  await page.getByRole('menuitem').first().waitFor({ state: 'detached' });
  await eventually(() => titleField(page).count()).toBe(0);
  await eventually(() => page.locator('.react-resizable-handle').filter({ visible: true }).count()).toBe(0);
  const start = await content();
  await (await carry(page, 'Hottest day', { columns: 2, rows: 2 })).drop();
  await page.keyboard.press('Alt+ArrowRight');
  await page.keyboard.press('Delete');

  await titleField(ana.page).fill('Seen by Eve');
  await page.getByRole('heading', { name: 'Seen by Eve' }).waitFor();
  await page.getByRole('button', { name: 'Filters', exact: true }).click();
  await page.getByRole('button', { name: 'Add filter' }).click();
  await page.getByRole('combobox', { name: 'Column' }).click();
  await page.getByRole('option', { name: 'weather' }).click();
  await page.getByRole('combobox', { name: 'Values' }).click();
  await page.getByRole('option', { name: 'snow' }).click();
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Add filter' }).last().click();
  await page.getByRole('button', { name: /weather is one of snow/ }).waitFor();
  await page.getByText('On your screen only').waitFor();
  await page.getByRole('img', { name: /What kind of days.*over 1 categories: snow/ }).waitFor();
  await untilAgreed();
  expect(await content()).toEqual({ ...start, meta: { ...start.meta, title: 'Seen by Eve' } });
  expect(await badge(page)).not.toMatch(/not saved/i);
  await eve.context.close();
  expect(eve.complaints).toEqual([]);
});

test('who leaves is gone from the other screen at once', async () => {
  await tom.page.mouse.move(700, 500);
  await ana.page.locator('[data-cursor-of]').filter({ hasText: 'Tom Reed' }).waitFor();
  const left = performance.now();
  await tom.page.close();
  await ana.page.locator('[data-cursor-of]').waitFor({ state: 'detached' });
  await ana.page.getByRole('button', { name: 'Follow Tom Reed' }).waitFor({ state: 'detached' });
  // Who only falls silent is shown for 30 s.
  expect(performance.now() - left, 'milliseconds until he was gone').toBeLessThan(25_000);
  expect(ana.complaints).toEqual([]);
  expect(tom.complaints).toEqual([]);
});
