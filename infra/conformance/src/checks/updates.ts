import * as Y from 'yjs';
import { checksOf, expect, type Ground } from '../check.ts';
import { stepTwo, updateFrame } from '../frames.ts';
import type { Address, Visitor } from '../visitor.ts';

/** What is written reaches everybody, once, whole and in order. */
export const updates = checksOf('updates', [
  {
    id: 'K10',
    says: 'An update reaches everybody else in the room.',
    async run(ground) {
      const { writer, readers } = await company(ground, 5);
      writer.doc.getMap(ground.scope).set('key', 'value');
      await Promise.all(
        readers.map((reader) =>
          reader.until(() => reader.doc.getMap(ground.scope).get('key') === 'value', 'the update is relayed'),
        ),
      );
    },
  },
  {
    id: 'K11',
    says: 'An update whose sender leaves right after it is kept and reaches the others.',
    async run(ground) {
      const { room, writer, readers } = await company(ground, 1);
      writer.doc.getMap(ground.scope).set('last', 'word');
      await writer.close();
      const [reader] = readers as [Visitor];
      await reader.until(
        () => reader.doc.getMap(ground.scope).get('last') === 'word',
        'the last word arrives',
      );
      const newcomer = await ground.join(room);
      expect(newcomer.doc.getMap(ground.scope).get('last') === 'word', 'a newcomer does not get it');
    },
  },
  {
    id: 'K12',
    says: 'Deletions reach those who are there and those who come later.',
    async run(ground) {
      const { room, writer, readers } = await company(ground, 1);
      const [reader] = readers as [Visitor];
      const text = writer.doc.getText(ground.scope);
      text.insert(0, 'keep drop');
      text.delete(4, 5);
      await reader.until(() => textOf(reader, ground) === 'keep', 'the deletion is relayed');
      const newcomer = await ground.join(room);
      expect(textOf(newcomer, ground) === 'keep', `a newcomer reads "${textOf(newcomer, ground)}"`);
    },
  },
  {
    id: 'K13',
    says: 'Deleting what somebody else wrote (an update of deletions alone) works as well.',
    async run(ground) {
      const { room, writer, readers } = await company(ground, 1);
      const [other] = readers as [Visitor];
      writer.doc.getText(ground.scope).insert(0, 'not mine');
      await other.until(() => textOf(other, ground) === 'not mine', 'the text is relayed');
      other.doc.getText(ground.scope).delete(0, 4);
      await writer.until(() => textOf(writer, ground) === 'mine', 'the deletion is relayed');
      const newcomer = await ground.join(room);
      expect(textOf(newcomer, ground) === 'mine', `a newcomer reads "${textOf(newcomer, ground)}"`);
    },
  },
  {
    id: 'K14',
    says: 'One writer’s updates are shown in the order in which they were sent: nobody sees a gap.',
    async run(ground) {
      const { writer, readers } = await company(ground, 2);
      const text = writer.doc.getText(ground.scope);
      for (let n = 0; n < 500; n += 1) text.insert(text.length, 'x');
      for (const reader of readers) {
        await reader.until(() => textOf(reader, ground).length === 500, 'all 500 updates are relayed');
        expect(!reader.sawGap, 'an update came before the one it follows');
      }
    },
  },
  {
    id: 'K15',
    says: 'An update that is sent again changes nothing, and its sender stays connected.',
    async run(ground) {
      const { writer, readers } = await company(ground, 1);
      const [reader] = readers as [Visitor];
      writer.doc.getText(ground.scope).insert(0, 'once');
      const again = Y.encodeStateAsUpdate(writer.doc);
      for (let n = 0; n < 5; n += 1) writer.send(updateFrame(again));
      writer.send(stepTwo(again));
      await writer.sync();
      await reader.sync();
      expect(textOf(reader, ground) === 'once', `the others read "${textOf(reader, ground)}"`);
    },
  },
  {
    id: 'K16',
    says: 'An update that comes before the one it follows is kept; when the gap is filled, everybody has both.',
    async run(ground) {
      const { room, writer, readers } = await company(ground, 1);
      const [reader] = readers as [Visitor];
      const [first, second] = twoUpdates(ground.scope);
      writer.send(updateFrame(second));
      await writer.sync();
      writer.send(updateFrame(first));
      await reader.until(
        () => textOf(reader, ground) === 'first second',
        'both parts arrive once the gap is filled',
      );
      const newcomer = await ground.join(room);
      expect(textOf(newcomer, ground) === 'first second', `a newcomer reads "${textOf(newcomer, ground)}"`);
    },
  },
  {
    id: 'K17',
    says: 'A gap may be filled by somebody else’s connection.',
    async run(ground) {
      const { writer, readers } = await company(ground, 2);
      const [filler, reader] = readers as [Visitor, Visitor];
      const [first, second] = twoUpdates(ground.scope);
      writer.send(updateFrame(second));
      await writer.sync();
      filler.send(updateFrame(first));
      await reader.until(
        () => textOf(reader, ground) === 'first second',
        'both parts arrive once the gap is filled',
      );
    },
  },
  {
    id: 'K18',
    says: 'An update of 4 MB reaches the others whole.',
    async run(ground) {
      const { writer, readers } = await company(ground, 2);
      const large = new Uint8Array(4 * 1024 * 1024).map((_, index) => (index * 7) % 251);
      writer.doc.getMap(ground.scope).set('large', large);
      for (const reader of readers) {
        await reader.until(() => reader.doc.getMap(ground.scope).has('large'), 'the large update is relayed');
        const got = reader.doc.getMap(ground.scope).get('large') as Uint8Array;
        expect(Buffer.compare(got, large) === 0, 'the bytes are not those that were sent');
      }
    },
  },
  {
    id: 'K19',
    says: '5,000 small updates, sent without a pause, all arrive.',
    async run(ground) {
      const { room, writer, readers } = await company(ground, 1);
      const [reader] = readers as [Visitor];
      const map = writer.doc.getMap(ground.scope);
      for (let n = 0; n < 5_000; n += 1) map.set(String(n), n);
      await reader.until(
        () => reader.doc.getMap(ground.scope).size === 5_000,
        'all 5,000 updates are relayed',
      );
      const newcomer = await ground.join(room);
      const { size } = newcomer.doc.getMap(ground.scope);
      expect(size === 5_000, `a newcomer gets ${size} of 5,000`);
    },
  },
  {
    id: 'K20',
    says: 'Ten who write the same text and the same key at once end with the same document.',
    async run(ground) {
      const { writer, readers } = await company(ground, 9);
      const everybody = [writer, ...readers];
      for (let n = 0; n < 20; n += 1) {
        for (const [index, { doc }] of everybody.entries()) {
          doc.getText(ground.scope).insert(0, String(index));
          doc.getMap(`${ground.scope} map`).set('key', `${index}.${n}`);
        }
      }
      const look = (visitor: Visitor) =>
        JSON.stringify([textOf(visitor, ground), visitor.doc.getMap(`${ground.scope} map`).get('key')]);
      await Promise.all(
        everybody.map((visitor) =>
          visitor.until(() => textOf(visitor, ground).length === 200, 'all 200 updates arrive'),
        ),
      );
      // The text says that all updates have come, for each writes the key after the text; the last key may be one behind.
      for (const visitor of everybody) await visitor.sync();
      const seen = new Set(everybody.map(look));
      expect(seen.size === 1, `they see ${seen.size} different documents`);
    },
  },
  {
    id: 'K21',
    says: 'Several writers’ content in one update is taken as one.',
    async run(ground) {
      const { writer, readers } = await company(ground, 1);
      const [reader] = readers as [Visitor];
      const parts = Array.from({ length: 10 }, (_, n) => {
        const doc = new Y.Doc();
        doc.getMap(ground.scope).set(`from ${n}`, n);
        return Y.encodeStateAsUpdate(doc);
      });
      writer.send(updateFrame(Y.mergeUpdates(parts)));
      await reader.until(() => reader.doc.getMap(ground.scope).size === 10, 'all ten parts are relayed');
    },
  },
  {
    id: 'K22',
    says: 'Every kind of Yjs content comes out as it went in: maps, arrays, formatted text, XML, embeds, bytes, subdocuments.',
    async run(ground) {
      const { room, writer } = await company(ground, 0);
      fill(writer.doc, ground.scope);
      await writer.sync();
      const newcomer = await ground.join(room);
      const [went, came] = [describe(writer.doc, ground.scope), describe(newcomer.doc, ground.scope)];
      expect(went === came, `sent ${went}, came ${came}`);
    },
  },
]);

