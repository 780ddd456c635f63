/**
 * What code takes from the air without asking for a port: the time of day, timers, chance. Yjs, y-protocols and
 * y-websocket do. While a run is on, all of it is the run's, so that the same plan gives the same run.
 *
 * Some libraries hold on to `Date.now` when they are loaded: import this file before anything else.
 */
import { webcrypto } from 'node:crypto';

/** The air of one run. */
export interface Ambience {
  /** Milliseconds since 1970, UTC, by the wall clock of whose code is running. */
  now(): number;
  /** In [0, 1). */
  random(): number;
  /** Calls once after `ms`; the returned function cancels. */
  after(ms: number, run: () => void): () => void;
}

class Timer {
  cancel: () => void = () => undefined;
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
}

const real = {
  now: Date.now,
  random: Math.random,
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
  setImmediate: globalThis.setImmediate,
  clearTimeout: globalThis.clearTimeout,
  fill: webcrypto.getRandomValues.bind(webcrypto),
};

let ambience: Ambience | null = null;

/** Puts `air` in the place of the machine's own; null gives that back. */
export function breathe(air: Ambience | null): void {
  if (air !== null && ambience !== null) throw new Error('Two runs cannot share one process at once.');
  ambience = air;
}

/** Resolves when every promise that can settle now has settled. */
export function settled(): Promise<void> {
  return new Promise((resolve) => {
    real.setImmediate(resolve);
  });
}

type Run = (...given: unknown[]) => void;

function once(ms: number, run: () => void): Timer {
  const timer = new Timer();
  timer.cancel = ambience?.after(ms, run) ?? timer.cancel;
  return timer;
}

function again(ms: number, run: () => void): Timer {
  const timer = new Timer();
  const next = () => {
    timer.cancel = ambience?.after(ms, turn) ?? (() => undefined);
  };
  const turn = () => {
    next();
    run();
  };
  next();
  return timer;
}

function clear(timer: unknown): void {
  if (timer instanceof Timer) timer.cancel();
  else real.clearTimeout(timer as NodeJS.Timeout);
}

Date.now = () => ambience?.now() ?? real.now.call(Date);
Math.random = () => (ambience === null ? real.random() : ambience.random());
Object.assign(globalThis, {
  setTimeout: (run: Run, ms = 0, ...given: unknown[]) =>
    ambience === null ? real.setTimeout(run, ms, ...given) : once(ms, () => run(...given)),
  setInterval: (run: Run, ms = 0, ...given: unknown[]) =>
    ambience === null ? real.setInterval(run, ms, ...given) : again(ms, () => run(...given)),
  setImmediate: (run: Run, ...given: unknown[]) =>
    ambience === null ? real.setImmediate(run, ...given) : once(0, () => run(...given)),
  clearTimeout: clear,
  clearInterval: clear,
  clearImmediate: clear,
});
Object.defineProperty(webcrypto, 'getRandomValues', {
  configurable: true,
  value<T extends ArrayBufferView>(into: T): T {
    if (ambience === null) return real.fill(into as unknown as Uint8Array<ArrayBuffer>) as unknown as T;
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = Math.floor(ambience.random() * 256);
    return into;
  },
});
