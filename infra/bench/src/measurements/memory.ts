import { RawClient } from '../clients/raw-client.ts';
import { Script } from '../clients/script.ts';
import type { Contender } from '../contenders/contender.ts';
import type { Goal } from '../row.ts';
import { type Measurement, Sheet } from '../stage.ts';

/** What a quiet document and a quiet connection cost, after garbage was collected. */
export const memory: Measurement = {
  name: 'memory',
  async run(stage) {
    const sheet = new Sheet();
    const count = stage.quick ? 100 : 1_000;
    for (const contender of stage.contenders) {
      stage.say(`memory: ${contender.name}`);
      await measure(contender, count, sheet);
    }
    return sheet.rows;
  },
};

async function measure(contender: Contender, count: number, sheet: Sheet): Promise<void> {
  const script = new Script();
  // Code that is not compiled yet and pools that are not filled would be counted too.
  const warm = await settle(contender, script, await addresses(contender, 50));
  for (const client of warm) await client.close();

  const rooms = await addresses(contender, count);
  const empty = await contender.child.ask('memory');
  const clients: RawClient[] = [];
  clients.push(...(await settle(contender, script, rooms)));
  const full = await contender.child.ask('memory');
  const add = (what: string, goal: { goal?: Goal }, bytes: number) =>
    sheet.add({ measured: what, unit: 'KB', better: 'less', ...goal }, contender.name, bytes / 1024 / count);
  add(
    'memory: live document with two clients and 100 edits, heap',
    { goal: { figure: 32 } },
    full.heap - empty.heap,
  );
  add('memory: the same, resident', {}, full.rss - empty.rss);

  const room = await contender.newRoom();
  const one = await contender.child.ask('memory');
  for (let n = 0; n < count; n += 10) {
    clients.push(...(await Promise.all(Array.from({ length: 10 }, () => RawClient.join(contender, room)))));
  }
  const many = await contender.child.ask('memory');
  add('memory: idle connection (all to one document), heap', { goal: { figure: 10 } }, many.heap - one.heap);
  add('memory: the same connection, resident', {}, many.rss - one.rss);
  for (const client of clients) client.socket.terminate();
}

/** Two clients in each room. */
async function settle(
  contender: Contender,
  script: Script,
  rooms: readonly RawClient['address'][],
): Promise<RawClient[]> {
  const clients: RawClient[] = [];
  for (let n = 0; n < rooms.length; n += 10) {
    const some = await Promise.all(rooms.slice(n, n + 10).map((room) => pair(contender, script, room)));
    clients.push(...some.flat());
  }
  return clients;
}

async function addresses(contender: Contender, count: number) {
  const rooms = [];
  for (let n = 0; n < count; n += 10) {
    rooms.push(...(await Promise.all(Array.from({ length: 10 }, () => contender.newRoom()))));
  }
  return rooms;
}

/** Two clients; one has written a hundred edits, which the other has. */
async function pair(contender: Contender, script: Script, room: RawClient['address']): Promise<RawClient[]> {
  const [writer, reader] = [await RawClient.join(contender, room), await RawClient.join(contender, room)];
  for (let n = 0; n < 100; n += 1) writer.send(writer.wrap(script.frame(n)));
  await writer.sync();
  return [writer, reader];
}
