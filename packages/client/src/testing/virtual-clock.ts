import type { Clock } from '../clock.ts';

export interface VirtualClock extends Clock {
  /** Moves time on by `ms`, calling what falls due in order, and lets promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Puts the clock on the wall forward, or back; timers do not notice. */
  jump(ms: number): void;
  /** How many timers are set. */
  timers(): number;
}

/** Lets every promise that can settle now settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export function createVirtualClock(start = 1_000_000): VirtualClock {
  let now = start;
  let jumped = 0;
  let order = 0;
  const due = new Map<number, { at: number; run: () => void }>();
  return {
    now: () => now + jumped,
    jump(ms) {
      jumped += ms;
    },
    timers: () => due.size,
    after(ms, run) {
      order += 1;
      const id = order;
      due.set(id, { at: now + ms, run });
      return () => due.delete(id);
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const next = [...due]
          .filter(([, timer]) => timer.at <= end)
          .sort((a, b) => a[1].at - b[1].at || a[0] - b[0])[0];
        if (next === undefined) break;
        due.delete(next[0]);
        now = Math.max(now, next[1].at);
        next[1].run();
        await settle();
      }
      now = end;
    },
  };
}

/** mulberry32: the same numbers for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
