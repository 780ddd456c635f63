import { ApiError } from '../api/http.ts';
import type { Keep, Waiting } from './keep.ts';
import type { Wire } from './wire.ts';

export interface Clock {
  now(): number;
  /** Calls once after `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
}

export interface OutboxOptions {
  readonly keep: Keep;
  readonly wire: Pick<Wire, 'send'>;
  readonly clock: Clock;
  /** Runs it while no other tab sends for this document. */
  readonly alone: <T>(run: () => Promise<T>) => Promise<T>;
  /** 0 ≤ random() < 1, for the jitter between attempts. */
  readonly random: () => number;
  /** Whether the server has this thread. */
  readonly hasThread: (id: string) => boolean;
  /** Something was sent or refused. */
  readonly changed: () => Promise<void>;
  /** All that could be sent was, and something was. */
  readonly drained: () => Promise<void>;
}

/** Milliseconds until the first attempt after a failed one, and at most. */
const [firstPause, longestPause] = [1_000, 30_000];

/** Milliseconds until the next attempt, longer after each failure. */
export function pauseAfter(failures: number, random: () => number): number {
  return Math.min(firstPause * 2 ** (failures - 1), longestPause) * (0.5 + random());
}

/** Sends what waits, one after the other and in order, until nothing is left that may be sent. */
export interface Outbox {
  /** Something new waits, or the server may be there again. */
  send(): Promise<void>;
  stop(): void;
}

export function createOutbox(options: OutboxOptions): Outbox {
  const { keep, wire, clock } = options;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let failures = 0;
  let cancel: () => void = () => undefined;

  async function run(): Promise<void> {
    try {
      while (again && !stopped) {
        again = false;
        cancel();
        if ((await options.alone(drain)) && !stopped) await options.drained();
      }
    } finally {
      // In one go with the last look at `again`: who asks after it begins anew.
      running = null;
    }
  }

  /** Whether something was sent, by this tab or one that is gone, of which the server's word is not known yet. */
  async function drain(): Promise<boolean> {
    for (;;) {
      const waiting = await keep.waiting();
      const sent = waiting.some((row) => row.sent);
      if (stopped) return sent;
      const next = nextToSend(waiting, clock.now(), options.hasThread);
      if (next === null) {
        sleepUntilHeldAreDue(waiting);
        return sent;
      }
      try {
        await wire.send(next.change);
        failures = 0;
        await keep.put({ ...next, sent: true });
      } catch (error) {
        if (!isFinal(error)) {
          failures += 1;
          wake(pauseAfter(failures, options.random));
          return sent;
        }
        // Nobody waits for word of how far they have read.
        if (next.change.what === 'mark') await keep.drop([next.key]);
        else await keep.put({ ...next, refused: error.message });
      }
      await options.changed();
    }
  }

  function sleepUntilHeldAreDue(waiting: readonly Waiting[]) {
    const due = waiting
      .filter(({ sent, refused }) => !sent && refused === null)
      .map(({ notBefore }) => notBefore);
    const next = Math.min(...due.filter((time) => time > clock.now()));
    if (Number.isFinite(next)) wake(next - clock.now());
  }

  function wake(ms: number) {
    cancel();
    cancel = clock.after(ms, () => void send());
  }

  async function send(): Promise<void> {
    again = true;
    running ??= run();
    return running;
  }

  return {
    send,
    stop() {
      stopped = true;
      cancel();
    },
  };
}

/** Whether the same request can never succeed. Signing in again, waiting and the network can help all others. */
function isFinal(error: unknown): error is ApiError {
  if (!(error instanceof ApiError)) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 401 && error.status !== 429;
}

/**
 * The first change that may leave: not refused, not held back so that it can be undone, and not building on one that has
 * not left (an edit on its message, an answer on the message that begins its thread).
 */
export function nextToSend(
  waiting: readonly Waiting[],
  now: number,
  hasThread: (id: string) => boolean,
): Waiting | null {
  const threads = new Set<string>();
  const messages = new Set<string>();
  for (const row of waiting) {
    const { change } = row;
    if (row.sent) continue;
    const message = 'id' in change ? change.id : null;
    const builds = threads.has(change.thread) || (message !== null && messages.has(message));
    if (!builds && row.refused === null && row.notBefore <= now) return row;
    if (message !== null) messages.add(message);
    if (change.what === 'say' && !hasThread(change.thread)) threads.add(change.thread);
  }
  return null;
}
