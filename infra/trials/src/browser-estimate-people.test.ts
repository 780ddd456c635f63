/** Three people in real browsers, and a program, finish one estimate: all screens and all files come to the same. */
import { addRisk, estimate, pasteBlock, setRisk } from '@tidemark/documents/estimate';
import { createEditor, createReader } from '@tidemark/documents/records';
import { readJson } from '@tidemark/estimate-files';
import { calculate } from '@tidemark/estimating';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { badge, untilSaved } from './harness/dashboard.ts';
import { createEstimate, openEstimate, roof } from './harness/estimate.ts';
import {
  actOnSection,
  appendLine,
  cellOf,
  insertAbove,
  moveLine,
  sheetOf,
  sheetOn,
  viewOf,
  writeCell,
} from './harness/estimate-people.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp, signUpInvited, syncUrl } from './harness/people.ts';
import { seededRandom } from './harness/random.ts';
import { Writer } from './harness/writer.ts';

const seed = Number(process.env.PEOPLE_SEED ?? 20261121);
const random = seededRandom(seed);

let house: House;
let owner: Person;
let job: string;
let [ana, tom, eve]: Visitor[] = [];
/** A program that works on the same estimate. */
let gus: Writer;
/** Frames that he sent on earlier connections. */
let sentBefore = 0;

beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  owner = await signUp(origin, 'Ana Diaz');
  const others = await Promise.all(
    ['Tom Reed', 'Eve Lund'].map((name) => signUpInvited(origin, owner, name, 'editor')),
  );
  job = await createEstimate(origin, owner, 'Building C', roof);
  const visitors = [owner, ...others].map((person) => house.enter({ person, calm: true }));
  [ana, tom, eve] = await Promise.all(visitors);
  await Promise.all(everybody().map(({ page }) => sitDown(page)));
  gus = new Writer(await syncUrl(origin, owner, job), 'gus');
  await gus.untilLive();
});
afterEach((context) => house.examine(context));
afterAll(() => house?.close());

const everybody = (): readonly Visitor[] => [ana!, tom!, eve!];

/** Opens the estimate on a screen that is tall enough for all its lines. */
async function sitDown(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 2000 });
  await openEstimate(page, job);
}

async function cutOff(...visitors: readonly Visitor[]): Promise<void> {
  await Promise.all(visitors.map(({ cable }) => cable.cut('sync')));
  for (const { page } of visitors) await eventually(() => badge(page)).toMatch(/^Offline/);
}

/** They come back one after the other, in an order of chance. */
async function bringBack(...visitors: readonly Visitor[]): Promise<void> {
  const order = visitors.map((visitor) => ({ visitor, at: random() })).sort((a, b) => a.at - b.at);
  for (const { visitor } of order) {
    await visitor.cable.mend();
    // As a browser does whose network is back; the client would look by itself within a minute.
    await visitor.page.evaluate(() => dispatchEvent(new Event('online')));
    await untilSaved(visitor.page);
  }
}

const ask = (path: string) => owner.call(house.server().origin, 'GET', `/api/documents/${job}${path}`);

/** All is stored, and every screen, `/content` and the exported file say and come to the same. Returns the view of it. */
async function untilAgreed() {
  await gus.until(() => gus.settledFrames >= gus.sent - sentBefore);
  for (const { page } of everybody()) await untilSaved(page);
  const { content } = await answer<{ content: object }>(ask('/content'), 200);
  const view = viewOf(content);
  const ought = sheetOf(view);
  for (const { page } of everybody()) await eventually(() => sheetOn(page)).toEqual(ought);
  const text = await (await ask('/export?format=json')).text();
  const file = readJson(text);
  if (!('data' in file)) throw new Error(`the export can't be read: ${JSON.stringify(file)}`);
  expect(sheetOf(viewOf(file.data)), 'the exported file').toEqual(ought);
  const { base, cost, bid, total } = calculate(view);
  expect((JSON.parse(text) as { totals: object }).totals).toMatchObject({ base, cost, bid, total });
  const ids = view.sections.flatMap(({ lines }) => lines.map(({ id }) => id));
  expect(new Set(ids).size, 'no line stands twice').toBe(ids.length);
  return view;
}

const lineOf = (view: Awaited<ReturnType<typeof untilAgreed>>, id: string) => {
  const line = view.lines.get(id);
  if (line === undefined) throw new Error(`no line ${id}`);
  return line;
};

