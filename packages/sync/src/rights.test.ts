import { refuse } from '@tidemark/protocol';
import { describe, expect, test } from 'vitest';
import { gate, House } from './testing.ts';

describe('rights of live sessions', () => {
  test('R50 an editor who may only read now is told, and what it writes is refused alone and not acked', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    ann.type('before ');
    await house.settle();
    const acked = ann.acked;
    house.entitle('ann', 'read');
    await house.settle();
    expect(ann.of('access')).toEqual([
      { type: 'access', access: 'read', reason: 'You may read this but no longer change it.' },
    ]);
    ann.type('after');
    await house.settle();
    expect(ann.closed).toBeNull();
    expect(ann.of('refusal')).toMatchObject([{ n: ann.sent.length, code: 'read-only' }]);
    expect(ann.acked).toBe(acked);
    expect(bob.text).toBe('before ');
    // And it still reads.
    bob.type('!');
    await house.settle();
    expect(ann.text).toContain('!');
    expect(house.lobby.stats()).toMatchObject({ accessChanges: 1, sessions: 2 });
  });

  test('R50 a stock client is told by an auth frame, and by nothing when it may write again', async () => {
    const house = new House();
    const ann = house.client({ user: 'ann', stock: true });
    await house.settle();
    house.entitle('ann', 'read');
    await house.settle();
    expect(ann.of('permission-denied')).toEqual([{ type: 'permission-denied', reason: 'read-only' }]);
    house.entitle('ann', 'edit');
    await house.settle();
    expect(ann.of('permission-denied')).toHaveLength(1);
    ann.type('again');
    await house.settle();
    expect((await house.stored()).getText('t').toString()).toBe('again');
    expect(new Set(ann.frames.map(({ type }) => type))).not.toContain('access');
  });

  test('R50 a reader who may edit now is told, and its edits are taken; one with a read token stays a reader', async () => {
    const house = new House();
    house.rights.set('ann', 'read');
    const [ann, shy] = [house.client({ user: 'ann' }), house.client({ user: 'ann', atMost: 'read' })];
    await house.settle();
    house.entitle('ann', 'edit');
    await house.settle();
    expect(ann.of('access').map(({ access }) => access)).toEqual(['edit']);
    expect(shy.of('access')).toEqual([]);
    ann.type('mine');
    await house.settle();
    expect(ann.acked).toBe(ann.sent.length);
    expect(shy.text).toBe('mine');
  });

  test('R50 a frame that was received before the change was known is judged when its turn comes', async () => {
    const house = new House();
    const ann = house.client({ user: 'ann' });
    await house.settle();
    ann.type('too late');
    ann.exchange();
    house.entitle('ann', 'read');
    // The answer comes before the turn's timer runs.
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
    await house.settle();
    expect(ann.of('refusal')).toMatchObject([{ code: 'read-only' }]);
    expect(ann.acked).toBe(ann.sent.length - 1);
    expect((await house.stored()).getText('t').toString()).toBe('');
  });

  test('R50 what was shown before the change is stored and acked all the same', async () => {
    const house = new House();
    const ann = house.client({ user: 'ann' });
    await house.settle();
    const shut = gate();
    house.log.before = () => shut.passed;
    ann.type('shown');
    await house.settle();
    house.entitle('ann', 'read');
    await house.settle();
    expect(ann.of('access')).toHaveLength(1);
    shut.open();
    await house.settle();
    expect(ann.acked).toBe(ann.sent.length);
    expect((await house.stored()).getText('t').toString()).toBe('shown');
  });

  test.each([
    ['not-signed-in', 4401],
    ['no-access', 4403],
    ['not-found', 4404],
  ] as const)('R51 who may be there no more is closed: %s with %i', async (code, close) => {
    const house = new House();
    const [ann, other, bob] = [
      house.client({ user: 'ann' }),
      house.client({ user: 'ann', stock: true }),
      house.client({ user: 'bob' }),
    ];
    await house.settle();
    ann.type('not applied yet');
    ann.exchange();
    house.entitle('ann', refuse(code));
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
    await house.settle();
    expect([ann.closed, other.closed, bob.closed]).toEqual([
      { code: close, reason: code },
      { code: close, reason: code },
      null,
    ]);
    expect((await house.stored()).getText('t').toString()).toBe('');
    expect(bob.text).toBe('');
    expect(house.lobby.stats().sessions).toBe(1);
  });

  test('R52 a join under way when rights change does not slip through with the old one', async () => {
    for (const during of ['the question', 'the load'] as const) {
      const house = new House();
      const shut = gate();
      if (during === 'the question') {
        house.policyAnswers = async (answer) => {
          await shut.passed;
          return answer;
        };
      } else {
        const load = house.log.load.bind(house.log);
        house.log.load = async (documentId) => {
          await shut.passed;
          return load(documentId);
        };
      }
      const [ann, gone] = [house.client({ user: 'ann' }), house.client({ user: 'gone' })];
      await house.settle();
      house.entitle('ann', 'read');
      house.entitle('gone', refuse('no-access'));
      await house.settle();
      shut.open();
      await house.settle();
      expect([during, ann.of('hello').map(({ access }) => access)]).toEqual([during, ['read']]);
      expect([during, gone.closed?.code, gone.of('hello')]).toEqual([during, 4403, []]);
    }
  });

  test('R53 a change asks once per person and document, and only for those in its scope', async () => {
    const house = new House();
    house.memory.create('e');
    for (let i = 0; i < 5; i += 1) house.client({ user: 'ann' });
    house.client({ user: 'ann', document: 'e' });
    house.client({ user: 'bob' });
    await house.settle();
    const asked: string[] = [];
    house.asked = (userId, documentId) => void asked.push(`${userId} ${documentId}`);
    const during = async (say: () => void) => {
      asked.length = 0;
      say();
      await house.settle();
      return [...asked].sort();
    };
    expect(await during(() => house.say({ userId: 'ann' }))).toEqual(['ann d', 'ann e']);
    expect(await during(() => house.say({ documentId: 'd' }))).toEqual(['ann d', 'bob d']);
    expect(await during(() => house.say({ documentId: 'd', userId: 'bob' }))).toEqual(['bob d']);
    expect(await during(() => house.say({ companyId: 'c' }))).toEqual(['ann d', 'ann e', 'bob d']);
    expect(await during(() => house.say('all'))).toEqual(['ann d', 'ann e', 'bob d']);
    expect(await during(() => house.say({ documentId: 'unknown' }))).toEqual([]);
  });

  test('R53 few questions are under way at once, and a change heard meanwhile asks again', async () => {
    const house = new House({ rightsAtOnce: 2 });
    for (const user of ['a', 'b', 'c', 'd', 'e']) house.client({ user });
    await house.settle();
    let [under, most, asked] = [0, 0, 0];
    let shut = gate();
    house.policyAnswers = async (answer) => {
      under += 1;
      asked += 1;
      most = Math.max(most, under);
      await shut.passed;
      under -= 1;
      return answer;
    };
    house.say('all');
    await house.settle();
    expect([under, asked]).toEqual([2, 2]);
    // Of a: asked already, and now the answer is old.
    house.entitle('a', 'read');
    const old = shut;
    shut = gate();
    shut.open();
    old.open();
    await house.settle();
    expect([most, asked]).toEqual([2, 6]);
    expect(house.clients[0]?.of('access')).toHaveLength(1);
  });

  test('R54 a change nobody told of is found within a minute, and nothing is asked for when nobody is there', async () => {
    const house = new House({ idleMs: 1_000 });
    const ann = house.client({ user: 'ann' });
    await house.settle();
    house.entitle('ann', 'read', { heard: false });
    await house.pass(59_000);
    expect(ann.of('access')).toEqual([]);
    await house.pass(1_000);
    expect(ann.of('access')).toHaveLength(1);
    ann.cut();
    await house.pass(5_000);
    let asked = 0;
    house.asked = () => {
      asked += 1;
    };
    await house.pass(300_000);
    expect(asked).toBe(0);
    expect(house.clock.pending).toBe(0);
  });

  test('R55 a policy that cannot answer throws nobody out, and is asked until it can', async () => {
    const house = new House();
    const [ann, bob] = [house.client({ user: 'ann' }), house.client({ user: 'bob' })];
    await house.settle();
    let asked = 0;
    house.asked = () => {
      asked += 1;
      throw new Error('The database is away.');
    };
    house.entitle('ann', refuse('no-access'));
    await house.pass(20_000);
    expect([ann.closed, bob.closed]).toEqual([null, null]);
    expect(asked).toBeGreaterThan(3);
    expect(asked).toBeLessThan(20);
    house.asked = () => undefined;
    await house.pass(10_000);
    expect(ann.closed?.code).toBe(4403);
    expect(bob.closed).toBeNull();
  });

  test('R55 a lobby that ends asks no more', async () => {
    const house = new House();
    house.client({ user: 'ann' });
    await house.settle();
    house.asked = () => {
      throw new Error('The database is away.');
    };
    house.say('all');
    await house.settle();
    const drained = house.lobby.drain();
    await house.settle();
    await drained;
    expect(house.clock.pending).toBe(0);
  });
});

