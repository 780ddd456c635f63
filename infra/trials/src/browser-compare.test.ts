/** Two moments compared in a browser, of all kinds: what differs, by whom, on the picture and in the list, and one thing brought back. */
import {
  addActual,
  addRisk,
  estimate,
  removeLines,
  removeRisk,
  setActual,
  setCells,
  setReview,
  setRisk,
} from '@tidemark/documents/estimate';
import { createEditor } from '@tidemark/documents/records';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Doc as YDoc, Map as YMap } from 'yjs';
import { openDashboard, tile, untilSaved } from './harness/dashboard.ts';
import {
  append,
  carryShape,
  createDiagram,
  openDiagram,
  rename,
  select,
  shape,
  startEvent,
  untilDrawn,
} from './harness/diagram.ts';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import { faultsOf } from './harness/faults.ts';
import { eventually, type House, openHouse, pictures, type Visitor } from './harness/house.ts';
import { importOrder } from './harness/order.ts';
import { answer, createSample, type Person, signUp, signUpInvited, syncUrl } from './harness/people.ts';
import { Writer } from './harness/writer.ts';

let house: House;
let owner: Person;
let ana: Visitor;
let tom: Visitor;
let diagram: string;
let agreed: string;
let job: string;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  const colleague = await signUpInvited(origin, owner, 'Tom Weber', 'editor');
  ana = await house.enter({ person: owner, calm: true });
  tom = await house.enter({ person: colleague, calm: true });
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

/** Keeps what stands there under a name; answers with the version's id. */
async function keep(documentId: string, name: string): Promise<string> {
  const made = owner.call(house.server().origin, 'POST', `/api/documents/${documentId}/versions`, {
    name,
    note: '',
  });
  return (await answer<{ id: string }>(made, 201)).id;
}

/** The last moment that is stored. */
async function headOf(documentId: string): Promise<number> {
  const { origin } = house.server();
  const asked = owner.call(origin, 'GET', `/api/documents/${documentId}/history?limit=1`);
  return (await answer<{ head: { lsn: number } }>(asked, 200)).head.lsn;
}

/** An edit of the owner, stored as one. */
async function write(documentId: string, edit: (doc: YDoc) => void): Promise<void> {
  const writer = new Writer(await syncUrl(house.server().origin, owner, documentId), 'Ana');
  await writer.untilLive();
  writer.doc.transact(() => edit(writer.doc));
  await writer.until(() => writer.settledFrames >= writer.sent);
  writer.close();
}

/** The ids of an estimate's risks, in their order. */
async function risksOf(documentId: string): Promise<string[]> {
  const asked = owner.call(house.server().origin, 'GET', `/api/documents/${documentId}/content`);
  const { content } = await answer<{ content: { risks: { id: string }[] } }>(asked, 200);
  return content.risks.map(({ id }) => id);
}

const list = (page: Page): Locator => page.getByRole('complementary', { name: 'Changes' });
const item = (page: Page, name: string): Locator =>
  list(page)
    .getByRole('listitem')
    .filter({ hasText: new RegExp(`^${name}`) });
const rows = async (page: Page): Promise<string[]> =>
  (await list(page).getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/\s*\n\s*/g, ' | '));
const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true });

/** What is drawn over the diagram, by sort. */
const drawn = (page: Page): Promise<string[]> =>
  page
    .getByTestId('comparison')
    .evaluate((layer) =>
      [...layer.querySelectorAll<SVGElement>('[data-kind]')].map(({ dataset }) => dataset.kind ?? '').sort(),
    );

test('TIME-33 a diagram: what differs is marked on the picture, with ghosts where things were, and named in the list with who did it', async () => {
  const { page } = ana;
  diagram = await createDiagram(house.server().origin, owner, 'How we order');
  await openDiagram(page, diagram);
  await select(page, startEvent(page));
  await append(page, 'User task', 'Ask for a price');
  await append(page, 'User task', 'Compare prices');
  await append(page, 'User task', 'Order');
  await untilSaved(page);
  agreed = await keep(diagram, 'As agreed');
  await openDiagram(tom.page, diagram);
  await rename(tom.page, shape(tom.page, 'Ask for a price'), 'Ask three suppliers');
  await select(tom.page, shape(tom.page, 'Order'));
  await tom.page.keyboard.press('Delete');
  await untilSaved(tom.page);
  const hold = await carryShape(page, shape(page, 'Compare prices'), { x: 20, y: 150 });
  await hold.drop();
  await untilSaved(page);
  await page.goto(`/d/${diagram}?before=${diagram}.${agreed}`);
  await eventually(() => rows(page)).toEqual([
    expect.stringMatching(
      /^Ask three suppliers \| Changed · User task \| Tom Weber · (just now|\d+ minutes? ago) \| Name \| Ask for a price → Ask three suppliers$/,
    ),
    expect.stringMatching(
      /^Compare prices \| Moved · User task \| Ana Diaz and Tom Weber · (just now|\d+ minutes? ago)/,
    ),
    expect.stringMatching(/^Sequence flow \| Moved · from Ask three suppliers to Compare prices \| Ana Diaz/),
    expect.stringMatching(/^Order \| Removed · User task \| Tom Weber · (just now|\d+ minutes? ago)/),
    expect.stringMatching(/^Sequence flow \| Removed/),
  ]);
  await eventually(() => drawn(page)).toEqual([
    'arrow',
    'changed',
    'ghost-moved',
    'ghost-moved',
    'ghost-removed',
    'ghost-removed',
    'moved',
    'moved',
  ]);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'compare-diagram');
});

