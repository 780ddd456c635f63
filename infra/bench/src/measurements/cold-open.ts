import type { Address } from '@tidemark/conformance';
import { encodeFrame } from '@tidemark/protocol';
import * as Y from 'yjs';
import { RawClient } from '../clients/raw-client.ts';
import { type Patch, readTrace } from '../clients/trace.ts';
import { hard } from '../contenders/child.ts';
import { type Contender, costOf } from '../contenders/contender.ts';
import { type Measurement, Sheet, type Stage } from '../stage.ts';

/** The first visitor of a document after the server was started: one with a long history, and one with a hundred edits. */
export const coldOpen: Measurement = {
  name: 'cold-open',
  async run(stage) {
    const sheet = new Sheet();
    const field = stage.contenders.filter(({ durable }) => durable);
    const trace = readTrace();
    const patches = trace.patches.slice(0, stage.quick ? 20_000 : undefined);
    const edits = patches.length;
    const homes = await Promise.all(field.map((contender) => furnish(contender)));
    stage.say(`${edits} edits are written`);
    await Promise.all(homes.map(({ contender }) => contender.child.ask('watch')));
    const end = await write(homes, patches);
    for (const { contender } of homes) {
      const { blockedMs } = await contender.child.ask('unwatch');
      const measured = `${edits} edits written without a pause: longest block of the event loop`;
      sheet.add({ measured, unit: 'ms', better: 'less', goal: { figure: 20 } }, contender.name, blockedMs);
    }
    if (!stage.quick && end !== trace.endContent) throw new Error('the trace was not written as it is');
    await stop(homes);
    for (let round = 0; round < Math.min(3, stage.rounds); round += 1) {
      stage.say(`cold open, round ${round + 1}`);
      await open(stage, homes, sheet, end, edits);
    }
    return sheet.rows;
  },
};

interface Home {
  readonly contender: Contender;
  readonly long: Address;
  readonly short: Address;
  readonly other: Address;
}

async function furnish(contender: Contender): Promise<Home> {
  const [long, short, other] = [
    await contender.newRoom(),
    await contender.newRoom(),
    await contender.newRoom(),
  ];
  return { contender, long, short, other };
}

/** Every patch is one update and one frame, to all at once, at most 1,000 of them on their way to each; the text in the end. */
async function write(homes: readonly Home[], patches: readonly Patch[]): Promise<string> {
  const doc = new Y.Doc();
  const text = doc.getText('text');
  const writers = await Promise.all(
    homes.map(({ contender, long }) => RawClient.join(contender, long, true)),
  );
  let sent = 0;
  doc.on('update', (update: Uint8Array) => {
    const frame = encodeFrame({ type: 'update', update });
    for (const writer of writers) writer.send(writer.wrap(frame));
    sent += 1;
  });
  const allAcked = (but: number) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (writers.some(({ acked }) => sent - acked > but)) return;
        for (const writer of writers) writer.onAck = () => undefined;
        resolve();
      };
      for (const writer of writers) writer.onAck = look;
      look();
    });
  for (const [n, [at, deleted, inserted]] of patches.entries()) {
    doc.transact(() => {
      if (deleted > 0) text.delete(at, deleted);
      if (inserted !== '') text.insert(at, inserted);
    });
    if (n % 500 === 499) await allAcked(1_000);
  }
  await allAcked(0);
  for (const { contender, short } of homes) {
    const writer = await RawClient.join(contender, short, true);
    const few = new Y.Doc();
    const acked = new Promise<void>((resolve) => {
      writer.onAck = () => writer.acked >= 100 && resolve();
    });
    few.on('update', (update: Uint8Array) =>
      writer.send(writer.wrap(encodeFrame({ type: 'update', update }))),
    );
    for (let n = 0; n < 100; n += 1) few.getText('text').insert(n, 'x');
    await acked;
    await writer.close();
  }
  for (const writer of writers) await writer.close();
  return text.toString();
}

/** Ours dies at once; Hocuspocus would lose what its debounce still holds, and is asked to stop. */
async function stop(homes: readonly Home[]): Promise<void> {
  for (const { contender } of homes)
    await contender.end(contender.acks === 'tidemark' ? 'SIGKILL' : 'SIGTERM');
}

async function open(
  stage: Stage,
  homes: readonly Home[],
  sheet: Sheet,
  end: string,
  edits: number,
): Promise<void> {
  for (const home of homes) {
    const { contender } = home;
    await contender.start();
    // Somebody else's document first, so that nobody pays for connections and code that is not compiled yet.
    for (let n = 0; n < 3; n += 1) await firstSight(contender, home.other);
    for (const [which, room] of [
      ['100 edits', home.short],
      [`${edits} edits`, home.long],
    ] as const) {
      const address = await contender.again(room);
      const [{ took, text }, used] = await costOf(contender, stage.database, () =>
        firstSight(contender, address),
      );
      if (room === home.long && text !== end)
        throw new Error(`${contender.name}: the text is not what was written`);
      const goal = room === home.long ? { goal: { figure: 100 } } : {};
      sheet.add(
        { measured: `cold open, ${which}`, unit: 'ms', better: 'less', ...goal },
        contender.name,
        took,
      );
      sheet.add(
        { measured: `cold open, ${which}: server CPU`, unit: 'ms', better: 'less' },
        contender.name,
        used.cpu / 1_000,
      );
    }
    await contender.end(hard);
  }
}

/** From the upgrade to sync step 2. */
async function firstSight(contender: Contender, room: Address): Promise<{ took: number; text: string }> {
  const began = performance.now();
  const client = await RawClient.connect(contender, room);
  const update = await client.sync();
  const took = performance.now() - began;
  await client.close();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, update);
  return { took, text: doc.getText('text').toString() };
}
