import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createWorkers } from '@tidemark/door';
import * as Y from 'yjs';
import { pinClients, unpin } from '../contenders/child.ts';
import { limitName, names } from '../goal.ts';
import { type Measurement, Sheet } from '../stage.ts';

const updates = 50_000;

/** A log of many updates becomes one checkpoint: by our workers, beside the same work in line and `Y.mergeUpdates`. */
export const compaction: Measurement = {
  name: 'compaction',
  async run({ rounds, say }) {
    say('compaction');
    const sheet = new Sheet();
    const log = written(updates);
    // A thread needs a core to be beside the event loop, not in turn with it.
    unpin(process.pid);
    const workers = createWorkers();
    const row = { unit: 'ms', better: 'less' as const };
    for (let round = 0; round < rounds; round += 1) {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      const began = performance.now();
      const state = await workers.compact(log);
      const took = performance.now() - began;
      delay.disable();
      if ('unreadable' in state) throw new Error(state.unreadable);
      sheet.add(
        { ...row, measured: `compaction of ${updates} updates`, goal: { figure: 300 } },
        names.ours,
        took,
      );
      sheet.add(
        { ...row, measured: 'compaction: longest block of the event loop meanwhile', goal: { figure: 20 } },
        names.ours,
        delay.max / 1e6,
      );
      sheet.add(
        { ...row, measured: 'the same in line: a Y.Doc, one transaction, encoded once, not proved' },
        limitName,
        timed(() => {
          const doc = new Y.Doc();
          doc.transact(() => {
            for (const update of log) Y.applyUpdate(doc, update);
          });
          Y.encodeStateAsUpdate(doc);
        }),
      );
    }
    // Grows faster than linearly: the whole takes more than a minute.
    const part = updates / 10;
    sheet.add(
      { ...row, measured: `Y.mergeUpdates of ${part} of them` },
      limitName,
      timed(() => Y.mergeUpdates(log.slice(0, part))),
    );
    await workers.close();
    pinClients();
    return sheet.rows;
  },
};

/** Ten authors, each a text that begins anew every 2,000 characters. */
function written(count: number): Uint8Array[] {
  const log: Uint8Array[] = [];
  const authors = Array.from({ length: 10 }, () => {
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array) => log.push(update));
    return { doc, text: new Y.Text() };
  });
  for (let n = 0; n < count; n += 1) {
    const author = authors[n % authors.length]!;
    const typed = Math.floor(n / authors.length);
    if (typed % 2_000 === 0) {
      author.text = new Y.Text();
      author.doc.getMap('texts').set(`${author.doc.clientID}.${typed}`, author.text);
    } else {
      author.text.insert(author.text.length, 'x');
    }
  }
  return log;
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}
