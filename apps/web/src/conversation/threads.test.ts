import { expect, test } from 'vitest';
import type { Known } from './keep.ts';
import { countsOf, filtered, threadsOf } from './threads.ts';
import type { Anchor, Message, Thread } from './wire.ts';

const me = { id: 'me', name: 'Mia' };
const other = { id: 'ann', name: 'Ann' };
const time = '2026-11-21T10:00:00.000Z';

const thread = (id: string, more: Partial<Thread> = {}): Thread => ({
  id,
  seq: 1,
  anchor: null,
  createdAt: time,
  resolvedAt: null,
  resolvedBy: null,
  ...more,
});
const message = (threadId: string, n: number, more: Partial<Message> = {}): Message => ({
  id: `m${n}`,
  thread: threadId,
  n,
  seq: n,
  author: other,
  text: `text ${n}`,
  mentions: [],
  createdAt: time,
  editedAt: null,
  deletedAt: null,
  ...more,
});
const known = (part: Partial<Known>): Known => ({
  seq: 99,
  threads: [],
  messages: [],
  marks: [],
  people: [],
  ...part,
});
const chart: Anchor = { kind: 'chart', id: 'c1', label: 'Sales' };

test("TALK-7 unread is what others said above the mark, and never one's own", () => {
  const talk = known({
    threads: [thread('a')],
    messages: [
      message('a', 1),
      message('a', 2, { author: me }),
      message('a', 3),
      message('a', 4, { deletedAt: time, text: '' }),
    ],
    marks: [{ thread: 'a', seq: 9, n: 1 }],
  });
  const [view] = threadsOf(talk, [], me);
  expect(view).toMatchObject({ unread: 1, last: 4 });
  expect(view!.messages.map(({ unread }) => unread)).toEqual([false, false, true, false]);
  const looking = {
    key: 1,
    change: { what: 'mark', thread: 'a', n: 4 },
    at: 0,
    notBefore: 0,
    refused: null,
    sent: false,
  } as const;
  expect(threadsOf(talk, [looking], me)[0]).toMatchObject({ unread: 0 });
});

test('TALK-8 a thread keeps what it is about, and open ones are counted by it', () => {
  const talk = known({
    threads: [
      thread('a', { anchor: chart }),
      thread('b', { anchor: chart, resolvedAt: time, resolvedBy: other }),
      thread('c', { anchor: chart }),
      thread('d'),
    ],
    messages: [message('a', 1), message('b', 2), message('c', 3, { author: me }), message('d', 4)],
  });
  const threads = threadsOf(talk, [], me);
  expect(threads.map(({ id }) => id)).toEqual(['d', 'c', 'b', 'a']);
  expect(countsOf(threads)).toEqual(new Map([['c1', { open: 2, unread: 1 }]]));
});

test('open, resolved, and mine: those I take part in or am named in', () => {
  const talk = known({
    threads: [thread('a'), thread('b', { resolvedAt: time, resolvedBy: other }), thread('c'), thread('d')],
    messages: [
      message('a', 1),
      message('b', 2, { author: me }),
      message('c', 3, { mentions: [me], text: 'Look @Mia' }),
      message('d', 4),
    ],
  });
  const threads = threadsOf(talk, [], me);
  const ids = (filter: 'open' | 'resolved' | 'mine') => filtered(threads, filter).map(({ id }) => id);
  expect([ids('open'), ids('resolved'), ids('mine')]).toEqual([['d', 'c', 'a'], ['b'], ['c', 'b']]);
});

test('a thread in which nothing is said any more is no thread', () => {
  const talk = known({ threads: [thread('a')], messages: [message('a', 1, { deletedAt: time, text: '' })] });
  expect(threadsOf(talk, [], me)).toEqual([]);
});

test('a message whose thread was not told yet waits for it', () => {
  expect(threadsOf(known({ messages: [message('a', 1)] }), [], me)).toEqual([]);
});

test('TALK-5 an answer that waits in a resolved thread reopens it on the screen too', () => {
  const talk = known({
    threads: [thread('a', { resolvedAt: time, resolvedBy: other })],
    messages: [message('a', 1)],
  });
  const say = { what: 'say', id: 'x', thread: 'a', anchor: null, text: 'No.', mentions: [] } as const;
  const waiting = { key: 1, change: say, at: 0, notBefore: 0, refused: null, sent: false };
  expect(threadsOf(talk, [waiting], me)[0]).toMatchObject({ resolved: false, resolvedBy: null, waits: true });
});
