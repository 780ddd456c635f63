import type { StoredState } from './ports.ts';

/** States of the lives of documents, those asked for last, within a number of bytes. */
export class StateCache {
  readonly #most: number;
  readonly #states = new Map<string, Kept>();
  /** LSNs of the states of each life, in order. */
  readonly #lives = new Map<string, number[]>();
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** The last state of a life at or before an LSN. */
  before(life: string, lsn: number): StoredState | null {
    const lsns = this.#lives.get(life) ?? [];
    const nearest = lsns[placeOf(lsns, lsn + 1) - 1];
    const key = `${life} ${nearest}`;
    const kept = this.#states.get(key);
    if (kept === undefined) return null;
    // The last one in the map is the one asked for last.
    this.#states.delete(key);
    this.#states.set(key, kept);
    return { lsn: kept.lsn, state: kept.state, form: 'v1' };
  }

  set(life: string, lsn: number, state: Uint8Array): void {
    const key = `${life} ${lsn}`;
    this.#remove(key);
    if (state.length > this.#most) return;
    this.#states.set(key, { life, lsn, state });
    this.#bytes += state.length;
    const lsns = this.#lives.get(life) ?? [];
    this.#lives.set(life, lsns);
    lsns.splice(placeOf(lsns, lsn), 0, lsn);
    for (const oldest of this.#states.keys()) {
      if (this.#bytes <= this.#most) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    const kept = this.#states.get(key);
    if (kept === undefined) return;
    this.#bytes -= kept.state.length;
    this.#states.delete(key);
    const lsns = this.#lives.get(kept.life) ?? [];
    lsns.splice(placeOf(lsns, kept.lsn), 1);
    if (lsns.length === 0) this.#lives.delete(kept.life);
  }
}

interface Kept {
  readonly life: string;
  readonly lsn: number;
  readonly state: Uint8Array;
}

/** How many of the LSNs are before this one. */
function placeOf(lsns: readonly number[], lsn: number): number {
  let low = 0;
  let high = lsns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lsns[middle] ?? 0) < lsn) low = middle + 1;
    else high = middle;
  }
  return low;
}
