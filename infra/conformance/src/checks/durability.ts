import { checksOf, expect, type Ground, Skipped } from '../check.ts';
import type { Address, Visitor } from '../visitor.ts';

/** What is there after the server was ended and started again, by the means that the caller gave. */
export const durability = checksOf('durability', [
  {
    id: 'K43',
    says: 'What others have seen is there after a restart (where the server acknowledges: what it has acknowledged).',
    needs: ['restart'],
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await writer(ground, room), await ground.join(room)];
      ana.doc.getText(ground.scope).insert(0, 'seen');
      await ben.until(() => ben.doc.getText(ground.scope).toString() === 'seen', 'the text is relayed');
      if (acknowledges(ana)) await ana.until(() => ana.acked >= ana.contentSent, 'it is acknowledged');
      await ground.restart();
      const newcomer = await ground.join(room);
      const text = newcomer.doc.getText(ground.scope).toString();
      expect(text === 'seen', `it reads "${text}"`);
    },
  },
  {
    id: 'K44',
    says: 'What a server that speaks tidemark.1 has acknowledged is there after a restart.',
    needs: ['restart'],
    async run(ground) {
      const room = await ground.room();
      const ana = await writer(ground, room);
      if (!acknowledges(ana)) throw new Skipped('the server does not acknowledge by tidemark.1');
      for (let n = 0; n < 1_000; n += 1) ana.doc.getMap(ground.scope).set(String(n), n);
      // Not all of them: the restart comes in the middle.
      await ana.until(() => ana.acked >= ana.contentSent - 500, 'half of it is acknowledged');
      const acked = 1_000 - (ana.contentSent - ana.acked);
      await ground.restart();
      const newcomer = await ground.join(room);
      const { size } = newcomer.doc.getMap(ground.scope);
      expect(size >= acked, `${size} are there, ${acked} were acknowledged`);
    },
  },
  {
    id: 'K45',
    says: 'The first answer after a restart holds everything: the handshake waits for the load.',
    needs: ['restart'],
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await writer(ground, room), await ground.join(room)];
      for (let n = 0; n < 2_000; n += 1) ana.doc.getMap(ground.scope).set(String(n), n);
      await ben.until(() => ben.doc.getMap(ground.scope).size === 2_000, 'the updates are relayed');
      if (acknowledges(ana)) await ana.until(() => ana.acked >= ana.contentSent, 'they are acknowledged');
      await ground.restart();
      const crowd = await Promise.all(Array.from({ length: 10 }, () => ground.join(room)));
      const fewest = Math.min(...crowd.map(({ doc }) => doc.getMap(ground.scope).size));
      expect(fewest === 2_000, `somebody got ${fewest} of 2,000`);
    },
  },
]);

/**
 * In step, and acknowledged if the server does that. `ws` agrees to any subprotocol unless told otherwise, so that agreement
 * alone says nothing: a first edit that is acknowledged does.
 */
async function writer(ground: Ground, room: Address): Promise<Visitor> {
  const extended = await ground.join(room, { subprotocols: ['tidemark.1'] }).catch(() => null);
  // `ws` takes silence for a refusal: then it is a plain client that is asked for.
  const visitor = extended ?? (await ground.join(room));
  if (visitor.socket.protocol !== 'tidemark.1') return visitor;
  visitor.doc.getMap(`${ground.scope} first`).set('edit', true);
  await visitor.until(() => acknowledges(visitor), 'it is acknowledged').catch(() => undefined);
  return visitor;
}

function acknowledges(visitor: Visitor): boolean {
  return visitor.acked > 0;
}
