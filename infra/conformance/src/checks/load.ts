import { randomBytes } from 'node:crypto';
import { checksOf } from '../check.ts';

const chunk = 256 * 1024;
const chunks = 80;

/** Readers that cannot keep up. */
export const load = checksOf('load', [
  {
    id: 'K42',
    says: 'While one reader stands still and 20 MB are written, the others go on; when it reads again it gets everything.',
    async run(ground) {
      const room = await ground.room();
      const [writer, reader, slow] = [
        await ground.join(room),
        await ground.join(room),
        await ground.join(room),
      ];
      slow.socket.pause();
      for (let n = 1; n <= chunks; n += 1) {
        writer.doc.getMap(ground.scope).set('chunk', new Uint8Array(randomBytes(chunk)));
        writer.doc.getMap(ground.scope).set('n', n);
        await reader.until(
          () => reader.doc.getMap(ground.scope).get('n') === n,
          `chunk ${n} reaches who reads`,
        );
      }
      slow.socket.resume();
      await slow.until(
        () => slow.doc.getMap(ground.scope).get('n') === chunks,
        'the slow reader gets everything',
      );
    },
  },
]);
