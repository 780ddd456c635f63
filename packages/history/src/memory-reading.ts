import type { LogEntry } from '@tidemark/sync';
import { bundleEntries } from './bundle.ts';
import type { AutomaticVersion, Entries, Packer, Segment, TimedLsn, WorkSession } from './ports.ts';
import { unpackEntries } from './segment.ts';

/** How the store in memory reads its log: in the plainest way. */

/** Entries in (after, upTo], and segments that hold any of them. */
export function within(log: Entries | undefined, after: number, upTo: number): Entries {
  return {
    segments: log?.segments.filter(({ first, last }) => last > after && first <= upTo) ?? [],
    rows: log?.rows.filter(({ lsn }) => lsn > after && lsn <= upTo) ?? [],
  };
}

export function allOf({ segments, rows }: Entries, packer: Packer): LogEntry[] {
  return [...segments.flatMap(({ content }) => unpackEntries(content, packer)), ...rows];
}

export function reachOf({ segments, rows }: Entries, upTo: number, bytes: number, packer: Packer): number {
  const sizeOf = (entries: readonly LogEntry[]) =>
    entries.reduce((sum, { update }) => sum + update.length, 0);
  const sizes = [
    ...segments.map(({ last, content }) => ({ last, size: sizeOf(unpackEntries(content, packer)) })),
    ...rows.map((row) => ({ last: row.lsn, size: row.update.length })),
  ];
  let sum = 0;
  let reached = sizes[0]?.last ?? upTo;
  for (const { last, size } of sizes) {
    sum += size;
    if (sum > bytes) break;
    reached = last;
  }
  return Math.min(reached, upTo);
}

/** Few in each, so that tests have several. */
const rowsPerBundle = 500;

export function bundlesOf(log: Entries, upTo: number, bytes: number, packer: Packer): Segment[] {
  const reached = reachOf(log, upTo, bytes, packer);
  const rows = log.rows.filter(({ lsn }) => lsn <= reached);
  const bundles = log.segments.filter(({ first }) => first <= reached);
  for (let from = 0; from < rows.length; from += rowsPerBundle) {
    const some = rows.slice(from, from + rowsPerBundle);
    bundles.push({
      first: some[0]?.lsn ?? 0,
      last: some.at(-1)?.lsn ?? 0,
      content: bundleEntries(some),
    });
  }
  return bundles;
}

interface Timed extends Entries {
  readonly thinned: number;
  readonly sessions: ReadonlyMap<number, WorkSession>;
  readonly automatic: readonly AutomaticVersion[];
}

export function lsnBy(document: Timed, time: number, packer: Packer): TimedLsn {
  const stored = allOf(document, packer).findLast(({ at }) => at <= time);
  if (stored !== undefined || document.thinned === 0) return { lsn: stored?.lsn ?? 0, exact: true };
  const sessions = [...document.sessions.values()];
  const ended = sessions.filter(({ to }) => to <= time).map(({ last }) => last);
  const versions = document.automatic.filter(({ at }) => at <= time).map(({ lsn }) => lsn);
  const exact = !sessions.some(({ from, to }) => from <= time && to > time);
  return { lsn: Math.max(0, ...ended, ...(exact ? [] : versions)), exact };
}
