/**
 * What bpmn-js, Yjs and the binding take from the air: chance and the time that has passed. While a run is on both are the
 * run's own, so that ids, order keys, client IDs and gestures are the same when a plan runs again. Import this file
 * before anything else: lib0 holds on to `getRandomValues` when it is loaded.
 */
import { type Chance, chanceOf } from '../chance.ts';

const real = {
  random: Math.random,
  fill: crypto.getRandomValues.bind(crypto),
  now: performance.now.bind(performance),
};
let air: Chance | null = null;
let elapsed = 0;

/** Chance from this seed until the next call; null gives the machine's own chance and clock back. */
export function breathe(seed: number | null): void {
  air = seed === null ? null : chanceOf(seed);
}

/** Lets time pass for the run. */
export function pass(milliseconds: number): void {
  elapsed += milliseconds;
}

performance.now = () => (air === null ? real.now() : elapsed);
Math.random = () => (air === null ? real.random() : air.next());
Object.defineProperty(crypto, 'getRandomValues', {
  configurable: true,
  value<T extends ArrayBufferView<ArrayBuffer>>(into: T): T {
    if (air === null) return real.fill(into);
    const bytes = new Uint8Array(into.buffer, into.byteOffset, into.byteLength);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = Math.floor(air.next() * 256);
    return into;
  },
});
