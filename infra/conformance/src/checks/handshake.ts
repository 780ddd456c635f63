import * as Y from 'yjs';
import { checksOf, expect } from '../check.ts';
import { stepOne, stepTwo } from '../frames.ts';

/** How the two sides come into step. */
export const handshake = checksOf('handshake', [
  {
    id: 'K1',
    says: 'The server asks what the client has: it sends sync step 1, on connecting or together with its answer.',
    async run(ground) {
      const visitor = await ground.join(await ground.room());
      await visitor.until(() => visitor.received['step-1'] > 0, 'the server sends sync step 1');
    },
  },
  {
    id: 'K2',
    says: 'A room that nobody has written to answers sync step 1 too, and everybody the same.',
    needs: ['rooms'],
    async run(ground) {
      const room = await ground.room();
      const [first, second] = [await ground.join(room), await ground.join(room)];
      const [one, two] = [first, second].map(({ lastStepTwo }) => Buffer.from(lastStepTwo ?? []));
      expect(one !== undefined && two?.equals(one) === true, 'two newcomers get different content');
    },
  },
  {
    id: 'K3',
    says: 'Sync step 1 with an empty state vector is answered with everything.',
    async run(ground) {
      const room = await ground.room();
      const writer = await ground.join(room);
      for (let n = 0; n < 50; n += 1) writer.doc.getMap(ground.scope).set(`key ${n}`, n);
      await writer.sync();
      const newcomer = await ground.join(room);
      const { size } = newcomer.doc.getMap(ground.scope);
      expect(size === 50, `${size} of 50 keys came`);
    },
  },
  {
    id: 'K4',
    says: 'Sync step 1 with a full state vector is answered with step 2 that brings nothing new.',
    async run(ground) {
      const writer = await ground.join(await ground.room());
      writer.doc.getText(ground.scope).insert(0, 'a'.repeat(5_000));
      await writer.sync();
      await writer.sync();
      const { structs } = Y.decodeUpdate(writer.lastStepTwo ?? new Uint8Array());
      expect(structs.length === 0, `${structs.length} structs came that the client had said it has`);
    },
  },
  {
    id: 'K5',
    says: 'Sync step 1 with half of the content is answered with the other half.',
    async run(ground) {
      const room = await ground.room();
      const writer = await ground.join(room);
      const text = writer.doc.getText(ground.scope);
      text.insert(0, 'a'.repeat(1_000));
      const half = Y.encodeStateAsUpdate(writer.doc);
      text.insert(0, 'b'.repeat(1_000));
      await writer.sync();
      const doc = new Y.Doc();
      Y.applyUpdate(doc, half);
      const visitor = await ground.join(room, { doc });
      const { structs } = Y.decodeUpdate(visitor.lastStepTwo ?? new Uint8Array());
      const old = structs.some(({ id }) => id.client === writer.doc.clientID && id.clock < 1_000);
      expect(!old, 'what the client had said it has came again');
      expect(doc.getText(ground.scope).length === 2_000, 'the other half did not come');
    },
  },
  {
    id: 'K6',
    says: 'What a client sends as step 2, in answer to the server, reaches the others.',
    async run(ground) {
      const room = await ground.room();
      const reader = await ground.join(room);
      const giver = await ground.arrive(room);
      const doc = new Y.Doc();
      doc.getMap(ground.scope).set('from', 'step 2');
      giver.send(stepTwo(Y.encodeStateAsUpdate(doc)));
      await reader.until(
        () => reader.doc.getMap(ground.scope).get('from') === 'step 2',
        'content of a step 2 is relayed',
      );
    },
  },
  {
    id: 'K7',
    says: 'A client that speaks in the moment it is connected is answered: nothing is lost while the room is made ready.',
    async run(ground) {
      const room = await ground.room();
      const eager = await ground.arrive(room);
      for (let n = 0; n < 20; n += 1) eager.doc.getMap(ground.scope).set(`key ${n}`, n);
      await eager.sync();
      const reader = await ground.join(room);
      const { size } = reader.doc.getMap(ground.scope);
      expect(size === 20, `${size} of 20 keys, sent at once on connecting, were kept`);
    },
  },
  {
    id: 'K8',
    says: 'Sync step 1 is answered as often as it is asked.',
    async run(ground) {
      const visitor = await ground.join(await ground.room());
      for (let n = 0; n < 5; n += 1) await visitor.sync();
      const answers = visitor.received['step-2'];
      for (let n = 0; n < 5; n += 1) visitor.send(stepOne(Y.encodeStateVector(visitor.doc)));
      await visitor.until(
        () => visitor.received['step-2'] >= answers + 5,
        'five questions at once get five answers',
      );
    },
  },
  {
    id: 'K9',
    says: 'Twenty who come at once all get everything with their first step 2.',
    async run(ground) {
      const room = await ground.room();
      const writer = await ground.join(room);
      writer.doc.getText(ground.scope).insert(0, 'everything');
      await writer.sync();
      const crowd = await Promise.all(Array.from({ length: 20 }, () => ground.join(room)));
      const without = crowd.filter(({ doc }) => doc.getText(ground.scope).toString() !== 'everything').length;
      expect(without === 0, `${without} of 20 did not get it`);
    },
  },
]);
