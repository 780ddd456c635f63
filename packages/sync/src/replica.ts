import * as random from 'lib0/random';
import * as Y from 'yjs';
import { applyLog, sameBytes } from './checkpoints.ts';

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

/** One Y.Doc and the bytes that come out of it. It is filled by `load`, then `begin` is called once, then it lives. */
export class Replica {
  readonly doc: Y.Doc = new Y.Doc();
  #emitted: Uint8Array[] = [];
  #version = 0;
  #stateVector: Uint8Array | null = null;

  /** Applies part of the log in one transaction. Throws if it cannot be applied. */
  load(log: readonly Uint8Array[]): void {
    applyLog(this.doc, log);
  }

  /** All that was stored is in. */
  begin(): this {
    // What the server writes must not go under the name of somebody else.
    while (this.doc.store.clients.has(this.doc.clientID)) this.doc.clientID = random.uint32();
    this.doc.on('update', (update: Uint8Array) => {
      this.#emitted.push(update);
      this.#changed();
    });
    return this;
  }

  /** Another number after every change of what the replica holds. */
  get version(): number {
    return this.#version;
  }

  /** Applies one inspected update in one transaction. Throws on a bug in Yjs; the replica is unusable then. */
  apply(update: Uint8Array, origin: Origin): Applied {
    const { pendingStructs, pendingDs } = this.doc.store;
    const structsBefore = pendingStructs?.update ?? null;
    Y.applyUpdate(this.doc, update, origin);
    const shown = this.#takeEmitted();
    const structsAfter = this.doc.store.pendingStructs?.update ?? null;
    const gap = addsTo(structsBefore, structsAfter) || addsTo(pendingDs, this.doc.store.pendingDs);
    if (gap) this.#changed();
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
    this.#stateVector ??= Y.encodeStateVector(this.doc);
    return this.#stateVector;
  }

  /** What a holder of `stateVector` lacks. Walks the whole document. Throws if the state vector cannot be read. */
  encode(stateVector?: Uint8Array): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc, stateVector);
  }

  /** Bytes of content that waits for missing updates. */
  pendingBytes(): number {
    const { pendingStructs, pendingDs } = this.doc.store;
    return (pendingStructs?.update.length ?? 0) + (pendingDs?.length ?? 0);
  }

  destroy(): void {
    this.doc.destroy();
  }

  #changed(): void {
    this.#version += 1;
    this.#stateVector = null;
  }

  #takeEmitted(): Uint8Array | null {
    if (this.#emitted.length === 0) return null;
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
