import type { LogEntry } from '@tidemark/sync';

/**
 * Where history checkpoints go. A moment costs the reading of a state and the replay of what follows it; a checkpoint costs its bytes. So the
 * next one is due when what follows the last one outweighs it some times over: replay stays within a bound that grows only with the state,
 * which has to be read anyway, and all checkpoints together stay within a share of the log.
 */

/** Bytes that an entry takes as a row beside its update: tuple, keys, time, user, index. */
const rowBytes = 64;
/** A checkpoint is at most this share of what lies between it and the one before. */
export const mostShare = 1 / 4;
/** Less than this is replayed in some ten milliseconds. */
export const leastWeight = 512 * 1024;

export function weightOf(entries: Iterable<LogEntry>): number {
  let weight = 0;
  for (const { update } of entries) weight += update.length + rowBytes;
  return weight;
}

/** Whether it is worth a look: `last` is how many bytes the last checkpoint takes, 0 where there is none. */
export function mayBeDue(weight: number, last: number): boolean {
  return weight >= Math.max(leastWeight, last / mostShare);
}

/** Whether the state that was made is worth its bytes. */
export function isWorth(weight: number, bytes: number): boolean {
  return bytes <= weight * mostShare;
}
