import { describe, expect, test } from 'vitest';
import { ApiError } from '../api/http.ts';
import { type Conversation, undoableMs } from './conversation.ts';
import { House } from './model-house.testing.ts';
import { threadsOf } from './threads.ts';

const words = (text: string) => ({ text, mentions: [] });
const longEnough = 10 * 60_000;

/** What a tab shows: each thread's messages. */
function shown(tab: Conversation, me: { id: string; name: string }) {
  const { waiting, ...known } = tab.snapshot();
  return threadsOf(known, waiting, me).map((thread) =>
    thread.messages.filter(({ deleted }) => !deleted).map(({ text }) => text),
  );
}

describe('what waits', () => {
  test('TALK-10 what is written offline is shown as waiting and sent in order, once, after a reload', async () => {
    const house = new House();
    const ann = house.browser('Ann');
    ann.online = false;
    const first = ann.open();
    const thread = await first.begin({ kind: 'chart', id: 'c1', label: 'Sales' }, words('one'));
    await first.answer(thread, words('two'));
    await house.clock.pass(1_000);
    const { waiting, ...known } = first.snapshot();
    const [view] = threadsOf(known, waiting, ann.me);
    expect(view?.messages.map(({ text, pending }) => [text, pending?.what])).toEqual([
      ['one', 'say'],
      ['two', 'say'],
    ]);
    expect(view?.anchor?.label).toBe('Sales');
    ann.close(first);
    const second = ann.open();
    await house.clock.pass(0);
    expect(shown(second, ann.me)).toEqual([['one', 'two']]);
    ann.plug(true);
    await house.clock.pass(longEnough);
    expect(house.server.taken.map((change) => (change.what === 'say' ? change.text : change.what))).toEqual([
      'one',
      'two',
    ]);
    expect(shown(second, ann.me)).toEqual([['one', 'two']]);
    expect(second.snapshot().waiting).toEqual([]);
  });

  test('TALK-10 two tabs send nothing twice, and both show what one wrote', async () => {
    const house = new House(7);
    const ann = house.browser('Ann');
    const [left, right] = [ann.open(), ann.open()];
    ann.plug(false);
    const thread = await left.begin(null, words('left'));
    await right.answer(thread, words('right'));
    await house.clock.pass(0);
    expect(shown(left, ann.me)).toEqual([['left', 'right']]);
    ann.plug(true);
    await house.clock.pass(longEnough);
    expect(house.server.taken).toHaveLength(2);
    expect([shown(left, ann.me), shown(right, ann.me)]).toEqual([[['left', 'right']], [['left', 'right']]]);
  });

  test('TALK-2 TALK-10 an answer that was lost makes nothing twice', async () => {
    const house = new House();
    const ann = house.browser('Ann');
    const tab = ann.open();
    await house.clock.pass(0);
    ann.loss = 0.6;
    await tab.begin(null, words('once'));
    await house.clock.pass(longEnough);
    ann.loss = 0;
    await house.clock.pass(longEnough);
    expect([...house.server.messages.values()].map(({ text }) => text)).toEqual(['once']);
    expect(shown(tab, ann.me)).toEqual([['once']]);
    expect(tab.snapshot().waiting).toEqual([]);
  });

  test('TALK-11 what is refused stays with its reason, holds up what builds on it and nothing else, until retried', async () => {
    const house = new House();
    house.server.refuses = (change) =>
      change.what === 'say' && change.text.includes('rude') ? new ApiError('invalid', 422, 'Be kind.') : null;
    const ann = house.browser('Ann');
    const tab = ann.open();
    const bad = await tab.begin(null, words('rude'));
    await tab.answer(bad, words('builds on it'));
    await tab.begin(null, words('other'));
    await house.clock.pass(1_000);
    expect([...house.server.messages.values()].map(({ text }) => text)).toEqual(['other']);
    const { waiting, ...known } = tab.snapshot();
    const views = threadsOf(known, waiting, ann.me).find(({ id }) => id === bad);
    expect(views?.messages.map(({ pending }) => pending?.refused)).toEqual(['Be kind.', null]);
    house.server.refuses = () => null;
    await tab.retry(waiting[0]!.key);
    await house.clock.pass(1_000);
    expect([...house.server.messages.values()].map(({ text }) => text)).toEqual([
      'other',
      'rude',
      'builds on it',
    ]);
  });

  test('TALK-11 discarding what would begin a thread takes along what was built on it', async () => {
    const house = new House();
    house.server.refuses = () => new ApiError('invalid', 422, 'No.');
    const ann = house.browser('Ann');
    const tab = ann.open();
    const thread = await tab.begin(null, words('one'));
    await tab.answer(thread, words('two'));
    await house.clock.pass(1_000);
    const [first] = tab.snapshot().waiting;
    await tab.discard(first!.key);
    expect(tab.snapshot().waiting).toEqual([]);
    expect(shown(tab, ann.me)).toEqual([]);
  });

  test('TALK-10 the network and a busy server are no reasons to give up', async () => {
    const house = new House();
    let times = 0;
    house.server.refuses = () => {
      times += 1;
      if (times > 6) return null;
      return times % 2 === 0
        ? new ApiError('too-many-requests', 429, 'Wait.')
        : new ApiError('cannot-store', 503, 'Wait.');
    };
    const ann = house.browser('Ann');
    const tab = ann.open();
    await tab.begin(null, words('at last'));
    await house.clock.pass(longEnough);
    expect(house.server.messages.size).toBe(1);
    expect(tab.snapshot().waiting).toEqual([]);
  });

  test('TALK-12 a deletion leaves only when it can be undone no more', async () => {
    const house = new House();
    const ann = house.browser('Ann');
    const tab = ann.open();
    const thread = await tab.begin(null, words('keep me'));
    await tab.answer(thread, words('and me'));
    await house.clock.pass(1_000);
    const [first, second] = [...house.server.messages.values()];
    const undo = await tab.remove(thread, first!.id);
    await tab.remove(thread, second!.id);
    await house.clock.pass(undoableMs - 1);
    expect(shown(tab, ann.me)).toEqual([[]]);
    expect([...house.server.messages.values()].map(({ text }) => text)).toEqual(['keep me', 'and me']);
    await undo();
    await house.clock.pass(1_000);
    expect([...house.server.messages.values()].map(({ text }) => text)).toEqual(['keep me', '']);
    expect(shown(tab, ann.me)).toEqual([['keep me']]);
  });

  test('TALK-10 a message that was not sent yet is taken back without a trace', async () => {
    const house = new House();
    const ann = house.browser('Ann');
    ann.online = false;
    const tab = ann.open();
    const thread = await tab.begin(null, words('oops'));
    await house.clock.pass(0);
    const { change } = tab.snapshot().waiting[0]!;
    await tab.edit(thread, 'id' in change ? change.id : '', words('oops!'));
    await tab.remove(thread, 'id' in change ? change.id : '');
    ann.plug(true);
    await house.clock.pass(longEnough);
    expect(house.server.taken).toEqual([]);
  });
});

