/**
 * What the server has not acknowledged. Pure: no socket, no clock, no replica.
 *
 * Local edits are counted 1, 2, 3 …; a content frame carries all edits up to its `upTo`. Acks count frames of
 * the present connection, so deletions are covered, which a state vector would not show.
 */
import * as Y from 'yjs';
import { assert } from './assert.ts';

/** Updates merged into one frame at most: merging grows faster than linearly. */
const perFrame = 100;

export interface Outbox {
  /** A local edit was made at `now`; `update` waits for the next `take`, null when a diff will carry it. */
  edit(update: Uint8Array | null, now: number): void;
  /** Edits that are in the replica but whose updates are not at hand; only a diff of the replica carries them. */
  adopt(count: number, since: number): void;
  /** A new connection: frames are numbered from 1 again; nothing counts as sent. */
  restart(): void;
  /** Hands over what waits, merged into few frames. Each must be `sent` in order, before anything else is. */
  take(): readonly { readonly update: Uint8Array; readonly upTo: number }[];
  /** A diff of the whole replica is about to be sent: it carries every edit made so far. Returns its `upTo`. */
  takeAll(): number;
  /** A content frame that holds the edits up to `upTo` left on this connection; returns its number. */
  sent(upTo: number): number;
  /** The first `n` frames of this connection are stored. False when the server counts frames never sent. */
  acked(n: number): boolean;
  /** Frame `n` was refused: its edits and later ones stay pending on this connection, whatever acks say. */
  refused(n: number): void;
  /** Edits made so far, this writer's and adopted ones: the number a flush waits for. */
  made(): number;
  stored(): number;
  pending(): number;
  /** When the oldest pending edit was made. */
  since(): number | null;
}

export function createOutbox(): Outbox {
  let made = 0;
  let stored = 0;
  let waiting: { update: Uint8Array; upTo: number }[] = [];
  /** `frames[n - 1]` is the `upTo` of frame n of this connection. */
  let frames: number[] = [];
  let refusedFrom = Number.POSITIVE_INFINITY;
  /** Oldest first: edits up to `upTo` (and after the entry before) are of this time or later. */
  const ages: { upTo: number; at: number }[] = [];

  const age = (at: number) => {
    const last = ages.at(-1);
    if (last !== undefined && Math.abs(at - last.at) < 1_000) last.upTo = made;
    else ages.push({ upTo: made, at });
  };

  return {
    edit(update, now) {
      made += 1;
      if (update !== null) waiting.push({ update, upTo: made });
      age(now);
    },
    adopt(count, since) {
      assert(count > 0, 'only unsent edits are adopted');
      made += count;
      ages.unshift({ upTo: stored + 1, at: since });
      age(since);
    },
    restart() {
      frames = [];
      waiting = [];
      refusedFrom = Number.POSITIVE_INFINITY;
    },
    take() {
      const taken = waiting;
      waiting = [];
      const merged: { update: Uint8Array; upTo: number }[] = [];
      for (let start = 0; start < taken.length; start += perFrame) {
        const part = taken.slice(start, start + perFrame);
        const last = part.at(-1);
        assert(last !== undefined, 'a frame holds at least one update');
        const update = part.length === 1 ? last.update : Y.mergeUpdates(part.map((edit) => edit.update));
        merged.push({ update, upTo: last.upTo });
      }
      return merged;
    },
    takeAll() {
      waiting = [];
      return made;
    },
    sent(upTo) {
      assert(upTo >= (frames.at(-1) ?? 0), 'frames leave in the order of their edits');
      frames.push(upTo);
      return frames.length;
    },
    acked(n) {
      if (n > frames.length) return false;
      const upTo = n === 0 ? 0 : (frames[n - 1] ?? 0);
      stored = Math.max(stored, Math.min(upTo, refusedFrom));
      while (ages[0] !== undefined && ages[0].upTo <= stored) ages.shift();
      return true;
    },
    refused(n) {
      refusedFrom = Math.min(refusedFrom, n <= 1 ? stored : (frames[n - 2] ?? stored));
    },
    made: () => made,
    stored: () => stored,
    pending: () => made - stored,
    since: () => (made === stored ? null : (ages[0]?.at ?? null)),
  };
}
