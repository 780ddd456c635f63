import { ApiError } from '../api/http.ts';
import { type Keep, type Known, learned, nothingKnown, type Waiting } from './keep.ts';
import { type Clock, createOutbox, pauseAfter } from './outbox.ts';
import type { Anchor, Change, Named, Wire } from './wire.ts';

/** How long a deletion can be undone, milliseconds: as long as its notice shows. */
export const undoableMs = 6_000;

/** What one tab tells the others of the same document: look again at what is kept. */
export interface Tabs {
  tell(): void;
  onTold(listener: () => void): () => void;
}

export interface ConversationOptions {
  readonly keep: Keep;
  readonly wire: Wire;
  readonly tabs: Tabs;
  readonly clock: Clock;
  readonly alone: <T>(run: () => Promise<T>) => Promise<T>;
  readonly random: () => number;
  readonly newId: () => string;
}

/** What went wrong when the server was last asked for what is new. */
export type Trouble = 'offline' | 'signed-out' | 'shut-out' | 'failing';

export interface Snapshot extends Known {
  readonly waiting: readonly Waiting[];
  /** Whether the device's copy was read, and whether the server has answered since. */
  readonly loaded: boolean;
  readonly reached: boolean;
  readonly trouble: Trouble | null;
  /** Whether what waits outlives the page. */
  readonly lasting: boolean;
}

export interface Said {
  readonly text: string;
  readonly mentions: readonly Named[];
}

/** One document's conversation in one tab: what is known of it, and what waits to be sent. */
export interface Conversation {
  /** The same object until something changes. */
  snapshot(): Snapshot;
  subscribe(listener: () => void): () => void;
  /** Asks for what is new and sends what waits. Call it on news, and when the server may be there again. */
  catchUp(): Promise<void>;
  meetPeople(): Promise<void>;
  /** Each resolves when it is kept; rejects when this device cannot. */
  begin(anchor: Anchor | null, said: Said): Promise<string>;
  answer(thread: string, said: Said): Promise<void>;
  edit(thread: string, message: string, said: Said): Promise<void>;
  /** Takes a waiting message back, or deletes a sent one after a while; the returned function undoes that. */
  remove(thread: string, message: string): Promise<() => Promise<void>>;
  resolve(thread: string, resolved: boolean): Promise<void>;
  mark(thread: string, n: number): Promise<void>;
  retry(key: number): Promise<void>;
  /** Gives up a refused change. */
  discard(key: number): Promise<void>;
  destroy(): void;
}

