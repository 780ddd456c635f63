import { busContract } from '@tidemark/sync/bus-contract';
import { describe, expect, test } from 'vitest';
import { openPostgresBus } from './bus.ts';
import { createReader, toPayloads } from './bus-payloads.ts';
import { createJournal, openTestHouse, type TestHouse } from './house.testing.ts';

/** Ends every connection that listens, as a restart or a broken line does. */
async function cutListeners(house: TestHouse): Promise<number> {
  const { rowCount } = await house.owner.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and query in ('listen tidemark_bus', 'select pg_notify($1, $2)')`,
  );
  return rowCount ?? 0;
}

busContract('Postgres', async () => {
  const house = await openTestHouse();
  return {
    async join() {
      const bus = openPostgresBus(house.connection, createJournal());
      await bus.listen();
      return bus;
    },
    async cut() {
      expect(await cutListeners(house)).toBeGreaterThanOrEqual(2);
    },
    async mend() {
      // It comes back by itself.
    },
    close: () => house.close(),
  };
});

describe('messages in the texts of NOTIFY', () => {
  test('no text is longer than NOTIFY takes, and what was cut into pieces comes together', () => {
    const large = Uint8Array.from({ length: 50_000 }, (_, i) => i % 256);
    const small = Array.from({ length: 300 }, (_, i) => ({
      topic: `t${i}`,
      bytes: new Uint8Array([i % 256]),
    }));
    const payloads = toPayloads('me', [...small, { topic: 'large', bytes: large }, ...small], () => 7);
    expect(payloads.length).toBeLessThan(12);
    expect(Math.max(...payloads.map((payload) => payload.length))).toBeLessThan(8_000);
    const read = createReader(() => true);
    const messages = payloads.flatMap((payload) => read(payload).messages);
    expect(messages).toHaveLength(601);
    expect([...messages[300]!.bytes]).toEqual([...large]);
  });

  test('a message that lost a piece is not told, and unfinished ones are not kept without bound', () => {
    const large = { topic: 'large', bytes: new Uint8Array(30_000) };
    const payloads = toPayloads('me', [large], () => 1);
    const read = createReader(() => true);
    const heard = payloads.filter((_, i) => i !== 1).flatMap((payload) => read(payload).messages);
    expect(heard).toEqual([]);
    // The same from many senders that never finish: the first are given up, so their ends find no beginning.
    for (let sender = 0; sender < 4_000; sender += 1) read(payloads[0]!.replace('me', `s${sender}`));
    const late = payloads.slice(1).flatMap((payload) => read(payload.replace('me', 's0')).messages);
    expect(late).toEqual([]);
    const kept = payloads.slice(1).flatMap((payload) => read(payload.replace('me', 's3999')).messages);
    expect(kept).toHaveLength(1);
  });
});
