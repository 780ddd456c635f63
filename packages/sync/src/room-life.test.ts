import { refuse } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import type * as Y from 'yjs';
import { gate, House } from './testing.ts';

describe('the life of a room', () => {
  test('R17 an idle clean room closes with a checkpoint, and opens again with all of it', async () => {
    const house = new House();
    const ann = house.client();
    ann.type('kept');
    await house.settle();
    ann.cut();
    await house.pass(29_000);
    expect(house.lobby.stats().rooms).toBe(1);
    await house.pass(2_000);
    expect(house.lobby.stats()).toMatchObject({ rooms: 0, checkpoints: 1 });
    const loaded = (await house.memory.load('d'))!;
    expect(loaded).toMatchObject({ checkpoint: { lsn: 1 }, tail: [] });
    const bob = house.client({ user: 'bob' });
    await house.settle();
    expect(bob.text).toBe('kept');
  });

  test('R17 who comes back in time finds the same room', async () => {
    const house = new House();
    const ann = house.client();
    await house.settle();
    ann.cut();
    await house.pass(20_000);
    house.client({ user: 'bob' });
    await house.pass(60_000);
    expect(house.lobby.stats().rooms).toBe(1);
    expect(house.log.loads).toBe(1);
  });

  test('R17 nothing is left behind by rooms that closed', async () => {
    const house = new House();
    for (let i = 0; i < 20; i += 1) {
      house.memory.create(`${i}`);
      const client = house.client({ document: `${i}` });
      client.type('a');
      await house.settle();
      client.cut();
    }
    await house.pass(120_000);
    expect(house.lobby.stats()).toMatchObject({ rooms: 0, endingRooms: 0, sessions: 0, present: 0 });
    expect(house.clock.pending).toBe(0);
  });

  test("R21 the server's edit is shown, logged under its user and resolved when stored", async () => {
    const house = new House();
    const ann = house.client();
    await house.settle();
    const commit = gate();
    house.log.before = () => commit.passed;
    let answer: unknown = null;
    const edit = house.lobby.edit('d', 'bob', (doc) => doc.getText('t').insert(0, 'renamed'));
    void edit.then((result) => {
      answer = result;
    });
    await house.settle();
    expect([ann.text, answer]).toEqual(['renamed', null]);
    commit.open();
    await house.settle();
    expect(answer).toEqual({ lsn: 1 });
    expect(house.memory.entries('d')).toMatchObject([{ userId: 'bob' }]);
    const read = await house.lobby.read('d', (doc, at) => [doc.getText('t').toString(), at]);
    expect(read).toEqual(['renamed', { epoch: 1, head: 1 }]);
  });

  test('R21 an edit that throws rejects, and what it had done is the same everywhere', async () => {
    const house = new House();
    const ann = house.client();
    await house.settle();
    const edit = house.lobby.edit('d', null, (doc) => {
      doc.getText('t').insert(0, 'half');
      throw new Error('A bug.');
    });
    await Promise.all([expect(edit).rejects.toThrow('A bug.'), house.settle()]);
    expect([ann.text, (await house.stored()).getText('t').toString()]).toEqual(['half', 'half']);
  });

  test('R21 reading or editing what is not there is refused', async () => {
    const { lobby } = new House();
    expect(await lobby.read('nowhere', () => 1)).toMatchObject({ refused: 'not-found' });
    expect(await lobby.edit('nowhere', null, () => undefined)).toMatchObject({ refused: 'not-found' });
  });

  test('R22 a dismissal closes all sessions of the document, joining ones too, and stores what they sent', async () => {
    const house = new House();
    house.memory.create('other');
    const [ann, stock] = [house.client(), house.client({ stock: true })];
    const other = house.client({ document: 'other' });
    await house.settle();
    ann.type('last words');
    ann.exchange();
    const joining = house.client({ user: 'late' });
    joining.exchange();
    house.lobby.dismiss('d', refuse('no-access'));
    await house.settle();
    for (const client of [ann, stock, joining]) {
      expect(client.closed).toEqual({ code: 4403, reason: 'no-access' });
    }
    expect(other.closed).toBeNull();
    expect((await house.stored()).getText('t').toString()).toBe('last words');
    expect(house.lobby.stats()).toMatchObject({ rooms: 1, sessions: 1 });
  });

  test('R23 draining stores and acks what is dirty, then closes with 1012 and refuses newcomers', async () => {
    const house = new House();
    const ann = house.client();
    await house.settle();
    house.log.before = () => {
      throw new Error('The disk is full.');
    };
    ann.type('dirty');
    await house.settle();
    let drained = false;
    void house.lobby.drain().then(() => {
      drained = true;
    });
    await house.pass(30_000);
    expect([drained, ann.closed]).toEqual([false, null]);
    house.log.before = () => undefined;
    await house.pass(30_000);
    expect(drained).toBe(true);
    expect(ann.acked).toBe(ann.sent.length);
    expect(ann.closed).toEqual({ code: 1012, reason: 'restarting' });
    expect((await house.stored()).getText('t').toString()).toBe('dirty');
    const late = house.client();
    await house.settle();
    expect(late.closed?.code).toBe(1012);
    expect(await house.lobby.read('d', () => 1)).toMatchObject({ refused: 'restarting' });
    expect(house.clock.pending).toBe(0);
  });

  test('R24 the opened hook runs before anybody is served, and its edits are stored under no user', async () => {
    const house = new House(
      {},
      {
        opened: (_documentId, doc) => {
          if (doc.getText('t').length === 0) doc.getText('t').insert(0, 'migrated');
        },
      },
    );
    const ann = house.client();
    await house.settle();
    expect(ann.text).toBe('migrated');
    expect(house.memory.entries('d')).toMatchObject([{ userId: null }]);
    ann.cut();
    await house.pass(60_000);
    house.client();
    await house.settle();
    expect(house.memory.entries('d')).toHaveLength(1);
  });

  test('R24 an opened hook that throws refuses that document with 1011 and stores nothing', async () => {
    const house = new House(
      {},
      {
        opened: (_documentId, doc) => {
          doc.getText('t').insert(0, 'half');
          throw new Error('A bug.');
        },
      },
    );
    const ann = house.client();
    await house.settle();
    expect(ann.closed?.code).toBe(1011);
    expect(house.memory.entries('d')).toEqual([]);
    expect(house.clock.pending).toBe(0);
  });

  test('R24 the settled hook is gathered, called before the room closes, and its fault disturbs nobody', async () => {
    const settled: number[] = [];
    const house = new House(
      {},
      {
        settled: async (_documentId, doc: Y.Doc, head) => {
          settled.push(head);
          expect(doc.getText('t').toString()).toHaveLength(head);
          if (head === 5) throw new Error('The list is away.');
        },
      },
    );
    const ann = house.client();
    await house.settle();
    for (let i = 0; i < 5; i += 1) {
      ann.type('x');
      await house.pass(100);
    }
    await house.pass(3_000);
    expect(settled).toEqual([5]);
    expect(house.errors).toEqual(['night-shift-failed']);
    await house.pass(10_000);
    expect(settled).toEqual([5]);
    ann.type('y');
    await house.settle();
    expect(ann.acked).toBe(ann.sent.length);
    await house.pass(3_000);
    expect(settled).toEqual([5, 6]);
    ann.type('z');
    await house.settle();
    void house.lobby.drain();
    await house.settle();
    expect(settled).toEqual([5, 6, 7]);
  });
});

describe('rooms that close with nothing new', () => {
  test('R24 what is settled is not settled again', async () => {
    let calls = 0;
    const settled = async () => {
      calls += 1;
    };
    const house = new House({}, { settled });
    const ann = house.client();
    ann.type('a');
    await house.pass(3_000);
    ann.cut();
    await house.pass(60_000);
    expect([calls, house.lobby.stats().rooms]).toEqual([1, 0]);
  });

  test('R24 what could not be settled is tried again when the room closes', async () => {
    const heads: number[] = [];
    const settled = async (_documentId: string, _doc: Y.Doc, head: number) => {
      heads.push(head);
      if (heads.length === 1) throw new Error('The list is away.');
    };
    const house = new House({}, { settled });
    const ann = house.client();
    ann.type('a');
    await house.pass(3_000);
    ann.cut();
    await house.pass(60_000);
    expect(heads).toEqual([1, 1]);
  });
});

test('R17 a room whose last frame was refused after its sender had left closes too', async () => {
  const house = new House();
  house.rights.set('rita', 'read');
  const rita = house.client({ user: 'rita' });
  await house.settle();
  rita.type('no');
  rita.exchange();
  rita.cut();
  await house.pass(60_000);
  expect(house.lobby.stats().rooms).toBe(0);
});
