import * as Y from 'yjs';
import { RawClient } from '../clients/raw-client.ts';
import { Script } from '../clients/script.ts';
import type { Contender } from '../contenders/contender.ts';
import { type Measurement, Sheet } from '../stage.ts';

/** kill -9 of the server while somebody types: what it had acknowledged, or others had seen, and a newcomer does not find. */
export const kill: Measurement = {
  name: 'kill',
  async run(stage) {
    const sheet = new Sheet();
    const field = stage.contenders.filter(({ relay }) => !relay);
    const trials = stage.quick
      ? ([[100, 1]] as const)
      : ([
          [100, 6],
          [2_000, 4],
        ] as const);
    for (const [perSecond, seconds] of trials) {
      stage.say(`kill -9 after ${seconds} s at ${perSecond} edits a second`);
      await Promise.all(field.map((contender) => measure(contender, perSecond, seconds, sheet)));
    }
    return sheet.rows;
  },
};

async function measure(
  contender: Contender,
  perSecond: number,
  seconds: number,
  sheet: Sheet,
): Promise<void> {
  const room = await contender.newRoom();
  const script = new Script();
  const writer = await RawClient.join(contender, room, true);
  const reader = await RawClient.join(contender, room);
  let seen = 0;
  reader.onContent = (update) => {
    seen = Math.max(seen, Y.parseUpdateMeta(update).to.get(script.author) ?? 0);
  };
  for (const client of [writer, reader]) client.socket.on('error', () => client.socket.terminate());
  await typeAt(writer, script, perSecond, seconds);
  const acked = writer.acked;
  await contender.end('SIGKILL');
  await contender.start();
  const newcomer = await RawClient.connect(contender, await contender.again(room));
  const kept = Y.parseUpdateMeta(await newcomer.sync()).to.get(script.author) ?? 0;
  await newcomer.close();
  const title = `kill -9 after ${seconds} s at ${perSecond} edits a second`;
  if (contender.acks !== null) {
    sheet.add(
      { measured: `${title}: acknowledged and lost`, unit: '', better: 'less', goal: { figure: 0 } },
      contender.name,
      Math.max(0, acked - kept),
    );
  }
  sheet.add(
    { measured: `${title}: seen by others and lost, had all left`, unit: '', better: 'less' },
    contender.name,
    Math.max(0, seen - kept),
  );
}

function typeAt(writer: RawClient, script: Script, perSecond: number, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const began = performance.now();
    let sent = 0;
    const beat = setInterval(() => {
      const elapsed = performance.now() - began;
      for (; sent < (elapsed * perSecond) / 1_000; sent += 1) writer.send(writer.wrap(script.frame(sent)));
      if (elapsed < seconds * 1_000) return;
      clearInterval(beat);
      resolve();
    }, 5);
  });
}
