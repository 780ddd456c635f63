import type { Config } from '../config.ts';

export interface ArchivistSettings {
  /** Milliseconds without a change after which nobody is at a document: longer than the pause that ends a session of work. */
  readonly quietMs: number;
  /** Hour of the day, UTC, in which nightly versions are made and old detail is thinned. */
  readonly nightHour: number;
  /** Milliseconds after the start, and between two looks for what a crash, or another process, has left. */
  readonly firstSweepMs: number;
  readonly sweepMs: number;
  /** When another process has the document, milliseconds until it is looked at again. */
  readonly againMs: number;
  /** Rows that make packing worth a look when nothing else is to be done. */
  readonly leastRows: number;
  /** Entries from which on a log is long: packed before it is settled, and also while somebody is at it. */
  readonly longEntries: number;
  /** Entries that whoever opens the history waits for; the sessions of more are read while they look at the rest. */
  readonly waitedEntries: number;
  /** Milliseconds that they wait at most. */
  readonly waitMs: number;
}

export const defaultSettings: ArchivistSettings = {
  quietMs: 11 * 60_000,
  nightHour: 3,
  firstSweepMs: 30_000,
  sweepMs: 3_600_000,
  againMs: 60_000,
  leastRows: 2_000,
  longEntries: 10_000,
  waitedEntries: 5_000,
  waitMs: 1_500,
};

/** What the environment says of them. */
export function archivistSettings({
  nightHour,
  archiveSeconds,
}: Pick<Config, 'nightHour' | 'archiveSeconds'>): Partial<ArchivistSettings> {
  const sweepMs = archiveSeconds * 1_000;
  return { nightHour, sweepMs, firstSweepMs: Math.min(defaultSettings.firstSweepMs, sweepMs) };
}
