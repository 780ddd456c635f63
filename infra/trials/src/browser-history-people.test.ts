/** Two people edit while a third travels, restores, brings single things back and begins a new document: of all kinds, in real browsers. */
import { createEditor, type Editor } from '@tidemark/documents/records';
import pg from 'pg';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { untilSaved } from './harness/dashboard.ts';
import { eventually, type House, openHouse, picture, type Visitor } from './harness/house.ts';
import { answer, type Person, signUp, signUpInvited, syncUrl } from './harness/people.ts';
import { storedUpdates } from './harness/stored-updates.ts';
import { type Piece, type Trade, trades } from './harness/trades.ts';
import { Writer } from './harness/writer.ts';
import { embeddedConnection } from './torture/database.ts';

let house: House;
let database: pg.Client;
let owner: Person;
let colleague: Person;
let ana: Visitor;
let ria: Visitor;
let vic: Visitor;
beforeAll(async () => {
  house = await openHouse();
  const { origin } = house.server();
  database = new pg.Client(embeddedConnection(house.dataDir));
  await database.connect();
  owner = await signUp(origin, 'Ana Diaz');
  colleague = await signUpInvited(origin, owner, 'Tom Weber', 'editor');
  ana = await house.enter({ person: owner, calm: true });
  ria = await house.enter({ person: await signUpInvited(origin, owner, 'Ria Moss', 'editor'), calm: true });
  vic = await house.enter({ person: await signUpInvited(origin, owner, 'Vic Sand', 'viewer'), calm: true });
});
afterEach((context) => house.examine(context));
afterEach(() => {
  const complaints = [ana, ria, vic].flatMap((each) => each.complaints.splice(0));
  expect(complaints, 'in the consoles').toEqual([]);
});
afterAll(async () => {
  await database?.end();
  await house?.close();
});

