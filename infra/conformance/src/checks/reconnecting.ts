import * as Y from 'yjs';
import { checksOf, expect } from '../check.ts';

/** Coming back after a time away. */
export const reconnecting = checksOf('reconnecting', [
  {
    id: 'K37',
    says: 'Who comes back gets what was written meanwhile.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.doc.getText(ground.scope).insert(0, 'before');
      await ben.until(() => ben.doc.getText(ground.scope).length === 6, 'the text is relayed');
      ben.cut();
      ana.doc.getText(ground.scope).insert(6, ' and after');
      await ana.sync();
      const back = await ground.join(room, { doc: ben.doc });
      const text = back.doc.getText(ground.scope).toString();
      expect(text === 'before and after', `who came back reads "${text}"`);
    },
  },
  {
    id: 'K38',
    says: 'What was written while away is asked for by the server and reaches the others.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ben.doc.getText(ground.scope).insert(0, 'there');
      await ana.until(() => ana.doc.getText(ground.scope).length === 5, 'the text is relayed');
      ben.cut();
      ben.doc.getText(ground.scope).insert(5, ' and away');
      await ground.join(room, { doc: ben.doc });
      await ana.until(
        () => ana.doc.getText(ground.scope).toString() === 'there and away',
        'what was written away arrives',
      );
    },
  },
  {
    id: 'K39',
    says: 'Both sides wrote while apart: both end with the same document, nothing twice.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.doc.getText(ground.scope).insert(0, 'middle');
      await ben.until(() => ben.doc.getText(ground.scope).length === 6, 'the text is relayed');
      ben.cut();
      ana.doc.getText(ground.scope).insert(0, 'left ');
      ben.doc.getText(ground.scope).insert(6, ' right');
      const back = await ground.join(room, { doc: ben.doc });
      for (const each of [ana, back]) {
        await each.until(
          () => each.doc.getText(ground.scope).toString() === 'left middle right',
          'both read the whole, once',
        );
      }
    },
  },
  {
    id: 'K40',
    says: 'What was deleted meanwhile does not come back with somebody who still had it.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.doc.getText(ground.scope).insert(0, 'gone kept');
      await ben.until(() => ben.doc.getText(ground.scope).length === 9, 'the text is relayed');
      ben.cut();
      ana.doc.getText(ground.scope).delete(0, 5);
      await ana.sync();
      const back = await ground.join(room, { doc: ben.doc });
      await back.until(() => back.doc.getText(ground.scope).toString() === 'kept', 'the deletion arrives');
      await ana.sync();
      expect(ana.doc.getText(ground.scope).toString() === 'kept', 'it came back');
    },
  },
  {
    id: 'K41',
    says: 'The first of a person’s two devices to come back brings what the other had sent it.',
    async run(ground) {
      const room = await ground.room();
      const ana = await ground.join(room);
      const other = new Y.Doc();
      other.getMap(ground.scope).set('by the other device', true);
      ana.cut();
      Y.applyUpdate(ana.doc, Y.encodeStateAsUpdate(other), 'from the other device');
      await ground.join(room, { doc: ana.doc });
      const reader = await ground.join(room);
      await reader.until(() => reader.doc.getMap(ground.scope).has('by the other device'), 'it arrives');
    },
  },
]);