describe('epochs in the handshake', () => {
  test('R56 hello tells the epoch, and a copy of another one is closed before anything is merged', async () => {
    const house = new House();
    const ann = house.client({ user: 'ann', epoch: 1 });
    ann.type('the first life');
    await house.settle();
    expect(ann.of('hello')).toMatchObject([{ epoch: 1 }]);
    house.memory.renew('d');
    house.say({ documentId: 'd' });
    await house.settle();
    expect(ann.closed).toEqual({ code: 4409, reason: 'stale-epoch' });

    // The same copy comes back, once saying what it holds, once ahead of what the server knows.
    for (const epoch of [1, 7]) {
      const stale = house.client({ user: 'ann', epoch });
      stale.type('old news');
      await house.settle();
      expect(stale.closed?.code).toBe(4409);
      expect(stale.frames).toEqual([]);
    }
    const fresh = house.client({ user: 'ann', epoch: 2 });
    await house.settle();
    expect([fresh.text, fresh.closed]).toEqual(['', null]);
    expect((await house.stored()).store.clients.size).toBe(0);
  });

  test('R56 a document made again under its old id is another', async () => {
    const house = new House();
    const ann = house.client({ user: 'ann', epoch: 1 });
    ann.type('deleted');
    await house.settle();
    house.memory.purge('d');
    house.say({ documentId: 'd' });
    await house.settle();
    expect(ann.closed?.code).toBe(4404);
    house.memory.create('d');
    const stale = house.client({ user: 'ann', epoch: 1 });
    await house.settle();
    expect(stale.closed?.code).toBe(4409);
    expect((await house.stored()).store.clients.size).toBe(0);
  });

  test('R57 a room that loads while its document is begun anew is not left behind in the old life', async () => {
    const house = new House();
    const shut = gate();
    const load = house.log.load.bind(house.log);
    house.log.load = async (documentId) => {
      const loaded = await load(documentId);
      await shut.passed;
      return loaded;
    };
    const ann = house.client({ user: 'ann' });
    await house.settle();
    house.memory.renew('d');
    house.say({ documentId: 'd' });
    await house.settle();
    shut.open();
    await house.settle();
    // Nothing of the old life was shown to it: it only has to come back.
    expect([ann.closed?.code, ann.frames]).toEqual([1012, []]);
    const again = house.client({ user: 'ann' });
    await house.settle();
    expect(again.of('hello')).toMatchObject([{ epoch: 2 }]);
  });
});
