import { checksOf, expect } from '../check.ts';
import { awarenessFrame, queryAwareness } from '../frames.ts';

/** Who is here. */
export const awareness = checksOf('awareness', [
  {
    id: 'K23',
    says: 'Presence is relayed to the others.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.sees(ana, { name: 'Ana' }), 'a state is relayed');
      ana.show({ name: 'Ana', cursor: 7 });
      await ben.until(() => ben.sees(ana, { name: 'Ana', cursor: 7 }), 'its change is relayed');
    },
  },
  {
    id: 'K24',
    says: 'A newcomer sees everybody without asking.',
    async run(ground) {
      const room = await ground.room();
      const crowd = await Promise.all(Array.from({ length: 20 }, () => ground.join(room)));
      const [first] = crowd as [(typeof crowd)[0]];
      for (const [index, each] of crowd.entries()) each.show({ index });
      await first.until(
        () => crowd.slice(1).every((each, index) => first.sees(each, { index: index + 1 })),
        'all 19 others are relayed',
      );
      const newcomer = await ground.join(room);
      await newcomer.until(
        () => crowd.every((each, index) => newcomer.sees(each, { index })),
        'a newcomer is shown all 20',
      );
    },
  },
  {
    id: 'K25',
    says: 'Who closes the connection disappears for the others.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.sees(ana, { name: 'Ana' }), 'a state is relayed');
      await ana.close();
      await ben.until(() => !ben.present.has(ana.doc.clientID), 'who has closed disappears');
    },
  },
  {
    id: 'K26',
    says: 'Who is cut off disappears for the others.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.sees(ana, { name: 'Ana' }), 'a state is relayed');
      ana.cut();
      await ben.until(() => !ben.present.has(ana.doc.clientID), 'who was cut off disappears');
    },
  },
  {
    id: 'K27',
    says: 'Who sets no state any more disappears, and may come back on the same connection.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.sees(ana, { name: 'Ana' }), 'a state is relayed');
      ana.show(null);
      await ben.until(() => !ben.present.has(ana.doc.clientID), 'who has no state disappears');
      ana.show({ name: 'Ana again' });
      await ben.until(() => ben.sees(ana, { name: 'Ana again' }), 'the state is back');
    },
  },
  {
    id: 'K28',
    says: 'A query for awareness (message 3) is answered with everybody.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.sees(ana, { name: 'Ana' }), 'a state is relayed');
      const before = ben.received.awareness;
      ben.send(queryAwareness);
      await ben.until(() => ben.received.awareness > before, 'the query is answered');
    },
  },
  {
    id: 'K29',
    says: 'An older clock does not bring an older state back.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      const { clientID } = ana.doc;
      ana.send(awarenessFrame([{ clientId: clientID, clock: 5, state: { at: 'five' } }]));
      await ben.until(() => ben.sees(ana, { at: 'five' }), 'a state is relayed');
      ana.send(awarenessFrame([{ clientId: clientID, clock: 3, state: { at: 'three' } }]));
      await ana.sync();
      const newcomer = await ground.join(room);
      await newcomer.until(() => newcomer.present.has(clientID), 'a newcomer is shown the state');
      expect(newcomer.sees(ana, { at: 'five' }), 'a newcomer is shown the older state');
    },
  },
  {
    id: 'K30',
    says: 'A renewed state (a higher clock, nothing else) is passed on, or its owner would fade away after 30 s.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.sees(ana, { name: 'Ana' }), 'a state is relayed');
      const before = ben.received.awareness;
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.received.awareness > before, 'the renewal is passed on');
    },
  },
  {
    id: 'K31',
    says: 'A client that repeats what it heard of others, as stock clients do, is not cut off.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.sees(ana, { name: 'Ana' }), 'a state is relayed');
      ben.send(awarenessFrame([{ clientId: ana.doc.clientID, clock: 1, state: { name: 'Ana' } }]));
      await ben.sync();
      ben.show({ name: 'Ben' });
      await ana.until(() => ana.sees(ben, { name: 'Ben' }), 'the repeating client goes on');
    },
  },
  {
    id: 'K32',
    says: 'Nobody can change or remove another connection’s presence under its client ID.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.show({ name: 'Ana' });
      await ben.until(() => ben.sees(ana, { name: 'Ana' }), 'a state is relayed');
      for (const state of [{ name: 'Not Ana' }, null]) {
        // A server may let one person take over from their own lost connection.
        const thief = await ground.join({ ...room, url: room.asSomebodyElse ?? room.url });
        thief.send(awarenessFrame([{ clientId: ana.doc.clientID, clock: 100, state }]));
        // A server may close the thief's connection; the state of one who comes after it is shown after it, too.
        await thief.sync().catch(() => undefined);
        const witness = await ground.join(room);
        witness.show({ name: 'Witness' });
        await ben.until(() => ben.sees(witness, { name: 'Witness' }), 'a later state is relayed');
        expect(ben.sees(ana, { name: 'Ana' }), state === null ? 'she was removed' : 'she was replaced');
        thief.cut();
        witness.cut();
      }
    },
  },
]);
