import * as random from 'lib0/random';
import * as Y from 'yjs';
import { applyLog } from './checkpoints.ts';
import { type Decoded, deletesSomething } from './inspection.ts';
import { sameBytes } from './same-bytes.ts';

/** What one update did to the replica. */
export interface Applied {
  /** Whether it has to be stored: something became visible, or waits that did not wait before. */
  readonly changed: boolean;
  /** Whether something waited before, and the update may have filled its gap. */
  readonly filled: boolean;
  /** Whether it left content that waits for updates the replica lacks. */
  readonly gap: boolean;
}

/** What came out of one transaction. */
export interface Emitted {
  /** All that became visible, or null. */
  readonly update: Uint8Array | null;
  /** What Yjs tidied right after, in a transaction of its own: formatting that had lost its text. It is in no frame. */
  readonly tidied: Uint8Array | null;
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

  /** Runs `work`, which may `apply` many updates, in one transaction. Throws what Yjs throws when it tidies up. */
  together(origin: Origin, work: () => void): Emitted {
    this.doc.transact(work, origin);
    return this.#takeEmitted();
  }

  /** Applies one inspected update. Throws on a bug in Yjs; the replica is unusable then. */
  apply(update: Uint8Array, decoded: Decoded | null, origin: Origin): Applied {
    const { pendingStructs, pendingDs } = this.doc.store;
    const structsBefore = pendingStructs?.update ?? null;
    const filled = structsBefore !== null || pendingDs !== null;
    // Only what waits already can be received again without a change that shows.
    const again = filled && decoded !== null ? this.#newsOf(decoded) : null;
    Y.applyUpdate(this.doc, update, origin);
    const structsAfter = this.doc.store.pendingStructs?.update ?? null;
    const gap = addsTo(structsBefore, structsAfter) || addsTo(pendingDs, this.doc.store.pendingDs);
    if (gap) this.#changed();
    return { changed: gap || again === null || again(), gap, filled };
  }

  /** Runs `change` in one transaction; the bytes of what it changed. What it throws comes with what it had done. */
  change(change: (doc: Y.Doc) => void): { readonly update: Uint8Array | null; readonly fault: unknown } {
    let fault: unknown;
    try {
      this.doc.transact(() => change(this.doc), 'server' satisfies Origin);
    } catch (error) {
      fault = error ?? new Error('The change threw nothing in particular.');
    }
    const { update, tidied } = this.#takeEmitted();
    return { update: update !== null && tidied !== null ? Y.mergeUpdates([update, tidied]) : update, fault };
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

  /** Asked before an update is applied, answered after: whether any of it became visible. */
  #newsOf({ structs, ds }: Decoded): () => boolean {
    const { store } = this.doc;
    const deletes = deletesSomething(ds, this.doc);
    const clocks = new Map(structs.map(({ id }) => [id.client, Y.getState(store, id.client)]));
    return () => deletes || [...clocks].some(([client, clock]) => Y.getState(store, client) > clock);
  }

  #takeEmitted(): Emitted {
    const [update = null, ...rest] = this.#emitted;
    if (update === null) return { update: null, tidied: null };
    this.#emitted = [];
    const [first = null] = rest;
    return { update, tidied: rest.length > 1 ? Y.mergeUpdates(rest) : first };
  }
}

function addsTo(before: Uint8Array | null, after: Uint8Array | null): boolean {
  if (after === null) return false;
  return before === null || !sameBytes(before, after);
}
