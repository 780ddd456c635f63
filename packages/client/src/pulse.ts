import type { Clock } from './clock.ts';

/** Silence after which the other end is asked for a sign of life, milliseconds. */
const quiet = 15_000;

export interface Pulse {
  /** Something arrived. */
  heard(): void;
  /** Ask now, and give the answer only `ms`: something (the browser) suspects the connection. */
  suspect(ms: number): void;
  stop(): void;
}

/**
 * Notices a connection that died without a word. After 15 s of silence it probes; it calls `dead` only when for
 * `allowance` milliseconds after that probe nothing was heard *and* nothing left (`unsentBytes` did not shrink).
 * It measures from the probe, not from the last word, so a page that slept is not taken for a dead network.
 */
export function createPulse(
  clock: Clock,
  link: { probe(): void; unsentBytes(): number; dead(): void },
  allowance: number,
): Pulse {
  let lastHeard = clock.now();
  let answered = false;
  let cancel = clock.after(quiet, listen);

  function listen() {
    const silent = clock.now() - lastHeard;
    // Negative: somebody put the clock back, and it says nothing about the silence.
    if (silent < 0 || silent >= quiet) ask(allowance);
    else cancel = clock.after(quiet - silent, listen);
  }

  function ask(ms: number) {
    cancel();
    answered = false;
    link.probe();
    let unsent = link.unsentBytes();
    const judge = () => {
      if (answered) return listen();
      const left = link.unsentBytes();
      if (left >= unsent) return link.dead();
      unsent = left;
      cancel = clock.after(ms, judge);
    };
    cancel = clock.after(ms, judge);
  }

  return {
    heard() {
      lastHeard = clock.now();
      answered = true;
    },
    suspect: ask,
    stop: () => cancel(),
  };
}
