import { brotli } from '@tidemark/database/packer';
import { Cancelled, type Material } from '@tidemark/history';
import { inlineBench } from '@tidemark/history/bench';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { cancelOf, createHistoryThreads, type HistoryThreads } from './history-threads.ts';

let bench: HistoryThreads;
afterEach(() => bench.close());

/** A Buffer and an array of the same bytes are the same. */
const bytes = (of: Uint8Array | object) => Array.from(of as Uint8Array);

/** Typing of two people, the second half of it packed. */
async function typed(count: number): Promise<Material> {
  const doc = new Y.Doc();
  const rows: Material['rows'][number][] = [];
  doc.on('update', (update: Uint8Array) =>
    rows.push({
      update,
      lsn: rows.length + 1,
      at: 1_700_000_000_000 + rows.length,
      userId: rows.length % 2 === 0 ? 'ann' : null,
      clientId: doc.clientID,
    }),
  );
  for (let n = 0; n < count; n += 1) doc.getText('scope').insert(n, 'x');
  const half = Math.floor(count / 2);
  const packed = await inlineBench(brotli).pack(
    { start: null, segments: [], rows },
    { first: 1, last: half },
  );
  if ('unreadable' in packed) throw new Error(packed.unreadable);
  return {
    start: null,
    segments: [{ first: 1, last: half, content: packed.content }],
    rows: rows.slice(half),
  };
}

test('TIME-18 the threads make what the bench makes, and none is there before the first question', async () => {
  bench = createHistoryThreads();
  expect(bench.threads).toBe(0);
  const material = await typed(40);
  const inline = inlineBench(brotli);
  expect(await bench.stateAt(material, 33)).toEqual(await inline.stateAt(material, 33));
  expect(bytes(await bench.packedState(material, 40))).toEqual(bytes(await inline.packedState(material, 40)));
  const range = { kind: 'estimate', after: 0, settled: 0, upTo: 40 } as const;
  const sessions = await bench.sessions(material, range, []);
  expect(sessions).toEqual(await inline.sessions(material, range, []));
  expect(sessions).toHaveLength(2);
  const empty = { start: null, segments: [], rows: [] };
  const comparison = {
    ...({ kind: 'estimate', from: 0, to: 40 } as const),
    ...{ before: empty, after: material, between: material, thinned: null },
  };
  expect(await bench.changes(comparison)).toEqual(await inline.changes(comparison));
  const rows = { ...material, segments: [] };
  const ends = { first: 21, last: 40 };
  const [packed, expected] = [await bench.pack(rows, ends), await inline.pack(rows, ends)];
  if ('unreadable' in packed || 'unreadable' in expected) throw new Error('It can be read.');
  expect(bytes(packed.content)).toEqual(bytes(expected.content));
  expect(bytes(packed.sha256)).toEqual(bytes(expected.sha256));
  // The material is still the caller's.
  expect(material.segments[0]!.content.byteLength).toBeGreaterThan(0);
});

test('TIME-18 a question that nobody asks any more is given up; what is closed says so', async () => {
  bench = createHistoryThreads();
  const material = await typed(40);
  const wishes = Array.from({ length: 8 }, () => {
    const controller = new AbortController();
    return { answer: bench.stateAt(material, 40, cancelOf(controller.signal)), controller };
  });
  for (const { controller } of wishes.slice(2)) controller.abort();
  const answers = await Promise.allSettled(wishes.map(({ answer }) => answer));
  expect(answers.map(({ status }) => status).slice(0, 2)).toEqual(['fulfilled', 'fulfilled']);
  for (const answer of answers.slice(2)) {
    expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(Cancelled) });
  }
  await expect(bench.stateAt(material, 1, cancelOf(AbortSignal.abort()))).rejects.toThrow(Cancelled);
  await bench.close();
  await expect(bench.stateAt(material, 1)).rejects.toMatchObject({ code: 'closed' });
});
