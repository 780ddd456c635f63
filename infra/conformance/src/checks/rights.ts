import { WebSocket } from 'ws';
import { checksOf, expect } from '../check.ts';
import { decodeFrame } from '../frames.ts';

/** What happens to those who may not come in. */
export const rights = checksOf('rights', [
  {
    id: 'K33',
    says: 'Who may not open a room is told so (an auth frame, a close code or an HTTP status), and told no content.',
    needs: ['denied'],
    async run(ground) {
      const told = await knock(ground.denied ?? '', ground.patience);
      expect(told.content === 0, `${told.content} frames of content came`);
      expect(told.refused !== '', 'nothing was said');
    },
  },
  {
    id: 'K34',
    says: 'An auth frame from a client, which only servers send, harms nobody.',
    async run(ground) {
      const room = await ground.room();
      const [ana, ben] = [await ground.join(room), await ground.join(room)];
      const odd = await ground.join(room);
      odd.send(new Uint8Array([2, 0, 2, 104, 105]));
      await odd.sync().catch(() => undefined); // it may be closed for it
      ana.doc.getMap(ground.scope).set('key', 'value');
      await ben.until(() => ben.doc.getMap(ground.scope).get('key') === 'value', 'the others go on');
    },
  },
]);

/** Connects and waits for a refusal. Content counts until the connection ends or a refusal is read. */
function knock(url: string, patience: number): Promise<{ refused: string; content: number }> {
  return new Promise((resolve) => {
    let content = 0;
    const socket = new WebSocket(url);
    const end = (refused: string) => {
      clearTimeout(bound);
      socket.on('error', () => undefined); // ending it while it connects is an error too
      socket.terminate();
      resolve({ refused, content });
    };
    const bound = setTimeout(() => end(''), patience);
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => end(`HTTP ${response.statusCode}`));
    socket.on('close', (code) => end(`closed with ${code}`));
    socket.on('message', (data: Buffer) => {
      const frame = decodeFrame(new Uint8Array(data));
      if (frame.type === 'denied') end(frame.reason || 'permission denied');
      else if (frame.type === 'update' || frame.type === 'step-2') content += 1;
    });
  });
}
