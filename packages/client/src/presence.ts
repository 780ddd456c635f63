/** Awareness over one connection: one's own state goes out at most 20 times a second, others' come in and go. */
import {
  type Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  removeAwarenessStates,
} from 'y-protocols/awareness';
import type { Clock } from './clock.ts';

/** Least time between two sendings, milliseconds. */
const pause = 50;

export interface Presence {
  /** A connection is there: say who is here, as news, since the server forgot the last state. */
  announce(): void;
  received(update: Uint8Array): void;
  /** One's own state, encoded; null when there is none. */
  self(): { readonly clientId: number; readonly update: Uint8Array } | null;
  /** Somebody is gone without a word to the server. */
  gone(clientId: number): void;
  /** The connection is gone: so is everybody but `staying` (oneself, and other tabs of this browser). */
  parted(staying: ReadonlySet<number>): void;
  /** The page is being left: others should see it at once. */
  leave(): void;
  /** The page came back from the browser's cache. */
  comeBack(): void;
  destroy(): void;
}

interface Changes {
  readonly added: readonly number[];
  readonly updated: readonly number[];
  readonly removed: readonly number[];
}

/** `send` gets one's own state, encoded; `origin` marks what came from the connection. */
export function createPresence(
  awareness: Awareness,
  clock: Clock,
  origin: unknown,
  send: (update: Uint8Array) => void,
): Presence {
  let resting: (() => void) | null = null;
  let changedMeanwhile = false;
  let left: Record<string, unknown> | null = null;

  function sendNow() {
    send(encodeAwarenessUpdate(awareness, [awareness.clientID]));
  }

  function forget(clientIds: readonly number[]) {
    removeAwarenessStates(awareness, [...clientIds], origin);
    // Their clocks too, or the same states would not be believed when the server tells them again.
    for (const id of clientIds) awareness.meta.delete(id);
  }

  function rest() {
    resting = clock.after(pause, () => {
      resting = null;
      if (!changedMeanwhile) return;
      changedMeanwhile = false;
      sendNow();
      rest();
    });
  }

  function changed({ added, updated, removed }: Changes, from: unknown) {
    const self = awareness.clientID;
    if (from === origin || !(added.includes(self) || updated.includes(self) || removed.includes(self)))
      return;
    if (removed.includes(self)) return sendNow();
    if (resting !== null) {
      changedMeanwhile = true;
      return;
    }
    sendNow();
    rest();
  }

  awareness.on('update', changed);
  return {
    announce() {
      const state = awareness.getLocalState();
      if (state === null) return;
      // Raises the clock: whoever saw us leave under the old one would not believe it again.
      resting?.();
      resting = null;
      awareness.setLocalState(state);
    },
    received(update) {
      applyAwarenessUpdate(awareness, update, origin);
    },
    self() {
      const clientId = awareness.clientID;
      if (awareness.getLocalState() === null) return null;
      return { clientId, update: encodeAwarenessUpdate(awareness, [clientId]) };
    },
    gone: (clientId) => forget([clientId]),
    parted(staying) {
      forget([...awareness.getStates().keys()].filter((id) => id !== awareness.clientID && !staying.has(id)));
    },
    leave() {
      left = awareness.getLocalState();
      if (left !== null) awareness.setLocalState(null);
    },
    comeBack() {
      if (left !== null) awareness.setLocalState(left);
      left = null;
    },
    destroy() {
      resting?.();
      awareness.off('update', changed);
    },
  };
}
