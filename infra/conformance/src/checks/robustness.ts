import { randomBytes } from 'node:crypto';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { type Check, checksOf, expect, type Ground } from '../check.ts';
import { awarenessBody, awarenessFrame, stepOne, sync, updateFrame } from '../frames.ts';
import { rawFrame } from '../raw-connection.ts';
import type { Address, Visitor } from '../visitor.ts';

/**
 * Somebody sends what nobody should. The server may close that connection; it lives on, the others go on, and the room can
 * still be read.
 */
export const robustness = checksOf('robustness', [
  sin('K46', 'an update that is cut off', (sinner, ground) =>
    sinner.send(updateFrame(content(ground).subarray(0, -5))),
  ),
  sin('K47', 'a message of an unknown type', (sinner) => sinner.send(new Uint8Array([87, 1, 2, 3]))),
  sin('K48', 'a sync message of an unknown kind', (sinner) =>
    sinner.send(sync(9, new Uint8Array([1, 2, 3]))),
  ),
  sin('K49', 'an empty message', (sinner) => sinner.socket.send(new Uint8Array(0))),
  sin('K50', 'a text message', (sinner) => sinner.socket.send('hello?')),
  sin('K51', '200 messages of random bytes', (sinner) => {
    for (let n = 0; n < 200; n += 1) sinner.socket.send(randomBytes(1 + (n % 64)));
  }),
  sin('K52', 'an update of random bytes', (sinner) =>
    sinner.send(updateFrame(new Uint8Array(randomBytes(300)))),
  ),
  sin('K53', 'a state vector of random bytes', (sinner) =>
    sinner.send(stepOne(new Uint8Array(randomBytes(300)))),
  ),
  sin('K54', 'a length beyond the end of the message', (sinner) =>
    sinner.send(new Uint8Array([0, 2, 255, 255, 3, 1])),
  ),
  sin('K55', 'awareness that is no JSON', (sinner) =>
    sinner.send(awarenessBody(new Uint8Array([1, 7, 1, 3, 123, 123, 123]))),
  ),
  sin('K56', 'awareness of a million clients that are not there', (sinner) =>
    sinner.send(awarenessBody(new Uint8Array([0xc0, 0x84, 0x3d]))),
  ),
  sin('K57', 'awareness of 1 MB', (sinner) =>
    sinner.send(awarenessFrame([{ clientId: sinner.doc.clientID, clock: 1, state: 'x'.repeat(1_000_000) }])),
  ),
  {
    ...sin('K58', 'content nested 100,000 levels deep', (sinner) => sinner.send(updateFrame(deepUpdate()))),
    needs: ['rooms'], // the one room would be spoilt for good on a server that takes it
  },
  rawSin('K59', 'a ping of 126 bytes', rawFrame(0x89, new Uint8Array(126))),
  rawSin('K60', 'a message that is announced to have 1 TB', rawFrame(0x82, new Uint8Array(100), 2 ** 40)),
  rawSin('K61', 'a message with reserved bits set', rawFrame(0xf2, new Uint8Array([1, 2, 3]))),
  rawSin('K62', 'a message without a mask', Uint8Array.of(0x82, 1, 0)),
  rawSin('K63', 'a text that is not UTF-8', rawFrame(0x81, Uint8Array.of(0xff, 0xfe, 0xfd))),
  rawSin('K64', 'a close frame with half a code', rawFrame(0x88, Uint8Array.of(3))),
  rawSin('K65', 'HTTP after the upgrade', new TextEncoder().encode('GET / HTTP/1.1\r\nHost: x\r\n\r\n')),
]);

function sin(
  id: string,
  what: string,
  commit: (sinner: Visitor, ground: Ground) => void,
): Omit<Check, 'group'> {
  return offence(id, what, async (ground, room) => {
    const sinner = await ground.join(room);
    commit(sinner, ground);
    // Its next question is answered or its connection is closed: either way the server is done with what came before.
    await sinner.sync().catch(() => undefined);
  });
}

function rawSin(id: string, what: string, bytes: Uint8Array): Omit<Check, 'group'> {
  return offence(id, what, async (ground, room) => (await ground.raw(room)).write(bytes));
}

function offence(
  id: string,
  what: string,
  commit: (ground: Ground, room: Address) => Promise<void>,
): Omit<Check, 'group'> {
  return {
    id,
    says: `The server and the room outlive ${what}.`,
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      ana.doc.getMap(ground.scope).set('before', true);
      await ben.until(() => ben.doc.getMap(ground.scope).has('before'), 'an update before it is relayed');
      await commit(ground, room);
      // Those who come after it have shaken hands twice: the server has read what was sent before.
      for (const key of ['after', 'later']) {
        const newcomer = await ground.join(room);
        expect(
          newcomer.doc.getMap(ground.scope).has('before'),
          'a newcomer cannot read what was written before',
        );
        ana.doc.getMap(ground.scope).set(key, true);
        for (const each of [ben, newcomer]) {
          await each.until(() => each.doc.getMap(ground.scope).has(key), 'an update after it is relayed');
        }
      }
      expect(ana.closed === null && ben.closed === null, 'others were closed for it');
    },
  };
}

function content(ground: Ground): Uint8Array {
  const doc = new Y.Doc();
  for (let n = 0; n < 10; n += 1) doc.getMap(ground.scope).set(`cut ${n}`, `value ${n}`);
  return Y.encodeStateAsUpdate(doc);
}

/** An embed of arrays in arrays: `JSON.parse` takes it, what writes it again by recursion does not. */
function deepUpdate(): Uint8Array {
  const doc = new Y.Doc();
  const marker = { here: true };
  doc.getText('deep').insertEmbed(0, marker);
  const update = Buffer.from(Y.encodeStateAsUpdate(doc));
  const json = JSON.stringify(marker);
  const at = update.indexOf(json);
  const levels = 100_000;
  const deep = encoding.encode((encoder) =>
    encoding.writeVarString(encoder, '['.repeat(levels) + ']'.repeat(levels)),
  );
  // The string before the marker's is one byte of length.
  return new Uint8Array(Buffer.concat([update.subarray(0, at - 1), deep, update.subarray(at + json.length)]));
}
