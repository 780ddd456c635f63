import type { Address } from '@tidemark/conformance';
import { encodeFrame } from '@tidemark/protocol';
import * as Y from 'yjs';
import { RawClient } from '../clients/raw-client.ts';
import { Script } from '../clients/script.ts';
import { type Contender, costOf } from '../contenders/contender.ts';
import { type Measurement, roundRobin, Sheet, type Stage } from '../stage.ts';

/** Everybody comes back at once: many to small documents, and many to one large document. */
export const storm: Measurement = {
  name: 'storm',
  async run(stage) {
    const sheet = new Sheet();
    await small(stage, sheet);
    await large(stage, sheet);
    return sheet.rows;
  },
};

/** The rooms stay in memory, as they do after a network fault: one client of each has stayed. */
async function small(stage: Stage, sheet: Sheet): Promise<void> {
  const [rooms, clients] = stage.quick ? [20, 200] : [100, 1_000];
  stage.say(`${clients} clients come back to ${rooms} documents`);
  const script = new Script();
  const homes = new Map<Contender, RawClient[]>();
  for (const contender of stage.contenders) {
    const keepers: RawClient[] = [];
    for (let n = 0; n < rooms; n += 1) {
      const keeper = await RawClient.join(contender, await contender.newRoom());
      for (let edit = 0; edit < 100; edit += 1) keeper.send(keeper.wrap(script.frame(edit)));
      await keeper.sync();
      keepers.push(keeper);
    }
    homes.set(contender, keepers);
  }
  await roundRobin(stage.rounds, stage.contenders, async (contender) => {
    const keepers = homes.get(contender) ?? [];
    // Fresh credentials are part of coming back, but not of this measurement.
    const addresses = await Promise.all(keepers.map(({ address }) => contender.again(address)));
    const began = performance.now();
    const [back, used] = await costOf(contender, stage.database, () =>
      Promise.all(Array.from({ length: clients }, (_, n) => join(contender, addresses[n % rooms]!))),
    );
    const took = Math.max(...back.map(({ at }) => at)) - began;
    const title = `${clients} clients back on ${rooms} documents`;
    sheet.add(
      { measured: title, unit: 'ms', better: 'less', goal: { figure: 2, of: 'ws relay' } },
      contender.name,
      took,
    );
    const each = used.cpu / 1_000 / clients;
    sheet.add(
      {
        measured: `${title}: server CPU per connect and sync`,
        unit: 'ms',
        better: 'less',
        goal: { figure: 0.4, of: 'Hocuspocus' },
      },
      contender.name,
      each,
    );
    for (const { client, update } of back) {
      const has = contender.relay || (Y.parseUpdateMeta(update).to.get(script.author) ?? 0) === 100;
      if (!has) throw new Error(`${contender.name}: somebody came back to less than 100 edits`);
      client.socket.terminate();
    }
    await contender.child.ask('memory');
  });
  for (const keepers of homes.values()) for (const keeper of keepers) await keeper.close();
}

async function join(contender: Contender, address: Address) {
  const client = await RawClient.connect(contender, address);
  const update = await client.sync();
  return { client, update, at: performance.now() };
}

async function large(stage: Stage, sheet: Sheet): Promise<void> {
  const [clients, megabytes] = stage.quick ? [10, 5] : [150, 20];
  for (const contender of stage.contenders.filter(({ relay }) => !relay)) {
    stage.say(`${clients} clients come to one document of ${megabytes} MB: ${contender.name}`);
    const room = await contender.newRoom();
    const writer = await RawClient.join(contender, room);
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array) => {
      writer.send(writer.wrap(encodeFrame({ type: 'update', update })));
    });
    for (let n = 0; n < megabytes; n += 1) doc.getMap('large').set(`${n}`, incompressible(1024 * 1024));
    const size = (await writer.sync()).byteLength;
    const before = await contender.child.ask('memory');
    let peak = before.rss;
    const watch = setInterval(async () => {
      peak = Math.max(peak, (await contender.child.ask('usage')).rss);
    }, 50);
    const began = performance.now();
    const [visitors, used] = await costOf(contender, stage.database, () =>
      Promise.all(
        Array.from({ length: clients }, async () => {
          const { client, at } = await join(contender, room);
          // Step 2 completes an answer, which may come in parts.
          const whole = client.contentBytes >= megabytes * 1024 * 1024;
          return { client, whole, at };
        }),
      ),
    );
    clearInterval(watch);
    if (visitors.some(({ whole }) => !whole))
      throw new Error(`${contender.name}: not the whole document (${size} bytes)`);
    const title = `${clients} clients on one document of ${megabytes} MB`;
    const took = Math.max(...visitors.map(({ at }) => at)) - began;
    sheet.add({ measured: title, unit: 'ms', better: 'less' }, contender.name, took);
    sheet.add(
      { measured: `${title}: server CPU`, unit: 'ms', better: 'less' },
      contender.name,
      used.cpu / 1_000,
    );
    sheet.add(
      { measured: `${title}: server memory at its peak, more than before`, unit: 'MB', better: 'less' },
      contender.name,
      (peak - before.rss) / 1024 / 1024,
    );
    for (const { client } of visitors) client.socket.terminate();
    await writer.close();
  }
}

function incompressible(bytes: number): Uint8Array {
  const made = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += 65_536) crypto.getRandomValues(made.subarray(at, at + 65_536));
  return made;
}
