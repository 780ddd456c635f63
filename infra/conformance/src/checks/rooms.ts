import { checksOf, expect } from '../check.ts';

export const rooms = checksOf('rooms', [
  {
    id: 'K35',
    says: 'Content and presence of one room are not seen in another.',
    needs: ['rooms'],
    async run(ground) {
      const [here, there] = [await ground.room(), await ground.room()];
      const [ana, ben] = [await ground.join(here), await ground.join(here)];
      const [eve, eli] = [await ground.join(there), await ground.join(there)];
      ana.doc.getMap(ground.scope).set('secret', 'value');
      ana.show({ name: 'Ana' });
      await ben.until(
        () => ben.doc.getMap(ground.scope).has('secret') && ben.present.has(ana.doc.clientID),
        'content and presence are relayed within the room',
      );
      eli.doc.getMap(ground.scope).set('own', 'value');
      eli.show({ name: 'Eli' });
      await eve.until(
        () => eve.doc.getMap(ground.scope).has('own') && eve.present.has(eli.doc.clientID),
        'content and presence are relayed within the other room',
      );
      await eve.sync();
      expect(!eve.doc.getMap(ground.scope).has('secret'), 'content came over');
      expect(!eve.present.has(ana.doc.clientID), 'presence came over');
    },
  },
  {
    id: 'K36',
    says: 'A room that all have left is the same when somebody comes back.',
    async run(ground) {
      const room = await ground.room();
      const ana = await ground.join(room);
      ana.doc.getText(ground.scope).insert(0, 'still here');
      await ana.sync();
      await ana.close();
      const ben = await ground.join(room);
      const text = ben.doc.getText(ground.scope).toString();
      expect(text === 'still here', `it reads "${text}"`);
    },
  },
]);
