/** What people say about the elements of a diagram: from the canvas, on the canvas, and when an element is gone. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { commentsPanel, field, message, thread } from './harness/conversation.ts';
import { untilSaved } from './harness/dashboard.ts';
import { faultsOf } from './harness/faults.ts';
import { type House, openHouse, pictures, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let vera: Visitor;
let address: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  const viewer = await signUpInvited(origin, owner, 'Vera Blum', 'viewer');
  const made = owner.call(origin, 'POST', '/api/documents', { kind: 'diagram', title: 'Order to cash' });
  address = `/d/${(await answer<{ id: string }>(made, 201)).id}`;
  ana = await house.enter({ person: owner });
  vera = await house.enter({ person: viewer });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const startEvent = (visitor: Visitor) => visitor.page.locator('.djs-shape[data-element-id]').first();
const badge = (visitor: Visitor, unread = '') =>
  visitor.page
    .getByTestId('canvas')
    .getByRole('button', { name: `1 open comment on Start event${unread}`, exact: true });

test('TALK-8 an element is commented on from its context pad, and its badge shows for a viewer', async () => {
  for (const { page } of [ana, vera]) await page.goto(address);
  await Promise.all([untilSaved(ana.page), untilSaved(vera.page)]);
  await startEvent(ana).click();
  await ana.page.locator('.djs-context-pad.open [data-action="comment"]').click();
  const composer = field(ana.page, 'Comment on Start event');
  await composer.fill('What starts this, @Vera Blum?');
  await composer.press('Control+Enter');
  await thread(ana.page, 'What starts this').waitFor();
  await badge(vera, ', 1 unread').click();
  await message(vera.page, 'What starts this').waitFor();
  await field(vera.page, 'Reply').fill('An order by mail.');
  await vera.page.keyboard.press('Control+Enter');
  await thread(ana.page, 'What starts this').getByText('1 reply').waitFor();
  await badge(ana, ', 1 unread').waitFor();
  await thread(ana.page, 'What starts this').click();
  await badge(ana).waitFor();
  expect(await faultsOf(ana.page)).toEqual([]);
  await pictures(ana.page, 'comments-diagram');
});

test('TALK-8 when the element goes its thread stays and says so, and comes back with it', async () => {
  const { page } = ana;
  // A click on what is selected lets it go.
  await page.getByTestId('canvas').click({ position: { x: 400, y: 150 } });
  await startEvent(ana).click();
  await page.keyboard.press('Delete');
  await badge(ana).waitFor({ state: 'detached' });
  await commentsPanel(page).getByText('On an element that was removed: Start event').waitFor();
  await commentsPanel(vera.page).getByText('On an element that was removed: Start event').waitFor();
  await page.keyboard.press('Control+z');
  await commentsPanel(page).getByRole('button', { name: 'Start event', exact: true }).click();
  await badge(ana).waitFor();
  await badge(vera).waitFor();
});

test('the key for comments opens what is selected, and Esc leads back', async () => {
  const { page } = ana;
  // Selected since its name was followed.
  await page.keyboard.press('Control+Alt+m');
  await field(page, 'Comment on Start event').waitFor();
  await page.keyboard.press('Escape');
  await commentsPanel(page).waitFor({ state: 'detached' });
});

test('TALK-4 on a phone a diagram is talked about, too', async () => {
  const phone = await house.enter({ person: owner, screen: 'phone' });
  await phone.page.goto(address);
  await untilSaved(phone.page);
  await badge(phone).click();
  await message(phone.page, 'An order by mail.').waitFor();
  await field(phone.page, 'Reply').fill('Thank you.');
  await phone.page.getByRole('button', { name: 'Reply', exact: true }).click();
  await message(vera.page, 'Thank you.').waitFor();
  expect(await faultsOf(phone.page)).toEqual([]);
  await phone.context.close();
  expect(phone.complaints).toEqual([]);
});

test('no page complained', () => {
  expect([...ana.complaints, ...vera.complaints]).toEqual([]);
});
