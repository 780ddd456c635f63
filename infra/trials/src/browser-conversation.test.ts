/** What people say beside a document: live, anchored, named, settled, written offline; by those who may and by nobody else. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { commentsPanel, field, message, openComments, talkOf, thread } from './harness/conversation.ts';
import { openDashboard, tile, untilSaved } from './harness/dashboard.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, picture, pictures, type Visitor } from './harness/house.ts';
import { createSample, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let vera: Visitor;
let documentId: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  const viewer = await signUpInvited(origin, owner, 'Vera Blum', 'viewer');
  documentId = await createSample(origin, owner);
  ana = await house.enter({ person: owner });
  vera = await house.enter({ person: viewer });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const talk = () => talkOf(house.server().origin, owner, documentId);

test('two people open a dashboard about which nothing was said yet', async () => {
  await Promise.all([openDashboard(ana.page, documentId), openDashboard(vera.page, documentId)]);
  for (const { page } of [ana, vera])
    await page.getByRole('button', { name: 'Comments', exact: true }).waitFor();
});

test('TALK-4 TALK-8 a viewer asks about a chart; its badge shows for both, and the answer comes while she looks', async () => {
  await tile(vera.page, 'Hottest day').focus();
  await vera.page.keyboard.press('c');
  await field(vera.page, 'Comment on Hottest day').fill('Is this in the shade?');
  await vera.page.keyboard.press('Control+Enter');
  await thread(vera.page, 'Is this in the shade?').click();
  const badge = tile(ana.page, 'Hottest day').getByRole('button', {
    name: '1 open comment on Hottest day, 1 unread',
  });
  await badge.click();
  await message(ana.page, 'Is this in the shade?').waitFor();
  await field(ana.page, 'Reply').fill('It is, two metres up.');
  await commentsPanel(ana.page).getByRole('button', { name: 'Reply', exact: true }).click();
  await message(vera.page, 'It is, two metres up.').waitFor();
  await tile(ana.page, 'Hottest day')
    .getByRole('button', { name: '1 open comment on Hottest day', exact: true })
    .waitFor();
  expect((await talk()).messages.map(({ author, text }) => `${author.name}: ${text}`)).toEqual([
    'Vera Blum: Is this in the shade?',
    'Ana Diaz: It is, two metres up.',
  ]);
});

test('TALK-6 somebody is named by keyboard, and finds it among what is theirs', async () => {
  await ana.page.getByRole('button', { name: 'All threads' }).click();
  const composer = field(ana.page, 'Comment on this dashboard');
  await composer.click();
  await composer.pressSequentially('See https://example.org/plan. Ask @ver');
  await ana.page.getByRole('option', { name: 'Vera Blum' }).waitFor();
  expect(await faultsOf(ana.page)).toEqual([]);
  await picture(ana.page, 'comments-mention');
  await composer.press('Enter');
  await expect.poll(() => composer.inputValue()).toBe('See https://example.org/plan. Ask @Vera Blum ');
  await composer.pressSequentially('about it.');
  await composer.press('Control+Enter');
  await thread(ana.page, 'Ask @Vera Blum').waitFor();
  await vera.page.getByRole('button', { name: 'All threads' }).click();
  await vera.page.getByRole('button', { name: 'Show all threads' }).click();
  await commentsPanel(vera.page).getByText(/^Mine/).click();
  await thread(vera.page, 'Ask @Vera Blum').click();
  const link = message(vera.page, 'about it').getByRole('link', { name: 'https://example.org/plan' });
  await eventually(() => link.getAttribute('rel')).toContain('noopener');
  await eventually(() => link.getAttribute('target')).toBe('_blank');
  await pictures(vera.page, 'comments-thread');
});

test('TALK-5 one settles a thread and the other sees it; an answer opens it again', async () => {
  await ana.page.locator('[data-thread]').filter({ hasText: 'Ask @Vera Blum' }).click();
  await ana.page.getByRole('button', { name: 'Resolve' }).click();
  await vera.page.getByText('Resolved by Ana Diaz').waitFor();
  await field(vera.page, 'Reply and reopen').fill('Not yet, please.');
  await vera.page.keyboard.press('Control+Enter');
  await message(ana.page, 'Not yet, please.').waitFor();
  await ana.page.getByText('Resolved by Ana Diaz').waitFor({ state: 'detached' });
  expect((await talk()).threads.map(({ resolvedAt }) => resolvedAt)).toEqual([null, null]);
});

test("TALK-5 TALK-12 one edits and deletes only what is one's own, and a deletion can be undone", async () => {
  const hers = message(vera.page, 'Not yet, please.');
  await hers.hover();
  await hers.getByRole('button', { name: 'Actions for your message' }).click();
  await vera.page.getByRole('menuitem', { name: 'Edit' }).click();
  await field(vera.page, 'Edit your message').fill('Next week, please.');
  await vera.page.getByRole('button', { name: 'Save', exact: true }).click();
  await message(ana.page, 'Next week, please.').getByText('edited').waitFor();
  const foreign = message(ana.page, 'Next week, please.');
  await eventually(() => foreign.getByRole('button', { name: 'Actions for your message' }).count()).toBe(0);
  const edited = message(vera.page, 'Next week, please.');
  const remove = async () => {
    await edited.hover();
    await edited.getByRole('button', { name: 'Actions for your message' }).click();
    await vera.page.getByRole('menuitem', { name: 'Delete' }).click();
    await edited.waitFor({ state: 'detached' });
  };
  await remove();
  await vera.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await edited.waitFor();
  await remove();
  await ana.page.getByText('A message of Vera Blum was deleted.').waitFor();
});

test('TALK-10 what is written while the server is away survives a reload and is sent once', async () => {
  const { page } = vera;
  const unanswered = '**/api/documents/*/conversation**';
  await page.route(unanswered, (route) => route.abort('internetdisconnected'));
  await page.getByRole('button', { name: 'All threads' }).click();
  await commentsPanel(page).getByText(/^Open/).click();
  await field(page, 'Comment on this dashboard').fill('Written on a train');
  await page.keyboard.press('Control+Enter');
  await thread(page, 'Written on a train').getByText('Will be sent').waitFor();
  await page.reload();
  await untilSaved(page);
  await openComments(page);
  await thread(page, 'Written on a train').getByText('Will be sent').waitFor();
  await thread(page, 'Is this in the shade?').waitFor();
  await page.getByText('You are offline. What you write is sent when you are back.').waitFor();
  await pictures(page, 'comments-offline');
  const other = await vera.newTab();
  await openDashboard(other, documentId);
  await page.unroute(unanswered);
  await thread(page, 'Written on a train').getByText('Will be sent').waitFor({ state: 'detached' });
  await ana.page.getByRole('button', { name: 'All threads' }).click();
  await thread(ana.page, 'Written on a train').waitFor();
  const sent = (await talk()).messages.filter(({ text }) => text === 'Written on a train');
  expect(sent).toHaveLength(1);
  await other.close();
});

test('TALK-11 what the server refuses says why, and is tried again', async () => {
  const { page } = vera;
  const messages = '**/conversation/messages/*';
  const problem = {
    status: 422,
    contentType: 'application/problem+json',
    body: JSON.stringify({ code: 'invalid', detail: 'Not today.' }),
  };
  await page.route(messages, (route) => route.fulfill(problem));
  await thread(page, 'Written on a train').click();
  await field(page, 'Reply').fill('And arrived.');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Not sent: Not today.').waitFor();
  await page.unroute(messages);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('Not sent: Not today.').waitFor({ state: 'detached' });
  await eventually(async () => (await talk()).messages.map(({ text }) => text)).toContain('And arrived.');
  // Chromium writes every refused answer into the console, and this one was asked for.
  vera.complaints.splice(0, vera.complaints.length, ...vera.complaints.filter((line) => !/422/.test(line)));
});

test('TALK-8 when the chart goes its thread stays and says so; the link to a thread opens it', async () => {
  await ana.page.getByRole('button', { name: 'Actions for Hottest day' }).click();
  await ana.page.getByRole('menuitem', { name: 'Remove' }).click();
  await thread(ana.page, 'Is this in the shade?')
    .getByText('On a chart that was removed: Hottest day')
    .waitFor();
  await ana.page.getByRole('button', { name: 'Undo', exact: true }).click();
  await thread(ana.page, 'Is this in the shade?').getByText('Hottest day', { exact: true }).waitFor();
  await thread(ana.page, 'Is this in the shade?').click();
  const address = new URL(ana.page.url());
  expect(address.search).toMatch(/^\?thread=/);
  await vera.page.goto(address.pathname + address.search);
  await message(vera.page, 'Is this in the shade?').waitFor();
  await message(vera.page, 'It is, two metres up.').waitFor();
});

test("the panel is for everybody's eyes and hands, light and dark, on a phone too", async () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await ana.page.emulateMedia({ colorScheme });
    expect(await faultsOf(ana.page), `thread, ${colorScheme}`).toEqual([]);
    await ana.page.getByRole('button', { name: 'All threads' }).click();
    await field(ana.page, 'Comment on this dashboard')
      .or(field(ana.page, 'Comment on Hottest day'))
      .first()
      .waitFor();
    expect(await faultsOf(ana.page), `list, ${colorScheme}`).toEqual([]);
    await pictures(ana.page, `comments-list-${colorScheme}`);
    await ana.page.emulateMedia({ colorScheme });
    await thread(ana.page, 'Is this in the shade?').click();
  }
  await ana.page.emulateMedia({ colorScheme: 'light' });
});

test('TALK-4 whoever is signed out or of another company learns nothing', async () => {
  const { origin } = house.server();
  const stranger = await signUp(origin, 'Nils Berg');
  const at = `/api/documents/${documentId}/conversation`;
  expect((await stranger.call(origin, 'GET', at)).status).toBe(404);
  expect((await fetch(`${origin}${at}`)).status).toBe(401);
});

test('no page complained', () => {
  expect([...ana.complaints, ...vera.complaints]).toEqual([]);
});