export function createConversation(options: ConversationOptions): Conversation {
  const { keep, wire, tabs, clock, alone } = options;
  const listeners = new Set<() => void>();
  let state: Snapshot = {
    ...nothingKnown,
    waiting: [],
    loaded: false,
    reached: false,
    trouble: null,
    lasting: keep.lasting,
  };
  let asking: Promise<void> | null = null;
  let askAgain = false;
  let destroyed = false;
  let failures = 0;
  let cancelRetry: () => void = () => undefined;

  const outbox = createOutbox({
    keep,
    wire,
    clock,
    alone,
    random: options.random,
    hasThread: (id) => state.threads.some((thread) => thread.id === id),
    async changed() {
      await lookAtWaiting();
      tabs.tell();
    },
    drained: () => ask(),
  });
  const stopHearing = tabs.onTold(() => void lookAtAll());

  function set(part: Partial<Snapshot>) {
    if (destroyed) return;
    state = { ...state, ...part };
    for (const listener of [...listeners]) listener();
  }

  async function lookAtWaiting() {
    set({ waiting: await keep.waiting() });
  }

  /** Another tab changed what is kept. */
  async function lookAtAll() {
    const [kept, waiting] = await Promise.all([keep.known(), keep.waiting()]);
    set(kept.seq > state.seq ? { ...kept, waiting } : { waiting });
  }

  const loaded = (async () => {
    const [kept, waiting] = await Promise.all([keep.known(), keep.waiting()]);
    set({ ...kept, waiting, loaded: true });
  })();

  /** Asks until the server has no more. Whoever calls meanwhile gets an answer that is younger than their call. */
  async function ask(): Promise<void> {
    askAgain = true;
    asking ??= askOn();
    return asking;
  }

  async function askOn() {
    try {
      while (askAgain && !destroyed) {
        askAgain = false;
        await askOnce();
      }
    } finally {
      // In one go with the last look at `askAgain`: who asks after it begins anew.
      asking = null;
    }
  }

  async function askOnce() {
    cancelRetry();
    const sent = (await keep.waiting()).filter((row) => row.sent).map(({ key }) => key);
    try {
      for (let more = true; more && !destroyed; ) {
        const asked = state.seq;
        const answer = await wire.since(asked);
        const changes = { ...answer, anew: answer.from < asked };
        more = changes.more;
        set(learned(state, changes));
        await keep.learn(changes);
      }
    } catch (error) {
      const trouble = troubleOf(error);
      set({ trouble });
      if (trouble === 'shut-out') return;
      failures += 1;
      cancelRetry = clock.after(pauseAfter(failures, options.random), () => void ask());
      return;
    }
    failures = 0;
    // Their effects are among what was just told.
    if (sent.length > 0) await keep.drop(sent);
    set({ reached: true, trouble: null, waiting: await keep.waiting() });
    if (sent.length > 0) tabs.tell();
  }

  async function add(change: Change, notBefore = 0): Promise<number> {
    const row = { change, at: clock.now(), notBefore, refused: null, sent: false };
    const key = await keep.add(row);
    await lookAtWaiting();
    tabs.tell();
    void outbox.send();
    return key;
  }

  async function drop(keys: readonly number[]) {
    await keep.drop(keys);
    await lookAtWaiting();
    tabs.tell();
  }

  return {
    snapshot: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    async catchUp() {
      await loaded;
      if (destroyed) return;
      await Promise.all([ask(), outbox.send()]);
    },

    async meetPeople() {
      await loaded;
      try {
        const people = await wire.people();
        set({ people });
        await keep.meet(people);
      } catch (error) {
        // Those of the last time are known still; a bug is none of the network's.
        if (!(error instanceof ApiError)) throw error;
      }
    },

    async begin(anchor, { text, mentions }) {
      const thread = options.newId();
      await add({ what: 'say', id: options.newId(), thread, anchor, text, mentions });
      return thread;
    },

    async answer(thread, { text, mentions }) {
      await add({ what: 'say', id: options.newId(), thread, anchor: null, text, mentions });
    },

    async edit(thread, id, { text, mentions }) {
      await add({ what: 'edit', id, thread, text, mentions });
    },

    async remove(thread, id) {
      // While nobody sends: what is on its way cannot be taken back.
      const takenBack = await alone(async () => {
        const rows = (await keep.waiting()).filter(({ change }) => 'id' in change && change.id === id);
        if (!rows.some(({ change, sent }) => change.what === 'say' && !sent)) return false;
        await keep.drop(rows.map(({ key }) => key));
        return true;
      });
      if (takenBack) {
        await lookAtWaiting();
        tabs.tell();
        return async () => undefined;
      }
      const key = await add({ what: 'remove', id, thread }, clock.now() + undoableMs);
      return () => drop([key]);
    },

    async resolve(thread, resolved) {
      await add({ what: 'resolve', thread, resolved });
    },

    async mark(thread, n) {
      const older = state.waiting.filter(
        ({ change, sent }) => change.what === 'mark' && change.thread === thread && !sent,
      );
      if (older.some(({ change }) => change.what === 'mark' && change.n >= n)) return;
      await add({ what: 'mark', thread, n });
      if (older.length > 0) await drop(older.map(({ key }) => key));
    },

    async retry(key) {
      const row = state.waiting.find((waiting) => waiting.key === key);
      if (!row) return;
      await keep.put({ ...row, refused: null });
      await lookAtWaiting();
      tabs.tell();
      await outbox.send();
    },

    async discard(key) {
      const row = state.waiting.find((waiting) => waiting.key === key);
      if (!row) return;
      const { change } = row;
      // With a message goes what was done to it; with the one that would begin a thread, the answers to it.
      const begins = change.what === 'say' && !state.threads.some(({ id }) => id === change.thread);
      const built = state.waiting.filter(
        (other) =>
          other.key > key &&
          !other.sent &&
          ((begins && other.change.thread === change.thread) ||
            (change.what === 'say' && 'id' in other.change && other.change.id === change.id)),
      );
      await drop([key, ...built.map((other) => other.key)]);
      await outbox.send();
    },

    destroy() {
      destroyed = true;
      stopHearing();
      cancelRetry();
      outbox.stop();
      listeners.clear();
    },
  };
}

function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError)) throw error;
  if (error.code === 'offline') return 'offline';
  if (error.status === 401) return 'signed-out';
  return error.status === 404 || error.status === 403 ? 'shut-out' : 'failing';
}