test('TIME-32 the list is walked by keys, narrowed to a person, and [ and ] show either side', async () => {
  const { page } = ana;
  await list(page).locator('[data-change]').first().focus();
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'End']) await page.keyboard.press(key);
  await item(page, 'Order').getByRole('button').focus();
  await page.keyboard.press('Enter');
  await page.locator('[data-ghost][data-chosen]').waitFor();
  await eventually(async () => {
    const box = await page.locator('[data-ghost][data-chosen]').boundingBox();
    return box && box.x > 0 && box.y > 100;
  }, 'in sight').toBe(true);
  await page.keyboard.press('[');
  await eventually(() => drawn(page), 'after, without marks').toEqual([]);
  await eventually(() => shape(page, 'Order').count()).toBe(0);
  await page.keyboard.press('[');
  await shape(page, 'Order').waitFor();
  await page.keyboard.press(']');
  await page.keyboard.press(']');
  await eventually(async () => (await drawn(page)).length).toBe(8);
  await page.getByRole('combobox', { name: 'Changes of' }).click();
  await page.getByRole('option', { name: 'Tom Weber' }).click();
  await eventually(async () => (await rows(page)).every((row) => row.includes('Tom Weber'))).toBe(true);
  await page.getByRole('combobox', { name: 'Changes of' }).click();
  await page.getByRole('option', { name: 'Tom Weber' }).click();
  await eventually(async () => (await rows(page)).length).toBe(5);
  await button(page, '5 changes').click();
  await list(page).waitFor({ state: 'detached' });
  await button(page, '5 changes').click();
  await list(page).waitFor();
});

test('TIME-36 one thing is put back from the list, on the colleague’s screen too, recorded, and undone as one step', async () => {
  const { page } = ana;
  await item(page, 'Order').getByRole('button').first().click();
  // The flow to it went with it, and is offered with it.
  const along = item(page, 'Order').getByRole('checkbox', { name: 'and its connection' });
  await eventually(() => along.isChecked()).toBe(true);
  await pictures(page, 'compare-put-back');
  await button(item(page, 'Order'), 'Put back as it was').click();
  await page.getByText('Put back Order and its connection as they were.').waitFor();
  await shape(tom.page, 'Order').waitFor();
  const isGone = (row: string) => row.startsWith('Order') || row.includes('| Removed');
  await eventually(async () => (await rows(page)).some(isGone)).toBe(false);
  const history = owner.call(house.server().origin, 'GET', `/api/documents/${diagram}/history`);
  const { items } = await answer<{ items: { type: string; reason?: string }[] }>(history, 200);
  expect(items.flatMap(({ reason }) => reason ?? [])).toEqual(
    expect.arrayContaining(['before-restore', 'restored']),
  );
  await button(page, 'Undo').click();
  await shape(tom.page, 'Order').waitFor({ state: 'detached' });
  await eventually(async () => (await rows(page)).some((row) => row.startsWith('Order'))).toBe(true);
});

test('TIME-38 without the server the list stands, and says what it can’t tell', async () => {
  const { page, cable } = ana;
  await cable.cut('all');
  await list(page).getByText('You are offline. What differs is known here').waitFor();
  expect((await rows(page)).length).toBeGreaterThan(4);
  await cable.mend();
  await list(page).getByText('You are offline.').waitFor({ state: 'detached' });
  await page.goto(`/d/${diagram}?before=${diagram}&after=${diagram}`);
  await page.getByText('Both sides are the same moment.', { exact: false }).waitFor();
});

test('TIME-37 what is selected in the past is copied into now', async () => {
  const { page } = ana;
  await page.goto(`/d/${diagram}?version=${agreed}`);
  await untilDrawn(page);
  await select(page, shape(page, 'Order'));
  await button(page, 'Copy into now').click();
  await shape(tom.page, 'Order').waitFor();
  await button(page, 'Undo').click();
  await shape(tom.page, 'Order').waitFor({ state: 'detached' });
});

