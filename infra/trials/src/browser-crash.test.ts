/** Everything dies in the middle of people's work: the server, Postgres, the browser. What was called saved is there. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openKeptProfile } from './harness/browser.ts';
import {
  badge,
  carry,
  chartIn,
  contentOf,
  openDashboard,
  save,
  shownOn,
  stretch,
  titleField,
  untilSame,
  untilSaved,
} from './harness/dashboard.ts';
import { eventually, type House, openHouse } from './harness/house.ts';
import { createSample, type Person, signUp, signUpInvited } from './harness/people.ts';

let house: House;
let owner: Person;
let friend: Person;
beforeAll(async () => {
  house = await openHouse();
  owner = await signUp(house.server().origin, 'Ana Diaz');
  friend = await signUpInvited(house.server().origin, owner, 'Tom Reed', 'editor');
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const origin = () => house.server().origin;

test('kill -9 of all in the middle of typing and dragging: saved is saved, and all the rest arrives', async () => {
  const documentId = await createSample(origin(), owner);
  const ana = await house.enter({ person: owner });
  const tom = await house.enter({ person: friend });
  await Promise.all([openDashboard(ana.page, documentId), openDashboard(tom.page, documentId)]);
  const field = titleField(ana.page);
  await field.fill('');

  for (const round of [1, 2, 3]) {
    // What both are promised to find again.
    await field.press('End');
    await field.pressSequentially(` promise ${round}`);
    await (await stretch(tom.page, 'Server CPU, last day', { columns: 0, rows: round % 2 ? 1 : -1 })).drop();
    await Promise.all([save(ana.page), save(tom.page)]);
    const promised = await untilSame(ana.page, tom.page);
    expect(promised.title).toContain(`promise ${round}`);

    // And what nobody has promised yet: the kill falls into the typing, while Tom's hand holds a chart.
    await field.press('End');
    const words = ` and words that are being typed in round ${round}`;
    const typing = field.pressSequentially(words, { delay: 15 });
    const hand = await stretch(tom.page, 'Hottest day', { columns: round % 2 ? 1 : -1, rows: 0 });
    await eventually(() => field.inputValue()).toContain(' and words');
    await Promise.all([house.kill(), ana.cable.cut('all'), tom.cable.cut('all')]);
    await typing;
    await hand.drop();
    await eventually(() => field.inputValue()).toContain(words);
    for (const { page } of [ana, tom]) {
      await eventually(() => badge(page)).toMatch(/^Offline — (1 change|\d+ changes) kept on this device$/);
    }

    // A third browser comes before the two are back: only the server can tell it anything.
    await house.start();
    const eve = await house.enter({ person: owner });
    await openDashboard(eve.page, documentId);
    const found = await shownOn(eve.page);
    expect(found.title.startsWith(promised.title), `"${found.title}" holds "${promised.title}"`).toBe(true);
    const place = (tiles: typeof found.tiles) =>
      tiles.find(({ name }) => name.startsWith('CPU of the last day'));
    expect(place(found.tiles)).toEqual(place(promised.tiles));

    await Promise.all([ana.cable.mend(), tom.cable.mend()]);
    await Promise.all([untilSaved(ana.page), untilSaved(tom.page)]);
    await untilSame(ana.page, tom.page);
    await untilSame(ana.page, eve.page);
    const content = await contentOf(origin(), owner, documentId);
    expect(content.meta.title).toContain(words);
    expect(chartIn(content, 'Hottest day').place.size.w).toBe(round % 2 ? 4 : 3);
    await eve.context.close();
    expect(eve.complaints).toEqual([]);
  }
  await Promise.all([ana.context.close(), tom.context.close()]);
  expect(ana.complaints).toEqual([]);
  expect(tom.complaints).toEqual([]);
});

test('people whose server dies and comes back go on without touching anything', async () => {
  const documentId = await createSample(origin(), owner);
  const ana = await house.enter({ person: owner });
  const tom = await house.enter({ person: friend });
  await Promise.all([openDashboard(ana.page, documentId), openDashboard(tom.page, documentId)]);
  await house.kill();
  for (const { page } of [ana, tom]) await eventually(() => badge(page)).toBe('Offline');
  await titleField(ana.page).fill('While nobody listened');
  await eventually(() => badge(ana.page)).toMatch(/kept on this device$/);
  await house.start();
  await Promise.all([untilSaved(ana.page), untilSaved(tom.page)]);
  await eventually(() => titleField(tom.page).inputValue()).toBe('While nobody listened');
  await titleField(tom.page).fill('And everybody again');
  await eventually(() => titleField(ana.page).inputValue()).toBe('And everybody again');
  await tom.page.getByRole('button', { name: 'Follow Ana Diaz' }).waitFor();
  await Promise.all([ana.context.close(), tom.context.close()]);
  expect(ana.complaints).toEqual([]);
  expect(tom.complaints).toEqual([]);
});

test('kill -9 of the browser with edits on the device only: started again, it shows them and sends them', async () => {
  const documentId = await createSample(origin(), owner);
  const profile = mkdtempSync(join(tmpdir(), 'tidemark-profile-'));
  const cable = await house.cable();
  const first = await openKeptProfile(profile, cable.origin, { person: owner });
  await openDashboard(first.page, documentId);
  await cable.cut('all');
  await eventually(() => badge(first.page)).toBe('Offline');
  await titleField(first.page).fill('Kept through a kill');
  await (await carry(first.page, 'Hottest day', { columns: 3, rows: 4 })).drop();
  await eventually(() => badge(first.page)).toMatch(/^Offline — \d+ changes kept on this device$/);
  const closed = new Promise((resolve) => first.context.on('close', resolve));
  for (const pid of processesOf(profile)) process.kill(pid, 'SIGKILL');
  await closed;
  expect((await contentOf(origin(), owner, documentId)).meta.title).not.toBe('Kept through a kill');

  await cable.mend();
  const second = await openKeptProfile(profile, cable.origin, { person: owner });
  await openDashboard(second.page, documentId);
  await eventually(() => titleField(second.page).inputValue()).toBe('Kept through a kill');
  const content = await contentOf(origin(), owner, documentId);
  expect(content.meta.title).toBe('Kept through a kill');
  expect(chartIn(content, 'Hottest day').place.pos.x).toBe(3);
  await second.context.close();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  expect([...first.complaints, ...second.complaints]).toEqual([]);
});

/** Every process of the Chromium that runs on a profile directory; the browser itself names it in its arguments. */
function processesOf(profile: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => argumentsOf(pid).includes(`--user-data-dir=${profile}`));
}

function argumentsOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it ended between the listing and the reading
  }
}
