import { encodeFrame } from '@tidemark/protocol';
import { RawClient } from '../clients/raw-client.ts';
import { Script } from '../clients/script.ts';
import type { Database } from '../contenders/database.ts';
import { names } from '../goal.ts';
import { type Measurement, Sheet } from '../stage.ts';

/** What one edit takes on the disk. */
export const log: Measurement = {
  name: 'log',
  async run({ contenders, database, quick, say }) {
    say('log bytes');
    const sheet = new Sheet();
    const contender = contenders.find(({ name }) => name === names.ours);
    if (contender === undefined) return [];
    const writer = await RawClient.join(contender, await contender.newRoom(), true);
    const script = new Script();
    const before = await sizeOf(database);
    const edits = quick ? 2_000 : 20_000;
    const acked = new Promise<void>((resolve) => {
      writer.onAck = () => writer.acked >= edits && resolve();
    });
    let wire = 0;
    for (let n = 0; n < edits; n += 1) {
      const frame = script.frame(n);
      wire += frame.byteLength - encodeFrame({ type: 'update', update: new Uint8Array() }).byteLength;
      writer.send(writer.wrap(frame));
    }
    await acked;
    const disk = (await sizeOf(database)) - before;
    const row = { unit: 'B', better: 'less' as const };
    sheet.add({ ...row, measured: 'log on disk per edit, with index' }, contender.name, disk / edits);
    sheet.add({ ...row, measured: 'the update itself' }, contender.name, wire / edits);
    await writer.close();
    return sheet.rows;
  },
};

/** Bytes of the log's tables and indexes. */
async function sizeOf({ sql }: Database): Promise<number> {
  const { rows } = await sql.query<{ size: string }>(
    "select sum(pg_total_relation_size(relid)) as size from pg_partition_tree('tidemark.document_updates')",
  );
  return Number(rows[0]?.size);
}
