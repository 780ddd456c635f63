import { encodeFrame } from '@tidemark/protocol';
import * as Y from 'yjs';
import type { Member } from './member.ts';

/** Merging is dearer than linear, so one frame carries at most this many updates. */
const updatesPerFrame = 100;

/** Brings the updates of one turn to the members: encoded once, one frame per reader. */
export function fanOut(
  members: Iterable<Member>,
  updates: readonly Uint8Array[],
  except: Member | null,
  stateVector: () => Uint8Array,
): void {
  if (updates.length === 0) return;
  const frames: Uint8Array[] = [];
  for (let i = 0; i < updates.length; i += updatesPerFrame) {
    const some = updates.slice(i, i + updatesPerFrame);
    const update = some.length === 1 ? some[0]! : Y.mergeUpdates(some);
    frames.push(encodeFrame({ type: 'update', update }));
  }
  // Many readers may turn stale in one turn; they share the vector.
  let vector: Uint8Array | null = null;
  const shared = () => {
    vector ??= stateVector();
    return vector;
  };
  for (const member of [...members]) {
    if (member === except) continue;
    member.show(frames, shared);
  }
}