test('what three do at the same places without knowing of each other is all there, in one order', async () => {
  const [her, his, hers] = everybody().map(({ page }) => page) as [Page, Page, Page];
  await cutOff(...everybody());
  const at = 'synthetic-underlayment';
  await Promise.all([
    (async () => {
      for (const name of ['Ana 1', 'Ana 2']) await insertAbove(her, at, name);
      await moveLine(her, 'install-shingles', 'Up', 2);
      await writeCell(her, 'landfill-fees', 'unitCost', '101');
      await actOnSection(her, 'edge', /^Remove with/);
    })(),
    (async () => {
      for (const name of ['Tom 1', 'Tom 2']) await insertAbove(his, at, name);
      // Past the last line of its section, into the one that Ana removes.
      await moveLine(his, 'install-shingles', 'Down', 3);
      await writeCell(his, 'step-flashing', 'qty', '200');
      await writeCell(his, 'landfill-fees', 'unitCost', '102');
      await actOnSection(his, 'on', /^Move up/);
    })(),
    (async () => {
      await insertAbove(hers, at, 'Eve 1');
      await writeCell(hers, 'install-shingles', 'qty', '50');
      await appendLine(hers, 'edge', 'Counter-flashing, extra');
      await writeCell(hers, 'landfill-fees', 'unitCost', '103');
      await actOnSection(hers, 'on', /^Rename/);
      await hers.keyboard.press('Control+a');
      await hers.keyboard.type('Roofing, all layers');
      await hers.keyboard.press('Enter');
      await actOnSection(hers, 'off', /^Move down/);
    })(),
  ]);
  await bringBack(...everybody());
  const view = await untilAgreed();
  await picture(ana!.page, 'estimate-people');

  const sectionOf = (id: string | null) => view.sections.find(({ group }) => (group?.id ?? null) === id);
  const named = (id: string | null) => sectionOf(id)?.lines.map(({ name }) => name) ?? [];
  expect(view.sections.map(({ group }) => group?.name)).toEqual([
    'Roofing, all layers',
    'Tear-off and disposal',
    undefined,
  ]);
  // Everybody's lines are there, each one's in the order in which they were written.
  const begun = named('on').filter((name) => /^(Ana|Tom|Eve) \d$/.test(name));
  expect([...begun].sort()).toEqual(['Ana 1', 'Ana 2', 'Eve 1', 'Tom 1', 'Tom 2']);
  expect(begun.indexOf('Ana 2')).toBeGreaterThan(begun.indexOf('Ana 1'));
  expect(begun.indexOf('Tom 2')).toBeGreaterThan(begun.indexOf('Tom 1'));
  // The line that was carried and written in has the quantity, wherever it went; what was put into a section that is gone is kept.
  expect(lineOf(view, 'install-shingles').qty).toBe(50_000_000);
  expect(named(null)).toContain('Counter-flashing, extra');
  expect(view.lines.has('step-flashing'), 'removed with its section').toBe(false);
  expect([1_010_000, 1_020_000, 1_030_000]).toContain(lineOf(view, 'landfill-fees').unitCost);
});

test('while all write at once, in the same cells too, and a block is pasted, nothing is torn', async () => {
  const editor = createEditor(gus.doc, estimate.schema);
  const targets = ['landfill-fees', 'architectural-shingles', 'dumpster-30-yd', 'install-shingles'];
  const written = new Map<string, Set<number>>();
  const plans = everybody().map(({ page }) => ({
    page,
    cells: Array.from({ length: 8 }, () => {
      const line = targets[Math.floor(random() * targets.length)]!;
      const column = random() < 0.5 ? 'qty' : 'unitCost';
      const number = 1 + Math.floor(random() * 500);
      const unit = column === 'qty' ? 1_000_000 : 10_000;
      const key = `${line} ${column}`;
      written.set(key, (written.get(key) ?? new Set()).add(number * unit));
      return { line, column, number };
    }),
  }));
  const typing = Promise.all(
    plans.map(async ({ page, cells }) => {
      for (const { line, column, number } of cells) await writeCell(page, line, column, String(number));
    }),
  );
  for (let block = 0; block < 4; block += 1) {
    const lines = [0, 1, 2].map((n) => ({
      name: `Pasted ${block}.${n}`,
      qty: 1_500_000,
      unitCost: 10_001 * n,
    }));
    pasteBlock(editor, {
      cells: targets.map((id) => ({ id, column: 'note', value: `Block ${block}` })),
      newLines: { place: { group: 'off' }, lines },
    });
    addRisk(editor, { title: `Risk ${block}`, probBp: 2500, low: 1_000_000, high: 3_333_333 });
    await eventually(() => cellOf(ana!.page, targets[0]!, 'note').innerText()).toBe(`Block ${block}`);
  }
  await typing;
  const view = await untilAgreed();
  for (const [key, values] of written) {
    const [id, column] = key.split(' ') as [string, 'qty' | 'unitCost'];
    expect([...values], key).toContain(lineOf(view, id)[column]);
  }
  const pasted = view.sections.flatMap(({ lines }) => lines).filter(({ name }) => /^Pasted/.test(name));
  expect(pasted).toHaveLength(12);
  expect(view.risks).toHaveLength(6);
});

