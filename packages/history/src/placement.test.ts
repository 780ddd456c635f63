import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { segmentEntries } from './archiving.ts';
import { documentId, houseOf } from './house.testing.ts';
import { begin, type TestEntry } from './log.testing.ts';
import { leastWeight, mostShare, weightOf } from './placement.ts';

/** Entries that each change one register of a document that grows. */
function busyLog(count: number): TestEntry[] {
  const doc = new Y.Doc();
  doc.clientID = 7;
  const entries: TestEntry[] = [];
  doc.on('update', (update: Uint8Array) =>
    entries.push({ update, userId: 'ann', clientId: 7, at: begin + entries.length * 700 }),
  );
  const lines = doc.getMap<Y.Map<unknown>>('lines');
  for (let index = 0; index < count; index += 1) {
    const id = `line-${(index * 7919) % 3_000}`;
    const line = lines.get(id);
    if (line === undefined) lines.set(id, new Y.Map<unknown>([['name', `Line ${index} of ${id}`]]));
    else line.set(['qty', 'unitCost', 'note'][index % 3] ?? 'qty', (index * 104_729) % 1_000_003);
  }
  return entries;
}

test('HIST-3: no moment needs more than a bounded replay, and checkpoints stay within their share of the log', async () => {
  const entries = busyLog(28_000);
  const house = houseOf({ kind: 'estimate', entries });
  house.append(entries.length);
  house.memory.allowPacking(documentId, entries.length - 300);
  await house.history.archive(documentId);
  const { rows, states } = house.memory.stored(documentId);
  // The rest is too small to be packed well.
  expect(rows.length).toBeGreaterThanOrEqual(300);
  expect(rows.length).toBeLessThan(300 + 1_024);
  const log = entries.map((entry, index) => ({ ...entry, lsn: index + 1 }));
  const stated = [...states].sort(([a], [b]) => a - b);
  expect(stated.length).toBeGreaterThan(2);
  const total = stated.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(total).toBeLessThanOrEqual(weightOf(log) * mostShare);
  const segment = weightOf(log.slice(0, segmentEntries)) * 2;
  let [from, size] = [0, 0];
  for (const [lsn, bytes] of [...stated, [entries.length, 0] as const]) {
    const replay = weightOf(log.slice(from, lsn - 1));
    // Until the next one is worth its bytes: it is a little larger than the last.
    expect(replay).toBeLessThanOrEqual(Math.max(leastWeight, Math.max(size, bytes) / mostShare) + segment);
    if (bytes > 0)
      expect(weightOf(log.slice(from, lsn))).toBeGreaterThanOrEqual(Math.max(leastWeight, bytes));
    [from, size] = [lsn, bytes];
  }
  // Archiving again finds nothing to do.
  await house.history.archive(documentId);
  expect([...house.memory.stored(documentId).states.keys()]).toEqual([...states.keys()]);
});
