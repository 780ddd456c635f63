import * as Y from 'yjs';
import { sameBytes } from './checkpoints.ts';
import type { LoadedDocument } from './ports.ts';

/** What one frame did to the replica. */
export interface Applied {
  /** What others have to see, or null if nothing became visible. */
  readonly shown: Uint8Array | null;
  /** What the log has to keep, or null if the frame changed nothing. */
  readonly stored: Uint8Array | null;
  /** Whether `shown` may hold more than the frame did: something waited, and the frame may have filled its gap. */
  readonly filled: boolean;
  /** Whether the frame left content that waits for updates the replica lacks. */
  readonly gap: boolean;
}

/** Tags of the transactions that the engine makes. */
export type Origin = 'loaded' | 'frame' | 'log' | 'server';

/** One Y.Doc and the bytes that come out of it. */
export class Replica {
  readonly doc: Y.Doc = new Y.Doc();
  #emitted: Uint8Array[] = [];
  #whole: Uint8Array | null = null;

  constructor(loaded: LoadedDocument) {
    // One transaction for all: linear, where merging updates or one transaction each is not.
    this.doc.transact(() => {
      if (loaded.checkpoint !== null) Y.applyUpdate(this.doc, loaded.checkpoint.state, 'loaded');
      for (const entry of loaded.tail) Y.applyUpdate(this.doc, entry.update, 'loaded');
    }, 'loaded' satisfies Origin);
    this.doc.on('update', (update: Uint8Array) => {
      this.#emitted.push(update);
      this.#whole = null;
    });
  }

  /** Applies one inspected update in one transaction. Throws on a bug in Yjs; the replica is unusable then. */
  apply(update: Uint8Array, origin: Origin): Applied {
    const { pendingStructs, pendingDs } = this.doc.store;
    const structsBefore = pendingStructs?.update ?? null;
    Y.applyUpdate(this.doc, update, origin);
    const shown = this.#takeEmitted();
    const structsAfter = this.doc.store.pendingStructs?.update ?? null;
    const gap = addsTo(structsBefore, structsAfter) || addsTo(pendingDs, this.doc.store.pendingDs);
    if (gap) this.#whole = null;
    // What waits is in no update event, so the log takes the frame as it came.
    const filled = structsBefore !== null || pendingDs !== null;
    return { shown, stored: gap ? update : shown, gap, filled };
  }

  /** Runs `change` in one transaction; the bytes of what it changed. What it throws comes with what it had done. */
  change(change: (doc: Y.Doc) => void): { readonly update: Uint8Array | null; readonly fault: unknown } {
    let fault: unknown;
    try {
      this.doc.transact(() => change(this.doc), 'server' satisfies Origin);
    } catch (error) {
      fault = error ?? new Error('The change threw nothing in particular.');
    }
    return { update: this.#takeEmitted(), fault };
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }

  /** What a holder of `stateVector` lacks. The whole state is encoded once for a storm of newcomers. */
  since(stateVector: Uint8Array): Uint8Array {
    if (stateVector.length !== 1 || stateVector[0] !== 0) {
      return Y.encodeStateAsUpdate(this.doc, stateVector);
    }
    this.#whole ??= Y.encodeStateAsUpdate(this.doc);
    return this.#whole;
  }

  /** Bytes of content that waits for missing updates. */
  pendingBytes(): number {
    const { pendingStructs, pendingDs } = this.doc.store;
    return (pendingStructs?.update.length ?? 0) + (pendingDs?.length ?? 0);
  }

  /** Bytes of the full state. */
  measure(): number {
    return this.since(new Uint8Array([0])).length;
  }

  destroy(): void {
    this.doc.destroy();
  }

  #takeEmitted(): Uint8Array | null {
    const emitted = this.#emitted;
    this.#emitted = [];
    // More than one only when Yjs tidies formatting in a transaction of its own right after.
    return emitted.length > 1 ? Y.mergeUpdates(emitted) : (emitted[0] ?? null);
  }
}

function addsTo(before: Uint8Array | null, after: Uint8Array | null): boolean {
  if (after === null) return false;
  return before === null || !sameBytes(before, after);
}