test('who was away for a while, and whose tab died in the middle of a word, loses what no cell held yet and nothing else', async () => {
  const rate = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
  await cutOff(eve!);
  gus.close();
  await gus.until(() => gus.closeCode !== null);
  const { page } = eve!;
  await insertAbove(page, 'ridge-vent', 'From the road');
  await writeCell(page, 'ridge-vent', 'qty', '12*11');
  await rate(page, 'Overhead').fill('12');
  await rate(page, 'Overhead').press('Enter');
  const editor = createEditor(gus.doc, estimate.schema);
  const [rotten] = createReader(gus.doc, estimate)
    .view()
    .risks.map(({ id }) => id);
  setRisk(editor, rotten!, { probBp: 6500 });

  await actOnSection(ana!.page, 'on', /^Move down/);
  await writeCell(ana!.page, 'ridge-vent', 'unitCost', '7.77');
  await rate(tom!.page, 'Contingency').fill('7');
  await rate(tom!.page, 'Contingency').press('Enter');
  await moveLine(tom!.page, 'ridge-vent', 'Up', 2);

  await cellOf(page, 'ridge-vent', 'name').click();
  await page.keyboard.type('Never sett');
  await eventually(() => badge(page)).toMatch(/^Offline — \d+ changes kept on this device$/);
  const died = page.waitForEvent('crash');
  const session = await eve!.context.newCDPSession(page);
  // The answer never comes: who would give it is gone.
  void session.send('Page.crash').catch(() => undefined);
  await died;
  await page.close();
  eve = { ...eve!, page: await eve!.newTab() };

  await sitDown(eve.page);

  await eventually(() => cellOf(eve!.page, 'ridge-vent', 'qty').innerText(), 'kept').toBe('132');
  const there = eve.page;
  await eventually(() => cellOf(there, 'ridge-vent', 'name').locator('span').first().innerText()).toBe(
    'Ridge vent',
  );

  sentBefore = gus.sent;
  gus.comeBack(await syncUrl(house.server().origin, owner, job));
  await gus.untilLive();

  await bringBack(eve);

  const view = await untilAgreed();
  expect(lineOf(view, 'ridge-vent')).toMatchObject({
    qty: 132_000_000,
    unitCost: 77_700,
    calc: { qty: '12*11' },
  });
  expect(view.params).toMatchObject({ overheadBp: 1200, contingencyBp: 700 });
  expect(view.risks.find(({ id }) => id === rotten)?.probBp).toBe(6500);
  expect(view.groups.map(({ id }) => id)).toEqual(['off', 'on']);
  expect([...view.lines.values()].filter(({ name }) => name === 'From the road')).toHaveLength(1);
});

test('undo takes back one\u2019s own, in whatever order the others wrote', async () => {
  const [her, his] = [ana!.page, tom!.page];
  const before = await untilAgreed();
  for (const line of ['dumpster-30-yd', 'landfill-fees', 'architectural-shingles'])
    await writeCell(her, line, 'qty', '777');
  await untilAgreed();
  await writeCell(his, 'landfill-fees', 'qty', '888');
  await writeCell(his, 'dumpster-30-yd', 'unitCost', '999');
  await untilAgreed();
  // Of three steps one is written over and not hers any more.
  for (let step = 0; step < 2; step += 1) await her.keyboard.press('Control+z');
  const view = await untilAgreed();
  const quantity = (of: typeof view, id: string) => lineOf(of, id).qty;
  for (const id of ['dumpster-30-yd', 'architectural-shingles'])
    expect(quantity(view, id), id).toBe(quantity(before, id));
  expect(quantity(view, 'landfill-fees')).toBe(888_000_000);
  expect(lineOf(view, 'dumpster-30-yd').unitCost).toBe(9_990_000);
  await his.keyboard.press('Control+z');
  const last = await untilAgreed();
  expect(lineOf(last, 'dumpster-30-yd').unitCost).toBe(lineOf(before, 'dumpster-30-yd').unitCost);
  expect(quantity(last, 'landfill-fees')).toBe(888_000_000);
});

test('nothing was said in the console', () => {
  for (const { complaints } of everybody()) expect(complaints).toEqual([]);
  gus.close();
});
