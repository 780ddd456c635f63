import type { Clock } from '@tidemark/sync';

/** Node's time and timers as the engine's `Clock`. */
export const nodeClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  after(ms, run) {
    if (ms === 0) {
      // The end of this turn of the event loop: a timer would add a millisecond to every update.
      const turn = setImmediate(run);
      return () => clearImmediate(turn);
    }
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
