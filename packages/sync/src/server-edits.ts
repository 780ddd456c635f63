import type { Refusal } from '@tidemark/protocol';
import type * as Y from 'yjs';
import type { NewEntry } from './ports.ts';
import type { Replica } from './replica.ts';
import type { Step } from './store-loop.ts';

/** The server's own edits: migrations, seeds, renames. They go the way of everybody's: shown, stored, told. */
export class ServerEdits {
  readonly #replica: Replica;
  readonly #take: (update: Uint8Array | null, step: Step) => void;
  /** Those who wait for the log. */
  readonly #waiting = new Set<(refusal: Refusal) => void>();

  /** `take` shows an update and hands its step to the store. */
  constructor(replica: Replica, take: (update: Uint8Array | null, step: Step) => void) {
    this.#replica = replica;
    this.#take = take;
  }

  /** A migration: logged under no user; nobody waits for it. Throws what `change` throws, then nothing is stored. */
  prepare(change: (doc: Y.Doc) => void): void {
    const { update, fault } = this.#replica.change(change);
    if (fault !== undefined) throw fault;
    if (update !== null) this.#take(update, { entry: this.#entry(update, null), stored: () => undefined });
  }

  /** Resolves when the change is stored. Rejects with what `change` throws, once what it had done is stored. */
  edit(userId: string | null, change: (doc: Y.Doc) => void): Promise<{ lsn: number } | Refusal> {
    const { update, fault } = this.#replica.change(change);
    const entry = update && this.#entry(update, userId);
    return new Promise((resolve, reject) => {
      this.#waiting.add(resolve);
      const stored = (lsn: number) => {
        this.#waiting.delete(resolve);
        if (fault === undefined) resolve({ lsn });
        else reject(fault);
      };
      this.#take(update, { entry, stored });
    });
  }

  /** Nothing can be stored any more. */
  refuse(refusal: Refusal): void {
    for (const resolve of this.#waiting) resolve(refusal);
    this.#waiting.clear();
  }

  #entry(update: Uint8Array, userId: string | null): NewEntry {
    return { update, userId, clientId: this.#replica.doc.clientID };
  }
}