/** A writer and `count` readers in a room, all in step. */
async function company(
  ground: Ground,
  count: number,
): Promise<{ room: Address; writer: Visitor; readers: Visitor[] }> {
  const room = await ground.room();
  const writer = await ground.join(room);
  const readers = await Promise.all(Array.from({ length: count }, () => ground.join(room)));
  return { room, writer, readers };
}

function textOf(visitor: Visitor, ground: Ground): string {
  return visitor.doc.getText(ground.scope).toString();
}

/** Two updates of one author, the second of which cannot be applied without the first. */
function twoUpdates(scope: string): [first: Uint8Array, second: Uint8Array] {
  const doc = new Y.Doc();
  const made: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => made.push(update));
  doc.getText(scope).insert(0, 'first');
  doc.getText(scope).insert(5, ' second');
  return made as [Uint8Array, Uint8Array];
}

function fill(doc: Y.Doc, scope: string): void {
  const root = doc.getMap(scope);
  doc.transact(() => {
    root.set('array', Y.Array.from([1, 'two', null, { three: true }]));
    root.set('map', new Y.Map([['nested', new Y.Map([['deep', 'value']])]]));
    root.set('bytes', new Uint8Array([0, 1, 127, 128, 255]));
    const text = new Y.Text();
    root.set('text', text);
    text.insert(0, 'bold é 😀 plain', { bold: true });
    text.format(5, 4, { bold: null, link: 'https://example.com' });
    text.insertEmbed(4, { image: 'x.png' });
    const element = new Y.XmlElement('p');
    root.set('xml', element);
    element.setAttribute('class', 'note');
    element.insert(0, [new Y.XmlText('inside')]);
    root.set('subdocument', new Y.Doc({ guid: 'a-subdocument' }));
  });
}

function describe(doc: Y.Doc, scope: string): string {
  const root = doc.getMap(scope);
  return JSON.stringify({
    array: root.get('array'),
    map: root.get('map'),
    bytes: [...((root.get('bytes') as Uint8Array | undefined) ?? [])],
    text: (root.get('text') as Y.Text | undefined)?.toDelta(),
    xml: (root.get('xml') as Y.XmlElement | undefined)?.toString(),
    subdocument: (root.get('subdocument') as Y.Doc | undefined)?.guid,
  });
}
