import type { Appended, Batch } from '@tidemark/sync';
import { describe, expect, test } from 'vitest';
import { createGroupCommit, type GroupCommitOptions } from './group-commit.ts';

const batch = (documentId: string, bytes = 1): Batch => ({
  documentId,
  epoch: 1,
  after: 0,
  entries: [{ update: new Uint8Array(bytes), userId: null, clientId: 0 }],
});
const stored: Appended = { outcome: 'stored', head: 1, missed: [] };

/** A database whose commits end when the test says so. */
function controlled(options: Partial<GroupCommitOptions> = {}) {
  const groups: { names: string; end: () => void; fail: (error: Error) => void }[] = [];
  let arrived: () => void = () => undefined;
  const append = createGroupCommit({
    isolate: () => true,
    commit: (group) =>
      new Promise((resolve, reject) => {
        groups.push({
          names: group.map(({ documentId }) => documentId).join(' '),
          end: () => resolve(group.map(() => stored)),
          fail: reject,
        });
        arrived();
      }),
    ...options,
  });
  const group = async (n: number) => {
    while (groups.length <= n) {
      await new Promise<void>((resolve) => {
        arrived = resolve;
      });
    }
    return groups[n]!;
  };
  return { append, group, names: () => groups.map(({ names }) => names) };
}

describe('group commit', () => {
  test('one document that waits for its turn holds up no other', async () => {
    const { append, group } = controlled();
    const first = append(batch('a'));
    await group(0);
    const second = append(batch('a'));
    await new Promise(setImmediate);
    const other = append(batch('b'));
    const departed = await group(1);
    expect(departed.names).toBe('b');
    departed.end();
    expect(await other).toEqual(stored);
    (await group(0)).end();
    (await group(2)).end();
    expect(await Promise.all([first, second])).toEqual([stored, stored]);
  });

  test('what comes in one turn goes in one group', async () => {
    const { append, group } = controlled();
    const all = Promise.all(['a', 'b', 'c'].map((id) => append(batch(id))));
    const first = await group(0);
    expect(first.names).toBe('a b c');
    first.end();
    expect(await all).toEqual([stored, stored, stored]);
  });

  test('what comes while the commits in flight last shares the next one', async () => {
    const { append, group, names } = controlled({ inFlight: 1 });
    const a = append(batch('a'));
    const first = await group(0);
    const rest = Promise.all(['b', 'c', 'd'].map((id) => append(batch(id))));
    expect(names()).toEqual(['a']);
    first.end();
    await a;
    (await group(1)).end();
    await rest;
    expect(names()).toEqual(['a', 'b c d']);
  });

  test('R2 batches of one document never fly at once nor overtake each other', async () => {
    const { append, group, names } = controlled({ inFlight: 2 });
    const all = Promise.all([append(batch('a')), append(batch('a')), append(batch('b'))]);
    const first = await group(0);
    expect(names()).toEqual(['a b']);
    first.end();
    (await group(1)).end();
    await all;
    expect(names()).toEqual(['a b', 'a']);
  });

  test('a group is bounded in number and in bytes, and a batch over the bound goes alone', async () => {
    const { append, group, names } = controlled({ inFlight: 4, batches: 2, bytes: 10 });
    const all = Promise.all([
      append(batch('a', 4)),
      append(batch('b', 4)),
      append(batch('c', 4)),
      append(batch('d', 50)),
    ]);
    for (let n = 0; n < 3; n += 1) (await group(n)).end();
    await all;
    expect(names()).toEqual(['a b', 'c', 'd']);
  });

  test('a group that fails is tried again one by one, so that only the bad batch fails', async () => {
    const { append, group, names } = controlled();
    const all = Promise.allSettled(['good', 'bad', 'fine'].map((id) => append(batch(id))));
    (await group(0)).fail(new Error('one of us'));
    (await group(1)).end();
    (await group(2)).fail(new Error('it was me'));
    (await group(3)).end();
    expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(names()).toEqual(['good bad fine', 'good', 'bad', 'fine']);
  });

  test('a server that is down fails the whole group at once', async () => {
    const { append, group, names } = controlled({ isolate: () => false });
    const all = Promise.allSettled(['a', 'b'].map((id) => append(batch(id))));
    (await group(0)).fail(new Error('down'));
    expect((await all).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(names()).toHaveLength(1);
  });
});
