import { encodeFrame } from '@tidemark/protocol';
import * as Y from 'yjs';
import type { Mark } from './mark.ts';
import type { Member } from './member.ts';

/** Merging is dearer than linear, so one frame carries at most this many updates. */
export const updatesPerFrame = 100;

/** Updates as few encoded frames. */
export function updateFrames(updates: readonly Uint8Array[]): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let i = 0; i < updates.length; i += updatesPerFrame) {
    const update = mergedUpdate(updates.slice(i, i + updatesPerFrame));
    frames.push(encodeFrame({ type: 'update', update }));
  }
  return frames;
}

/** A few updates as one. */
export function mergedUpdate(updates: readonly Uint8Array[]): Uint8Array {
  const [only] = updates;
  return updates.length === 1 && only !== undefined ? only : Y.mergeUpdates([...updates]);
}

/** Brings the updates of one turn to the members: encoded once, one frame per reader. */
export function fanOut(
  members: Iterable<Member>,
  updates: readonly Uint8Array[],
  except: Member | null,
  mark: () => Mark,
): void {
  if (updates.length === 0) return;
  let frames: readonly Uint8Array[] | null = null;
  // Many readers may turn stale in one turn; they share the mark.
  let made: Mark | null = null;
  const shared = () => {
    made ??= mark();
    return made;
  };
  for (const member of [...members]) {
    if (member === except) continue;
    frames ??= updateFrames(updates);
    member.show(frames, shared);
  }
}