/** Three people, one with two tabs, write for a while over a bad network; then it mends. */
async function live(seed: number) {
  const house = new House(seed);
  const { random, clock } = house;
  const browsers = ['Ann', 'Bob', 'Cleo'].map((name) => house.browser(name));
  const said = new Map<string, string[]>();
  for (const browser of browsers) {
    browser.pageSize = 1 + Math.floor(random() * 5);
    browser.open();
    said.set(browser.me.id, []);
  }
  browsers[0]!.open();
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  for (let step = 0; step < 120; step += 1) {
    const browser = pick(browsers);
    const tab = pick([...browser.tabs]);
    const threads = threadsOf(tab.snapshot(), tab.snapshot().waiting, browser.me);
    const own = threads.flatMap((thread) =>
      thread.messages
        .filter(({ mine, deleted }) => mine && !deleted)
        .map(({ id }) => [thread.id, id] as const),
    );
    const dice = random();
    const text = `${browser.me.name} ${step}`;
    if (dice < 0.15 || threads.length === 0) {
      said.get(browser.me.id)!.push(text);
      await tab.begin(null, words(text));
    } else if (dice < 0.5) {
      said.get(browser.me.id)!.push(text);
      await tab.answer(pick(threads).id, words(text));
    } else if (dice < 0.58 && own.length > 0) {
      const [thread, id] = pick(own);
      await tab.edit(thread, id, words(`${text} edited`));
    } else if (dice < 0.62 && own.length > 0) {
      const [thread, id] = pick(own);
      await tab.remove(thread, id);
    } else if (dice < 0.7) await tab.resolve(pick(threads).id, random() < 0.6);
    else if (dice < 0.78) browser.plug(!browser.online);
    else if (dice < 0.84) browser.loss = random() * 0.7;
    else if (dice < 0.9) {
      browser.close(tab);
      browser.open();
    } else await clock.pass(random() * 4_000);
  }
  for (const browser of browsers) {
    browser.loss = 0;
    browser.plug(true);
  }
  await clock.pass(longEnough);
  return { house, browsers, said };
}

test.each(Array.from({ length: 60 }, (_, i) => i + 1))(
  'TALK-1 TALK-2 TALK-3 TALK-10 over any network all is said once, in order, and everybody shows the same (seed %i)',
  async (seed) => {
    const { house, browsers, said } = await live(seed);
    const begun = house.server.taken.flatMap((change) => (change.what === 'say' ? [change.id] : []));
    expect(new Set(begun).size).toBe(begun.length);
    // Threads as the server has them, by their order there.
    const truth = JSON.stringify(
      [...Map.groupBy([...house.server.messages.values()], ({ thread }) => thread)]
        .map(([id, messages]) => [
          id,
          messages.toSorted((a, b) => a.n - b.n).map(({ text, deletedAt }) => (deletedAt ? null : text)),
        ])
        .filter(([, texts]) => (texts as unknown[]).some((text) => text !== null))
        .sort(),
    );
    for (const browser of browsers) {
      for (const tab of browser.tabs) {
        const { waiting, ...known } = tab.snapshot();
        expect(waiting.filter(({ refused }) => refused === null)).toEqual([]);
        const views = threadsOf(known, [], browser.me);
        const seen = views
          .map(({ id, messages }) => [id, messages.map(({ text, deleted }) => (deleted ? null : text))])
          .sort();
        expect(JSON.stringify(seen)).toBe(truth);
        expect(views.map(({ id, resolved }) => [id, resolved]).sort()).toEqual(
          views.map(({ id }) => [id, house.server.threads.get(id)?.resolvedAt !== null]).sort(),
        );
      }
    }
    // What one person wrote in one thread stands in the order of writing, as far as it was not taken back unsent.
    for (const { me } of browsers) {
      const order = said.get(me.id)!;
      for (const messages of Map.groupBy(
        [...house.server.messages.values()],
        ({ thread }) => thread,
      ).values()) {
        const mine = messages
          .filter(({ author, editedAt, deletedAt }) => author.id === me.id && !editedAt && !deletedAt)
          .toSorted((a, b) => a.n - b.n)
          .map(({ text }) => order.indexOf(text));
        expect(mine).toEqual(mine.toSorted((a, b) => a - b));
      }
    }
  },
);