const button = (page: Page | Locator, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const panel = (page: Page): Locator => page.getByRole('complementary', { name: 'History', exact: true });
const entries = (page: Page): Locator => panel(page).locator('[data-history-item]');
const thumb = (page: Page): Locator => page.getByRole('slider', { name: 'Moment' });
const past = (page: Page): Locator => page.getByText('You are looking at the past.', { exact: false });
const face = (page: Page, name: RegExp): Locator =>
  page.getByRole('list', { name: 'People here' }).getByRole('button', { name });

interface Item {
  readonly type: string;
  readonly lsn: number;
  readonly reason?: string;
  readonly by: { readonly name: string };
}

/** Tom, by a program: his replica, and his hand on it. */
interface Hand {
  readonly writer: Writer;
  readonly editor: Editor;
}

describe.each(trades)('$kind', (trade: Trade) => {
  let documentId: string;
  let pieces: readonly Piece[];
  let tom: Hand;
  /** Frames that he sent on an earlier connection. */
  let sentBefore = 0;
  /** A moment at which nobody had done what is restored away. */
  let then: number;
  let next = 100;
  /** Two go on with these all the time, each on one of them. */
  let busy: { stop(): Promise<void>; readonly done: () => number } | null = null;

  const [quiet, mended, his, hers] = [0, 1, 2, 3].map((at) => () => pieces[at] as Piece) as [
    () => Piece,
    () => Piece,
    () => Piece,
    () => Piece,
  ];
  const ask = <T>(path: string, status = 200) =>
    answer<T>(owner.call(house.server().origin, 'GET', `/api/documents/${documentId}${path}`), status);
  const history = async () => (await ask<{ items: Item[]; head: { lsn: number } }>('/history')).items;
  const stored = () => tom.writer.until(() => tom.writer.settledFrames >= tom.writer.sent - sentBefore);

  beforeAll(async () => {
    const { origin } = house.server();
    documentId = await trade.create(origin, owner);
    tom = await sit(colleague);
    pieces = trade.pieces(tom.writer.doc);
    // What others did before: three stops each for whoever travels, in one session of work.
    for (const person of [owner, colleague]) {
      const hand = await sit(person);
      for (let edit = 0; edit < 101; edit += 1) trade.write(hand.editor, his(), 100 + (edit % 800));
      trade.write(hand.editor, quiet(), person === owner ? 11 : 12);
      trade.write(hand.editor, mended(), person === owner ? 21 : 22);
      await hand.writer.until(() => hand.writer.settledFrames >= hand.writer.sent);
      hand.writer.close();
    }
    then = (await ask<{ head: { lsn: number } }>('/history')).head.lsn;
    // What is restored away.
    trade.write(tom.editor, quiet(), 13);
    trade.write(tom.editor, mended(), 23);
    await stored();
  });
  afterAll(async () => {
    await busy?.stop();
    tom?.writer.close();
  });

  async function sit(person: Person): Promise<Hand> {
    const writer = new Writer(await syncUrl(house.server().origin, person, documentId), person.name);
    await writer.untilLive();
    return { writer, editor: createEditor(writer.doc, trade.schema) };
  }

  /** Tom goes on by commands, each when Ana's screen has shown the one before; Ana by her screen. */
  function begin() {
    let on = true;
    let done = 0;
    const tomGoesOn = async () => {
      while (on) {
        next = 100 + ((next - 99) % 800);
        trade.write(tom.editor, his(), next);
        await stored();
        await untilBoth(his());
        done += 1;
      }
    };
    const anaGoesOn = async () => {
      for (let number = 100; on; number = 100 + ((number - 99) % 800)) {
        await trade.begin(ana.page, hers(), number);
        await ana.page.keyboard.press('Enter');
        await untilBoth(hers());
        done += 1;
      }
    };
    const both = Promise.all([tomGoesOn(), anaGoesOn()]);
    // Told where it is awaited.
    both.catch(() => undefined);
    return {
      done: () => done,
      async stop() {
        on = false;
        busy = null;
        await both;
      },
    };
  }

  /** Ana's screen and Tom's replica say the same of a thing, whoever else wrote in it. */
  async function untilBoth(piece: Piece): Promise<void> {
    await untilSaved(ana.page);
    await eventually(async () => {
      const shown = await trade.shown(ana.page, piece);
      return shown === trade.said(tom.writer.doc, piece);
    }, `${piece.shownAs} on Ana's screen and in Tom's replica`).toBe(true);
  }

  /** So much more has been done by both together. */
  async function untilMore(edits: number): Promise<void> {
    const from = busy!.done();
    await eventually(() => busy!.done()).toBeGreaterThanOrEqual(from + edits);
  }

  /** What the log alone says of a moment. */
  async function replayed(lsn: number): Promise<Y.Doc> {
    const doc = new Y.Doc();
    const updates = await storedUpdates(database, documentId);
    doc.transact(() => {
      for (const one of updates) if (one.lsn <= lsn) Y.applyUpdate(doc, one.update);
    });
    return doc;
  }

  const saidBy = (doc: Y.Doc) => pieces.map((piece) => trade.said(doc, piece));
  const shownOn = (page: Page) => Promise.all(pieces.map((piece) => trade.shown(page, piece)));
  const momentOf = (page: Page) => Number(new URL(page.url()).searchParams.get('at'));

  /** The screen has come to where the thumb stands, and shows what the log says of it. */
  async function untilThere(page: Page): Promise<number> {
    await past(page).waitFor();
    await eventually(() => page.locator('main[aria-busy=true], [data-before]').count()).toBe(0);
    const lsn = momentOf(page);
    const said = saidBy(await replayed(lsn));
    await eventually(() => shownOn(page), `at ${lsn}`).toEqual(said);
    return lsn;
  }

  /** All is stored, and all screens and the server say the same; which is returned. */
  async function untilAgreed(): Promise<readonly string[]> {
    await stored();
    for (const { page } of [ana, ria]) await untilSaved(page);
    const reader = await sit(owner);
    const said = saidBy(reader.writer.doc);
    reader.writer.close();
    expect(saidBy(tom.writer.doc), 'the program').toEqual(said);
    for (const { page } of [ana, ria]) await eventually(() => shownOn(page)).toEqual(said);
    const { content } = await ask<{ content: object }>('/content');
    for (const each of said)
      expect(JSON.stringify(content).replaceAll(' ', '')).toContain(each.replace(/\.00$/, ''));
    return said;
  }

  /** The last that somebody wrote, as the log has it. */
  async function lastEntryOf(name: string): Promise<number> {
    const { rows } = await database.query<{ lsn: string }>(
      `select max(u.lsn) as lsn from tidemark.document_updates u join auth."user" p on p.id = u.user_id
       where u.document_id = $1 and p.name = $2`,
      [documentId, name],
    );
    return Number(rows[0]?.lsn);
  }

  const marksOf = async (reason: string) =>
    (await history()).filter((item) => item.reason === reason).sort((a, b) => b.lsn - a.lsn);

  async function restoreWhatIsShown(page: Page): Promise<void> {
    await button(page, 'Restore…').click();
    await button(page.getByRole('dialog', { name: /^Restore / }), 'Restore').click();
    await past(page).waitFor({ state: 'detached' });
  }

  test('TIME-21 TIME-22 TIME-23 one travels by list, keys and hand while two go on: each moment as the log has it, and nothing there moves', async () => {
    const { page } = ria;
    await Promise.all([ana, ria].map((each) => trade.open(each.page, documentId)));
    busy = begin();
    await untilMore(2);
    await button(page, 'History').press('Enter');
    await entries(page).filter({ hasText: 'Ana Diaz' }).last().click();
    const seen = new Set([await untilThere(page)]);
    await face(ana.page, /^Follow Ria Moss, looking at the past$/).waitFor();
    await thumb(page).focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'End', 'PageDown', 'ArrowLeft']) {
      await page.keyboard.press(key);
      seen.add(await untilThere(page));
    }
    expect(seen.size).toBeGreaterThan(3);
    const shown = await shownOn(page);
    const at = page.url();
    await untilMore(4);
    expect(await shownOn(page), 'while others go on').toEqual(shown);
    expect(page.url()).toBe(at);
    // A quick run over all of it, and back.
    const line = (await thumb(page).locator('..').boundingBox())!;
    const middle = line.y + line.height / 2;
    await page.mouse.move(line.x + line.width - 2, middle);
    await page.mouse.down();
    await page.mouse.move(line.x + 2, middle, { steps: 25 });
    await page.mouse.move(line.x + line.width / 2, middle, { steps: 25 });
    await page.mouse.up();
    await untilThere(page);
    await picture(page, `history-people ${trade.kind}`);
  });

  test('TIME-5 TIME-24 a restore while two go on keeps exactly what it replaced, reaches everybody, and is taken back as one step', async () => {
    const { page } = ria;
    await page.goto(`/d/${documentId}?at=${then}`);
    await untilThere(page);
    await untilMore(2);
    await restoreWhatIsShown(page);
    const undo = page.getByRole('alert').getByRole('button', { name: 'Undo' });
    await undo.hover(); // with the pointer on it it stays; otherwise it is gone after 15 s
    for (const one of [ana.page, page]) {
      await eventually(() => trade.shown(one, quiet())).toMatch(/^(No\.)?12/);
      await eventually(() => trade.shown(one, mended())).toMatch(/^(No\.)?22/);
    }
    await face(ana.page, /^Follow Ria Moss$/).waitFor();
    await untilMore(4);
    await busy!.stop();
    trade.write(tom.editor, mended(), 77);
    const after = await untilAgreed();
    expect(after[1]).toMatch(/77/);

    const entry = await lastEntryOf('Ria Moss');
    const [restored] = await marksOf('restored');
    const [before] = await marksOf('before-restore');
    expect(restored, 'what the restore made').toMatchObject({ lsn: entry, by: { name: 'Ria Moss' } });
    expect(before, 'all that it replaced').toMatchObject({ lsn: entry - 1, by: { name: 'Ria Moss' } });

    await undo.click();
    await eventually(() => trade.shown(page, quiet())).toMatch(/13/);
    const undone = await untilAgreed();
    expect(undone[0]).toMatch(/13/);
    expect(undone.slice(1), 'what others wrote after it stays').toEqual(after.slice(1));
  });

  test('TIME-5 TIME-20 what a restore replaced stands in the panel of others, is looked at, and is restored in turn', async () => {
    const { page } = ana;
    for (const each of [page, ria.page]) {
      await button(each, 'History').press('Enter');
      await entries(each).filter({ hasText: 'Restored:' }).waitFor();
    }
    const [before] = await marksOf('before-restore');
    await button(page, /automatic version/)
      .first()
      .click();
    await panel(page).locator(`a[href$="at=${before!.lsn}"]`).first().click();
    expect(await untilThere(page)).toBe(before!.lsn);
    await restoreWhatIsShown(page);
    await eventually(() => trade.shown(ria.page, mended())).toMatch(/23/);
    expect((await untilAgreed())[0]).toMatch(/13/);
    // Told, not asked for: her panel has stood open all the time.
    await eventually(() => entries(ria.page).filter({ hasText: 'Restored:' }).count()).toBe(2);
  });

  // An estimate's comparison puts nothing back.
  const testOfLists = trade.kind === 'estimate' ? () => undefined : test;
  testOfLists(
    'TIME-36 one thing is put back while somebody writes in that very thing; all of what that replaced is kept',
    async () => {
      const { page } = ria;
      await page.goto(`/d/${documentId}?before=${documentId}@${then}`);
      const change = page.locator(`[data-change="${trade.collection}/${quiet().id}"]`);
      const row = page.getByRole('listitem').filter({ has: change });
      // Who took the restore back wrote it last.
      await row.getByText('Ria Moss', { exact: false }).waitFor();
      let on = true;
      const writing = (async () => {
        for (let number = 300; on; number += 1) {
          trade.write(tom.editor, quiet(), number);
          await stored();
          await untilBoth(quiet());
        }
        return trade.said(tom.writer.doc, quiet());
      })();
      await change.click();
      await button(row, 'Put back as it was').click();
      await page.getByText(/^Put back .* as it was\.$/).waitFor();
      on = false;
      await writing;
      const entry = await lastEntryOf('Ria Moss');
      expect((await marksOf('restored'))[0]).toMatchObject({ lsn: entry });
      expect((await marksOf('before-restore'))[0]).toMatchObject({ lsn: entry - 1 });
      await page.goto(`/d/${documentId}`);
      await untilAgreed();
    },
  );

  testOfLists(
    'TIME-72 copies and what is put back come while somebody types in that very thing: each is said, and the typing goes on',
    async () => {
      const { page } = ria;
      const { head } = await ask<{ head: { lsn: number } }>('/history');
      const was = trade.said(tom.writer.doc, quiet());
      trade.write(tom.editor, quiet(), 501);
      await stored();
      await trade.open(ana.page, documentId);
      await page.goto(`/d/${documentId}?before=${documentId}@${head.lsn}`);
      const change = page.locator(`[data-change="${trade.collection}/${quiet().id}"]`);
      const row = page.getByRole('listitem').filter({ has: change });
      await row.getByText('Tom Weber', { exact: false }).waitFor();
      await change.click();
      await trade.begin(ana.page, quiet(), 777);
      for (const [act, words] of [
        ['Copy into now', /^Copied .* into now\.$/],
        ['Put back as it was', /^Put back .* as it was\.$/],
      ] as const) {
        await Promise.all([page.getByText(words).waitFor(), button(row, act).press('Enter')]);
      }
      await eventually(() => trade.shown(ana.page, quiet()), 'under her hands').toBe(was);
      // A chart's title is written letter by letter, an element's name at the end.
      await ana.page.keyboard.type('8');
      await ana.page.keyboard.press('Enter');
      await eventually(() => [`${was}8`, 'No.7778'].includes(trade.said(tom.writer.doc, quiet()))).toBe(true);
      await page.goto(`/d/${documentId}`);
      await untilAgreed();
    },
  );

  test('TIME-4 of two who wrote the same at once, the comparison names the one whose word stands', async () => {
    const gus = await sit(owner);
    const hands = [gus, tom] as const;
    for (const { writer } of hands) {
      writer.close();
      await writer.until(() => writer.closeCode !== null);
    }
    const from = (await ask<{ head: { lsn: number } }>('/history')).head.lsn;
    for (const [at, { editor }] of hands.entries()) trade.write(editor, quiet(), 61 + at);
    sentBefore = tom.writer.sent;
    for (const [at, { writer }] of hands.entries()) {
      writer.comeBack(await syncUrl(house.server().origin, [owner, colleague][at]!, documentId));
      await writer.untilLive();
      await writer.until(() => writer.settledFrames > 0);
    }
    await eventually(() => trade.said(gus.writer.doc, quiet())).toBe(trade.said(tom.writer.doc, quiet()));
    const winner = /61/.test(trade.said(gus.writer.doc, quiet())) ? 'Ana Diaz' : 'Tom Weber';
    gus.writer.close();
    const { head } = await ask<{ head: { lsn: number } }>('/history');
    const { differences } = await ask<{
      differences: { id: string; register: string | null; by: { name: string } }[];
    }>(`/history/changes?from=${from}&to=${head.lsn}`);
    const told = differences.filter(({ id, register }) => id === quiet().id && register === trade.register);
    expect(told.map(({ by }) => by.name)).toEqual([winner]);
    const { page } = ria;
    await page.goto(`/d/${documentId}?before=${documentId}@${from}`);
    const changes = page.locator('[data-change]');
    await eventually(() => changes.count()).toBe(1);
    if (trade.kind !== 'estimate') await changes.getByText(new RegExp(`^${winner} · `)).waitFor();
    await picture(page, `history-people compare ${trade.kind}`);
  });

  test('TIME-26 a new document begins with exactly a moment while people type, and knows what it came from', async () => {
    const { page } = ria;
    await trade.open(ana.page, documentId);
    busy = begin();
    await page.goto(`/d/${documentId}?at=${then}`);
    await untilThere(page);
    const address = page.url();
    await button(page, /^New .* from this…$/).click();
    await button(page.getByRole('dialog'), 'Create it').click();
    await page.waitForURL((url) => url.href !== address && !url.search);
    const forkId = new URL(page.url()).pathname.split('/').at(-1)!;
    expect(forkId).not.toBe(documentId);
    const replay = await replayed(then);
    await eventually(() => shownOn(page)).toEqual(saidBy(replay));
    await untilMore(2);
    expect(await shownOn(page), 'others are not in it').toEqual(saidBy(replay));
    await busy.stop();
    const { content } = await answer<{ content: Record<string, unknown> }>(
      owner.call(house.server().origin, 'GET', `/api/documents/${forkId}/content`),
      200,
    );
    const moment = await ask<{ content: Record<string, unknown> }>(`/history/${then}/content`);
    // Its title and what it came from are its own, and so are its copies of files.
    for (const name of Object.keys(content).filter((key) => !['meta', 'datasets'].includes(key)))
      expect(content[name], name).toEqual(moment.content[name]);
    const { items } = await answer<{ items: { id: string; origin: { documentId: string } | null }[] }>(
      owner.call(house.server().origin, 'GET', `/api/documents/${forkId}/family`),
      200,
    );
    expect(items.find(({ id }) => id === forkId)?.origin).toMatchObject({ documentId });
  });

  test('TIME-27 who may only read travels and compares there, and is offered nothing that writes', async () => {
    const { page } = vic;
    await page.goto(`/d/${documentId}?at=${then}`);
    await untilThere(page);
    await thumb(page).press('End');
    await untilThere(page);
    const none = async (...names: (string | RegExp)[]) => {
      for (const name of names) expect(await button(page, name).count(), String(name)).toBe(0);
    };
    await none('Restore…', 'Name it…', /^New .* from this…$/);
    await page.goto(`/d/${documentId}?before=${documentId}@${then}`);
    await page.locator('[data-change]').first().click();
    // Lists say what can be done about the change that is chosen.
    if (trade.kind !== 'estimate') await page.locator('[data-change][aria-current=true]').waitFor();
    await none('Put back as it was', 'Copy into now', 'Remove it again');
  });

  test('TIME-28 cut off in the past, what was looked at is there and says so, and goes on when the server is back', async () => {
    const { page, cable } = ria;
    await page.goto(`/d/${documentId}?at=${then}`);
    await untilThere(page);
    const shown = await shownOn(page);
    await cable.cut('all');
    await page.getByText('You are offline: this is kept on this device.', { exact: false }).waitFor();
    expect(await shownOn(page)).toEqual(shown);
    trade.write(tom.editor, quiet(), 88);
    await stored();
    await cable.mend();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page
      .getByText('You are offline: this is kept on this device.', { exact: false })
      .waitFor({ state: 'detached' });
    expect(await shownOn(page)).toEqual(shown);
    await page.getByRole('link', { name: 'Now', exact: true }).click();
    await eventually(() => trade.shown(page, quiet())).toMatch(/88/);
  });

  test('TIME-23 TIME-27 whoever may no more, or whose document begins anew or is gone, is told so in the past, too', async () => {
    const { page } = ria;
    const { origin } = house.server();
    const asOwner = (method: string, path: string, body?: unknown) => owner.call(origin, method, path, body);
    const riaId = (
      await answer<{ items: { id: string; name: string }[] }>(asOwner('GET', '/api/company/members'), 200)
    ).items.find(({ name }) => name === 'Ria Moss')!.id;
    const offline = page.getByText('You are offline', { exact: false });
    await page.goto(`/d/${documentId}?at=${then}`);
    await untilThere(page);
    const offers = ['Restore…', 'Name it…', /^New .* from this…$/] as const;
    // What is asked at that time, another thing of each kind: the question stays, says why it can't be done, and does nothing.
    const [asked, done] = {
      estimate: [offers[0], 'Restore'],
      diagram: [offers[1], 'Keep it'],
      dashboard: [offers[2], 'Create it'],
    }[trade.kind];
    await button(page, asked!).click();
    const dialog = page.getByRole('dialog');
    if (trade.kind === 'diagram') await dialog.getByRole('textbox', { name: 'Name' }).fill('Kept');
    await eventually(() => button(dialog, done!).isEnabled()).toBe(true);
    await answer(asOwner('PATCH', `/api/company/members/${riaId}`, { role: 'viewer' }), 200);
    await dialog.getByText(/^You can now only view /).waitFor();
    await eventually(() => button(dialog, done!).isDisabled()).toBe(true);
    await button(dialog, 'Close').click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/^You can now only view this/).waitFor();
    for (const offer of offers) await button(page, offer).waitFor({ state: 'detached' });
    await answer(asOwner('PATCH', `/api/company/members/${riaId}`, { role: 'editor' }), 200);
    for (const offer of offers) await button(page, offer).waitFor();

    await answer(asOwner('POST', `/api/documents/${documentId}/reset`), 200);
    await page.getByText('was begun anew', { exact: false }).waitFor();
    await untilThere(page);
    await Promise.all([ana, vic].map((each) => each.page.goto('about:blank')));
    expect((await asOwner('DELETE', `/api/documents/${documentId}`)).status).toBeLessThan(300);
    await page
      .getByText(/was deleted|could not be|no longer/)
      .first()
      .waitFor();
    await eventually(() => offline.count()).toBe(0);
    await picture(page, `history-people gone ${trade.kind}`);

    // Taken out again, it goes for good under two who look at its past: at a moment, and at what differs.
    await answer(asOwner('POST', `/api/documents/${documentId}/restore`), 200);
    await page.goto(`/d/${documentId}?at=${then}`);
    await untilThere(page);
    await thumb(page).waitFor();
    await ana.page.goto(`/d/${documentId}?before=${documentId}@${then}`);
    await ana.page.locator('[data-change]').first().waitFor();
    for (const [method, path] of [
      ['DELETE', ''],
      ['POST', '/purge'],
    ] as const) {
      expect((await asOwner(method, `/api/documents/${documentId}${path}`)).status).toBeLessThan(300);
    }
    for (const each of [ria, ana]) {
      await each.page.getByText(/ was deleted, or you no longer have access\./).waitFor();
      // What was under way when it went is answered that there is no such thing; from here on nothing is asked.
      each.complaints.splice(0);
    }
    await thumb(page).press('Home');
    await page.getByText('This moment could not be opened').waitFor();
    await eventually(() => offline.count()).toBe(0);
    await picture(page, `history-people purged ${trade.kind}`);
  });
});