test('TIME-39 TIME-88 on the timeline, what a step changed is shown over where it led, since when, and one by one', async () => {
  const { page } = ana;
  await rename(tom.page, shape(tom.page, 'Compare prices'), 'Compare offers');
  await untilSaved(tom.page);
  const head = owner.call(house.server().origin, 'GET', `/api/documents/${diagram}/history?limit=1`);
  const { lsn } = (await answer<{ head: { lsn: number } }>(head, 200)).head;
  await page.goto(`/d/${diagram}?at=${lsn}`);
  await button(page, 'Show changes').click();
  await eventually(() => drawn(page)).toContain('changed');
  await page.getByText(/Marked is what (this edit changed|changed since .*)\./).waitFor();
  const bar = page.getByRole('region', { name: 'What changed' });
  await page.keyboard.press('Alt+ArrowDown');
  await bar.getByRole('status').getByText('Compare offers', { exact: true }).waitFor();
  await page.locator('[data-kind="changed"][data-chosen]').first().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'travel-changes');
  await button(page, 'Show changes').click();
  await eventually(() => drawn(page)).toEqual([]);
});

test('TIME-81 what differs on the page of a collapsed element is told where it stands, and brought into sight there', async () => {
  const { page } = ana;
  const { origin } = house.server();
  const order = await importOrder(origin, owner);
  const lsn = await headOf(order);
  await write(order, (doc) => {
    const records = [...doc.getMap<YMap<unknown>>('el').values()];
    const of = (id: string) => records.find((record) => record.get('@id') === id);
    of('Pick_items')?.set('@name', 'Pick with the scanner');
    of('Pack_items')?.set('x', true);
  });
  await page.goto(`/d/${order}?before=${order}@${lsn}`);
  const inside = page.locator('[data-inside]');
  await eventually(() => inside.allInnerTexts()).toEqual(['2 inside']);
  expect(await drawn(page)).toEqual([]);
  await item(page, 'Pack and label').getByRole('button').first().click();
  const ghost = page.locator('[data-ghost][data-chosen]');
  await ghost.waitFor();
  await shape(page, 'Pick with the scanner').waitFor();
  await page.locator('.bjs-breadcrumbs').getByText('Order', { exact: true }).click();
  await inside.click();
  await ghost.waitFor();
});

test('TIME-34 a dashboard: tiles are marked, ghosts stand where charts were, and one is copied into now', async () => {
  const { page } = tom;
  const { origin } = house.server();
  const board = await createSample(origin, owner);
  await openDashboard(page, board);
  const head = owner.call(origin, 'GET', `/api/documents/${board}/history?limit=1`);
  const { lsn } = (await answer<{ head: { lsn: number } }>(head, 200)).head;
  await tile(page, 'Temperature by month').focus();
  await page.keyboard.press('Delete');
  await tile(page, 'Highest share price').focus();
  await page.keyboard.press('Control+d');
  await tile(page, 'Rain in the last year').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await untilSaved(page);
  await page.goto(`/d/${board}?before=${board}@${lsn}`);
  await eventually(() => rows(page)).toEqual([
    expect.stringMatching(
      /^Highest share price \(copy\) \| Added · Chart \| Tom Weber · (just now|\d+ minutes? ago)$/,
    ),
    expect.stringMatching(
      /^Rain in the last year \| Moved · Chart \| Tom Weber · (just now|\d+ minutes? ago)/,
    ),
    expect.stringMatching(
      /^Temperature by month \| Removed · Chart \| Tom Weber · (just now|\d+ minutes? ago)$/,
    ),
  ]);
  await eventually(() => page.locator('[data-mark]').count()).toBe(2);
  await eventually(() =>
    page
      .locator('[data-ghost]')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-type')).sort()),
  ).toEqual(['moved', 'removed']);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'compare-dashboard');
  await item(page, 'Temperature by month').getByRole('button').first().click();
  await button(item(page, 'Temperature by month'), 'Copy into now').click();
  await eventually(async () => (await rows(page)).filter((row) => row.includes('Added')).length).toBe(2);
});

test('TIME-35 an estimate: each line says who changed it and when, and what became of the bid', async () => {
  const { page } = ana;
  const { origin } = house.server();
  job = await createEstimate(origin, owner, 'Roof of Building C', roof);
  const before = await keep(job, 'First offer');
  for (const [each, line, cost] of [
    [ana, 'Landfill fees', '90'],
    [tom, 'Step flashing', '9.60'],
  ] as const) {
    await openEstimate(each.page, job);
    await each.page.getByRole('row').filter({ hasText: line }).locator('[data-column=unitCost]').click();
    await each.page.keyboard.type(cost);
    await each.page.keyboard.press('Enter');
    await untilSaved(each.page);
  }
  await page.goto(`/d/${job}?before=${job}.${before}`);
  const changes = page.locator('[data-change]');
  await eventually(async () => (await changes.allInnerTexts()).sort()).toEqual([
    expect.stringMatching(/^≠\s+Landfill fees[\s\S]*Ana Diaz · (just now|\d+ minutes? ago)/),
    expect.stringMatching(
      /^≠\s+Step flashing[\s\S]*4\.80 → 9\.60[\s\S]*Tom Weber · (just now|\d+ minutes? ago)/,
    ),
  ]);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'compare-estimate');
});

