/** What the server sends, into the replica; and asking for what is missing. */
import * as Y from 'yjs';
import type { Clock } from './clock.ts';

/** How long to wait before asking again for updates that others depend on, milliseconds. */
const askAgain = 15_000;

export interface IntakeOptions {
  readonly doc: Y.Doc;
  readonly clock: Clock;
  /** Origin of what the server sends. */
  readonly origin: unknown;
  /** Sends step 1. */
  ask(): void;
  /** Whether asking makes sense: the connection is open and the first answer came. */
  mayAsk(): boolean;
}

export interface Intake {
  /** False when the bytes cannot be read. */
  take(update: Uint8Array): boolean;
  /** A question is under way for updates that others depend on. */
  asking(): boolean;
  closed(): void;
}

export function createIntake({ doc, clock, origin, ask, mayAsk }: IntakeOptions): Intake {
  let cancel: (() => void) | null = null;

  function apply(update: Uint8Array): boolean {
    try {
      Y.applyUpdate(doc, update, origin);
    } catch (error) {
      if (unreadable(update)) return false;
      // The bytes are sound, so an observer of the replica threw: the embedder's bug, theirs to hear of.
      throw error;
    }
    return true;
  }

  /** Content that waits for updates we never got shows no sign by itself: ask for them. */
  function mindGaps() {
    if (doc.store.pendingStructs === null && doc.store.pendingDs === null) return;
    if (cancel !== null || !mayAsk()) return;
    ask();
    cancel = clock.after(askAgain, () => {
      cancel = null;
      mindGaps();
    });
  }

  return {
    take(update) {
      const ok = apply(update);
      if (ok) mindGaps();
      return ok;
    },
    asking: () => cancel !== null,
    closed() {
      cancel?.();
      cancel = null;
    },
  };
}

function unreadable(update: Uint8Array): boolean {
  try {
    Y.decodeUpdate(update);
    return false;
  } catch {
    return true;
  }
}
