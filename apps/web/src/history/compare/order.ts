import type { HistoryItem } from '../../api/history.ts';
import type { Side } from '../side.ts';

/** LSNs of versions, by their id. */
export type VersionMoments = ReadonlyMap<string, number>;

/** Which moment each version keeps, as far as the history's items tell. */
export function versionMoments(items: readonly HistoryItem[]): VersionMoments {
  return new Map(
    items.flatMap((item): [string, number][] =>
      item.type === 'version' && item.lsn !== null ? [[item.version.id, item.lsn]] : [],
    ),
  );
}

/** Whether the first side is known to be later than the second. */
export function isLater(first: Side, second: Side, moments: VersionMoments): boolean {
  const [one, other] = [placeOf(first, moments), placeOf(second, moments)];
  return one !== null && other !== null && one > other;
}

/** Null where it is not known. Now is after everything. */
function placeOf({ at }: Side, moments: VersionMoments): number | null {
  if (at === null) return Number.POSITIVE_INFINITY;
  return 'lsn' in at ? at.lsn : (moments.get(at.versionId) ?? null);
}