test('TIME-80 on the timeline an estimate’s grid shows what a step changed: cells with what they said, what is gone where it stood, and the bid', async () => {
  const { page } = ana;
  await write(job, (doc) => {
    const editor = createEditor(doc, estimate.schema, 'Ana');
    removeLines(editor, ['dumpster-30-yd']);
    setCells(editor, [{ id: 'landfill-fees', column: 'qty', value: 20_000_000 }]);
  });
  const lsn = await headOf(job);
  await page.goto(`/d/${job}?at=${lsn}`);
  await button(page, 'Show changes').click();
  const gone = page.getByRole('row').filter({ hasText: 'Dumpster 30 yd' });
  await eventually(() => gone.innerText()).toMatch(/^–[\s\S]*Removed[\s\S]*1,170\.00/);
  await page
    .getByRole('row')
    .filter({ hasText: /Tear-off and disposal\s*2 lines/ })
    .waitFor();
  const bar = page.getByRole('region', { name: 'What changed' });
  await eventually(() => bar.innerText()).toMatch(/Bid \$[\d,.]+ → \$[\d,.]+\s+−\$[\d,.]+[\s\S]*1 removed/);
  await button(bar, 'Next change').click();
  await eventually(() => page.locator('[data-row][data-active]').innerText()).toContain('Dumpster 30 yd');
  const cell = page.getByRole('row').filter({ hasText: 'Landfill fees' }).locator('[data-column=qty]');
  await eventually(() => cell.innerText()).toMatch(/^20\s*, was 18/);
  await cell.click();
  await cell.locator('[data-was]').waitFor();
  await eventually(() => cell.getByRole('textbox').getAttribute('aria-label')).toBe(
    'Quantity, Landfill fees, was 18',
  );
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faultsOf(page), colorScheme).toEqual([]);
  }
  await pictures(page, 'travel-changes-estimate');
  await button(page, 'Show changes').click();
  await eventually(() => gone.count()).toBe(0);
});

test('TIME-87 the Risks and the Actuals tab show what a step changed, too', async () => {
  const { page } = ana;
  const [rotten, weather] = await risksOf(job);
  let booked = '';
  await write(job, (doc) => {
    booked = addActual(createEditor(doc, estimate.schema, 'Ana'), {
      lineId: 'landfill-fees',
      amount: 190_000,
    });
  });
  await write(job, (doc) => {
    const editor = createEditor(doc, estimate.schema, 'Ana');
    setRisk(editor, rotten!, { probBp: 6000 });
    removeRisk(editor, weather!);
    addRisk(editor, { title: 'No crane' });
    setActual(editor, booked, { vendor: 'City dump' });
    setReview(editor, { plannedDays: 12 });
  });
  await page.goto(`/d/${job}?at=${await headOf(job)}`);
  // What one edit changed, however close the one before it was.
  await button(page, 'Every edit').click();
  await button(page, 'Show changes').click();
  const tab = (name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
  await eventually(() => tab('Risks').innerText()).toMatch(/, 3 changes$/);
  await tab('Risks').click();
  const register = page.getByRole('table', { name: 'Risks' });
  await eventually(() =>
    register.locator('[data-risk]').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label'))),
  ).toEqual(['Rotten decking, changed', 'Weather delay, removed', 'No crane, added']);
  const probability = register.locator(`[data-risk="${rotten}"] [data-field=probBp]`);
  await eventually(() => probability.innerText()).toMatch(/, was 40%/);
  await probability.getByRole('textbox').focus();
  await probability.locator('[data-was]').waitFor();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await faultsOf(page), colorScheme).toEqual([]);
  }
  await pictures(page, 'travel-changes-risks');
  await tab('Actuals').click();
  const cost = page.getByRole('table', { name: 'Actual costs' }).locator('[data-fate=changed]');
  await eventually(() => cost.innerText()).toMatch(/Changed[\s\S]*, was nothing/);
  expect(await faultsOf(page)).toEqual([]);
  await pictures(page, 'travel-changes-actuals');
  await page
    .locator('label')
    .filter({ hasText: /^Review, 1 change$/ })
    .click();
  await page.getByText('Planned: nothing → 12 days').waitFor();
});

test('nobody’s browser had anything to complain about', () => {
  expect([...ana.complaints, ...tom.complaints]).toEqual([]);
});
