import { encodeFrame } from '@tidemark/protocol';
import * as Y from 'yjs';
import { RawClient } from '../clients/raw-client.ts';
import type { Contender } from '../contenders/contender.ts';
import { type Measurement, Sheet } from '../stage.ts';

const chunk = 20 * 1024;

/** One reader stops reading while a value is overwritten again and again; what the server keeps for it, and whether it gets there. */
export const slowReader: Measurement = {
  name: 'slow-reader',
  async run(stage) {
    const sheet = new Sheet();
    const megabytes = stage.quick ? 20 : 60;
    for (const contender of stage.contenders) {
      stage.say(`a reader that stops: ${contender.name}`);
      await measure(contender, megabytes, sheet);
    }
    return sheet.rows;
  },
};

async function measure(contender: Contender, megabytes: number, sheet: Sheet): Promise<void> {
  const room = await contender.newRoom();
  const writer = await RawClient.join(contender, room);
  const [reader, slow] = [await RawClient.join(contender, room), await RawClient.join(contender, room)];
  const doc = new Y.Doc();
  let frame: Uint8Array = new Uint8Array();
  doc.on('update', (update: Uint8Array) => {
    frame = encodeFrame({ type: 'update', update });
  });
  /** False when it never comes: the connection ends, or a minute passes. */
  const until = (client: RawClient, clock: number) =>
    new Promise<boolean>((resolve) => {
      const end = (arrived: boolean) => {
        clearTimeout(bound);
        client.socket.off('close', gone);
        client.onContent = () => undefined;
        resolve(arrived);
      };
      const gone = () => end(false);
      const bound = setTimeout(gone, 60_000);
      client.socket.once('close', gone);
      client.onContent = (update) => {
        if ((Y.parseUpdateMeta(update).to.get(doc.clientID) ?? 0) >= clock) end(true);
      };
    });
  // As much with everybody reading first: what the allocator keeps of any such stream is not what the reader costs.
  const edits = Math.round((megabytes * 1024 * 1024) / chunk);
  const write = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      doc.getMap('value').set('it', crypto.getRandomValues(new Uint8Array(chunk)));
      const heard = until(reader, clockOf(doc));
      writer.send(writer.wrap(frame));
      if (!(await heard)) throw new Error(`${contender.name}: the reader that reads did not get edit ${n}`);
    }
  };
  await write(edits);
  const before = await contender.child.ask('memory');
  slow.socket.pause();
  await write(edits);
  const during = await contender.child.ask('memory');
  const arrived = until(slow, clockOf(doc));
  slow.socket.resume();
  const converged = await arrived;
  const title = `a reader that stops while ${megabytes} MB are written`;
  sheet.add(
    {
      measured: `${title}: server memory, more than before`,
      unit: 'MB',
      better: 'less',
      goal: { figure: 8 },
    },
    contender.name,
    (during.rss - before.rss) / 1024 / 1024,
  );
  sheet.add(
    {
      measured: `${title}: has the last edit when it reads again (1: yes)`,
      unit: '',
      better: 'more',
      goal: { figure: 1 },
    },
    contender.name,
    converged ? 1 : 0,
  );
  sheet.add(
    { measured: `${title}: server heap and what it holds, more than before`, unit: 'MB', better: 'less' },
    contender.name,
    (during.heap - before.heap) / 1024 / 1024,
  );
  for (const client of [writer, reader, slow]) await client.close();
}

function clockOf(doc: Y.Doc): number {
  return Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0;
}
