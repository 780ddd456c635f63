import { expect, test } from 'vitest';
import type { HistoryItem, MomentRef } from '../../api/history.ts';
import { isLater, versionMoments } from './order.ts';

const version = (id: string, lsn: number | null) =>
  ({ type: 'version', at: '', lsn, version: { id } }) as unknown as HistoryItem;
const moments = versionMoments([version('v1', 10), version('v2', 40), version('lost', null)]);
const side = (at: MomentRef | null) => ({ documentId: 'd', at });

test.each<[MomentRef | null, MomentRef | null, boolean]>([
  [null, { lsn: 900 }, true],
  [{ lsn: 900 }, null, false],
  [{ lsn: 11 }, { versionId: 'v1' }, true],
  [{ versionId: 'v1' }, { versionId: 'v2' }, false],
  [{ versionId: 'v2' }, { versionId: 'v1' }, true],
  [{ versionId: 'lost' }, { versionId: 'v1' }, false],
  [null, null, false],
])('TIME-31: who is asked about comes from the earlier side to the later: %j, %j', (first, second, later) => {
  expect(isLater(side(first), side(second), moments)).toBe(later);
});
